"""What purchases still lack: the approval, the paper of the title, keys, certificates, costs, papers.

It is told beside a purchase and refuses nothing (housing.md 3.7). As many queries for fifty as for one.
"""

from collections import defaultdict
from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import approvals
from properties import auctions, costs
from properties.models import (
    Acquisition,
    AcquisitionStep,
    CadastralKey,
    CostLine,
    EnergyCertificate,
    HomeDocument,
)
from properties.models.routes import TITLE_STATES, Route

COURT_PAPERS: dict[str, str | Promise] = {
    HomeDocument.Kind.EXPERT_REPORT: _("The expert report of the court."),
    HomeDocument.Kind.ANTI_LAUNDERING: _(
        "The anti-money-laundering declaration that goes with the balance (c.p.c. 585)."
    ),
}
PAPERS: dict[str, dict[str, str | Promise]] = {
    Route.COURT_AUCTION: COURT_PAPERS,
    Route.MARKET: {
        HomeDocument.Kind.CADASTRAL: _("The cadastral extract and plan."),
        HomeDocument.Kind.PLANNING: _("The papers of planning conformity."),
        HomeDocument.Kind.CONDOMINIUM: _("What the owner owes to the condominium."),
    },
    Route.DONATION: {
        HomeDocument.Kind.ENCUMBRANCES: _("The search for encumbrances and heirs' claims."),
    },
    Route.COURT_INCREASE: COURT_PAPERS,
    Route.MANDATE: {HomeDocument.Kind.MANDATE: _("The signed mandate.")},
}
"""The papers that each route asks for (housing.md 3.7)."""


def missing(acquisition: Acquisition) -> list[str]:
    """What one purchase still lacks, as sentences."""
    return missing_many([acquisition])[acquisition.pk]


def missing_many(acquisitions: Collection[Acquisition]) -> dict[int, list[str]]:
    """What each of some purchases still lacks, as sentences, by its key."""
    homes = {each.unit_id for each in acquisitions}
    approved = approvals.approved_among(action=costs.APPROVAL, subjects=acquisitions)
    titled = AcquisitionStep.objects.filter(acquisition__in=acquisitions, state__in=TITLE_STATES)
    with_paper = set(titled.exclude(document="").values_list("acquisition", flat=True))
    witnessed = set(titled.exclude(witness="").values_list("acquisition", flat=True))
    priced = CostLine.objects.filter(acquisition__in=acquisitions)
    with_cost = set(priced.values_list("acquisition", flat=True))
    keyed = set(CadastralKey.objects.filter(unit__in=homes).values_list("unit", flat=True))
    issued = EnergyCertificate.objects.filter(unit__in=homes, issued_on__isnull=False)
    certified = set(issued.values_list("unit", flat=True))
    papers = _papers(homes)
    return {
        one.pk: [
            str(sentence)
            for sentence, is_missing in (
                (
                    _("The approval of a second person."),
                    one.pk not in approved and one.taken_over_with_id is None,
                ),
                (_("The decree or deed."), bool(one.title_on) and one.pk not in with_paper),
                (
                    _("The two witnesses of the deed of gift (c.c. 782)."),
                    _is_gift(one) and one.pk not in witnessed,
                ),
                (_("The cadastral key of the home."), one.unit_id not in keyed),
                (_("The energy certificate."), one.unit_id not in certified),
                (_("What it cost."), one.fund_id is not None and one.pk not in with_cost),
                (
                    _("A notice of the sale 45 days before it (c.p.c. 490): it came later."),
                    _is_short(one),
                ),
                *(
                    (says, kind not in papers[one.unit_id])
                    for kind, says in PAPERS[one.route].items()
                ),
            )
            if is_missing
        ]
        for one in acquisitions
    }


def _is_short(acquisition: Acquisition) -> bool:
    noticed_on, sale_on = acquisition.noticed_on, acquisition.sale_on
    return bool(noticed_on and sale_on and sale_on - noticed_on < auctions.NOTICE)


def _is_gift(acquisition: Acquisition) -> bool:
    return acquisition.route == Route.DONATION and acquisition.title_on is not None


def _papers(homes: Collection[int]) -> dict[int, set[str]]:
    kept: dict[int, set[str]] = defaultdict(set)
    for unit, kind in HomeDocument.objects.filter(unit__in=homes).values_list("unit", "kind"):
        kept[unit].add(kind)
    return kept
