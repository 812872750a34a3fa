"""What properties register at start: approvals, jobs, owners of expectations, checks of the books."""

from django.utils.translation import gettext_lazy as _

from backend.core import approvals, jobs, parameters, tones
from backend.core import vitals as core_vitals
from backend.ledger import checks
from backend.treasury import expectations
from backend.webhooks import events
from campaigns import sections
from properties import (
    acquisitions,
    auctions,
    contests,
    costs,
    deposits,
    invariants,
    outward,
    past_purchases,
    plans,
    public,
    renovations,
    rents,
    repayments,
    retention,
    reviews,
    sales,
    snapshots,
    vitals,
    words,
    year_reports,
)
from properties.history import people

approvals.register(
    acquisitions.APPROVAL,
    acquisitions.approve,
    permission="acquisition.approve",
    label=_("Buy a home"),
)
approvals.register(
    past_purchases.ACTION,
    past_purchases.apply,
    permission="acquisition.approve",
    label=_("Take over homes that were bought before"),
)
approvals.register(
    renovations.ACTION,
    renovations.approve,
    permission="acquisition.approve",
    label=_("Change the budget of works"),
)
approvals.register(
    sales.ACTION,
    sales.approve,
    permission="acquisition.approve",
    label=_("Sell a home"),
)
approvals.register(
    snapshots.UNREVIEWED,
    reviews.publish_unreviewed,
    label=_("Publish figures that the city did not review in time"),
)
approvals.register(
    reviews.UNREVIEWED,
    reviews.tell_unreviewed,
    label=_("Tell words of a year that the city did not review in time"),
)

parameters.register(auctions.order_of, contests.TIES)
parameters.register(int, repayments.FLOOR, *retention.PERIODS, *people.NUMBERS)

jobs.register(rents.JOB, rents.charge_job)
jobs.register(snapshots.JOB, snapshots.take_job)

expectations.register_owner(costs.OWNER, deposits.on_cost_met)
expectations.register_owner(deposits.BACK, deposits.on_back_met)
expectations.register_owner(sales.PART, sales.on_part_met)
expectations.register_owner(sales.BACK, sales.on_sent_back)

tones.name(**words.STATES)
core_vitals.register(*vitals.VITALS)
events.register(*outward.SOURCES)
sections.register(
    sections.Section(
        "properties/homes_so_far.html",
        public.homes_so_far,
        anchor="homes",
        label=_("Homes so far"),
    )
)
sections.register(sections.Section("properties/year_reports.html", year_reports.section, order=200))
sections.register(
    sections.Section("properties/plan_against_actual.html", plans.section, is_public=False)
)

for name, finder in invariants.FINDERS.items():
    checks.register(name, finder)
