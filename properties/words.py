"""The states of acquisitions and works in words: their models store the codes of housing.md alone; and
the sources that come with the figures of others, so that pages say them in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# As they lie in the tables (migrations 0004, 0007); a page translates what it reads there.
SOURCES = (
    gettext_noop("own assumption, unverified"),
    gettext_noop("own assumption in cents a day, unverified"),
    gettext_noop("own assumption in percent, unverified"),
    gettext_noop(
        "Ministero dell'Interno, statistics of evictions; read at second hand, unverified"
    ),
    gettext_noop("Census 2011 by circoscrizione; read at second hand, unverified"),
)

STATES: dict[str, str | Promise] = {
    "IDENTIFIED": _("found"),
    "REPORT_REVIEWED": _("expert report read"),
    "VISITED": _("visited"),
    "APPROVED": _("approved by a second person"),
    "OFFER_FILED": _("offer filed"),
    "EXCLUDED": _("offer excluded"),
    "SINGLE_OFFER": _("only offer"),
    "CONTEST": _("contest between offers"),
    "AWARDED": _("awarded to us"),
    "PROVISIONALLY_AWARDED": _("awarded to us unless somebody raises it"),
    "OUTBID": _("another bid was higher"),
    "RAISED": _("raised by us"),
    "LOST": _("lost, deposit comes back"),
    "BALANCE_DUE": _("balance due"),
    "BALANCE_PAID": _("balance paid"),
    "DECREE": _("decree of transfer"),
    "REGISTERED": _("entered in the land register"),
    "POSSESSION": _("keys taken over"),
    "PORTFOLIO": _("in the portfolio"),
    "DEFAULTED": _("balance not paid, deposit lost"),
    "SUSPENDED": _("suspended by the court"),
    "REVOKED": _("revoked"),
    "WITHDRAWN_BEFORE_OFFER": _("given up before an offer"),
    "LEAD": _("found"),
    "DUE_DILIGENCE": _("papers checked"),
    "OFFER": _("offer made"),
    "ACCEPTED": _("offer accepted"),
    "PRELIMINARY": _("preliminary contract"),
    "DEED": _("deed signed"),
    "REJECTED": _("offer rejected"),
    "DD_FAILED": _("papers not in order"),
    "RESCINDED": _("contract dissolved"),
    "OFFERED": _("offered as a gift"),
    "SCREENED": _("gift examined"),
    "ACCEPTED_BY_BOARD": _("accepted by the board"),
    "NOTARY_DEED": _("deed of gift signed"),
    "DECLINED": _("declined"),
    "PROPOSED": _("proposed by its owner"),
    "INSPECTED": _("inspected"),
    "MANDATE_SIGNED": _("mandate signed"),
    "IN_MANAGEMENT": _("in our management"),
    "RENEWED": _("mandate renewed"),
    "RETURNED": _("given back to its owner"),
    "SURVEY": _("survey"),
    "DESIGN": _("design"),
    "PERMIT": _("permit"),
    "TENDER": _("tender"),
    "SITE_OPEN": _("site open"),
    "WORKS": _("works"),
    "INSPECTION": _("inspection"),
    "CERTIFIED": _("certified"),
    "READY": _("ready"),
    "SUSPENDED_WORKS": _("works stand still"),
}
