"""What other systems may be told of homes (backend.webhooks.events). Of households: nothing."""

from django.utils.translation import gettext_lazy as _

from backend.webhooks.events import Source
from properties.models import Acquisition, Sale, Snapshot, Unit, Works

SOURCES = (
    Source(
        Unit,
        "unit",
        organisation="organisation",
        names={"unit": "code"},
        acts={"unit.registered": _("first written down")},
    ),
    Source(
        Acquisition,
        "acquisition",
        organisation="unit__organisation",
        names={"unit": "unit__code"},
    ),
    Source(Works, "works", organisation="unit__organisation", names={"unit": "unit__code"}),
    Source(Sale, "sale", organisation="organisation", names={"unit": "unit__code"}),
    Source(Snapshot, "snapshot", organisation="organisation", names={"as_of": "as_of"}),
)
