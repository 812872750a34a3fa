"""What campaigns register at start: approvals, jobs, owners of expectations, checks of the books."""

from django.utils.translation import gettext_lazy as _

from backend.accounts import sign_ups
from backend.core import approvals, diagrams, jobs, tones, unwanted, works
from backend.core import vitals as core_vitals
from backend.ledger import checks
from backend.treasury import bundles, expectations, returned_payments
from backend.treasury import sides as three_sides
from backend.webhooks import events
from campaigns import (
    allotments,
    beginnings,
    card_refunds,
    certificates,
    chargebacks,
    confirmations,
    contents,
    endings,
    extensions,
    holding,
    interests,
    invariants,
    lifecycle,
    mismatches,
    obstacles,
    openings,
    orders,
    outward,
    payments,
    places,
    pledges,
    refunds,
    refusals,
    sides,
    vitals,
)
from campaigns import works as mass
from campaigns.grants import agreements, costs, repayments
from campaigns.provider import inbox, landings, payouts
from campaigns.returns import accounts

approvals.register(lifecycle.PUBLISH, lifecycle.publish, label=_("Publish a campaign"))
approvals.register(lifecycle.OPEN, lifecycle.open_to_pledges, label=_("Open a campaign to pledges"))
for action in (lifecycle.PUBLISH, lifecycle.OPEN):
    approvals.register_content(action, contents.content_hash)
approvals.register(extensions.EXTEND, extensions.grant, label=_("Move the deadline of an offer"))

approvals.register(openings.ACTION, openings.apply, label=_("Take over pledges and held money"))

approvals.register(accounts.CONFIRM, accounts.confirm, label=_("Return money to another account"))

# News of an offer and a reminder of an interest bind nobody: one may refuse them.
unwanted.register("update_published")
unwanted.register("interest_reminder")

# Fifty members are a hundred documents, a second or two of work: one batch a commit.
sign_ups.register(interests.claim_all)
jobs.register(allotments.PROOFS_JOB, certificates.issue_first, batch=1, drains=2)
jobs.register_queue(inbox.JOB, inbox.Waiting())
works.register(mass.CARD_REFUNDS, mass.find_card_refunds)
works.register(mass.NEWS, mass.find_news)
jobs.register(refunds.CARD_JOB, card_refunds.send_by_card)

expectations.register_owner(
    endings.PLEDGE_OWNER, payments.on_transfers_met, mismatches.on_taken_back
)
expectations.register_owner(chargebacks.OWNER, chargebacks.on_repaid)
expectations.register_owner(payouts.PAYOUT_OWNER, payouts.on_met)
expectations.register_owner(landings.ONWARD_OWNER, landings.on_onward_met)
expectations.register_owner(refunds.REFUND_OWNER, refunds.on_met)
expectations.register_owner(agreements.OWNER, agreements.on_instalment_met)
expectations.register_owner(costs.OWNER, costs.on_met)
expectations.register_owner(repayments.OWNER, repayments.on_met)
returned_payments.register_owner(refunds.REFUND_OWNER, refunds.on_undone)
returned_payments.register_owner(costs.OWNER, costs.on_undone)
returned_payments.register_owner(repayments.OWNER, repayments.on_undone)
expectations.register_owner(holding.RELEASE_OWNER, holding.on_release_met)
expectations.register_owner(holding.SUCCESS_FEE_OWNER, holding.on_fee_met)
expectations.register_owner(holding.TOP_UP_OWNER, holding.on_top_up_met)

bundles.register(payouts.bundles)
three_sides.register(sides.gather)

# What follows from money and time has no choices of its own: these are its words (figures.stage).
tones.name(
    started=_("begun, not placed yet"),
    checks_done=_("ready to be placed"),
    in_reflection=_("may still be taken back"),
    awaiting_payment=_("waiting for payment"),
    part_paid=_("paid in part"),
    paid=_("paid, money arrived"),
    waitlisted=_("on the waiting list"),
    allotted=_("shares allotted"),
    revoked=_("taken back"),
    lapsed=_("lapsed, not paid in time"),
    refused=_("not accepted"),
    refund_due=_("money on its way back"),
    refunded=_("money returned"),
)

tones.register("waiting", "to_order", "to_approve", "at_bank", "provider", "no_account")
tones.register("done", "holds", "answered", "delivered")
tones.register("waiting", "asked", "advised")
tones.register("stopped", "blocks")
tones.register("waiting", "applied")
tones.register("running", "selected", "incubated", "reported")
tones.register("done", "funded")
tones.register("stopped", "not_funded")
tones.name(holds=_("holds"), blocks=_("does not hold"))

diagrams.explain("campaigns.campaign", obstacles.looks)
diagrams.explain("campaigns.interest", lambda: {"converted": [orders.check]})
diagrams.explain(
    "campaigns.pledge",
    lambda: {
        "started": [beginnings.begin],
        "placed": [orders.check, orders.check_mirrored, places.promote],
        "waitlisted": [orders.check],
        "confirmed": [confirmations.confirm],
        "revoked": [pledges.revoke],
        "lapsed": [pledges.lapse_unpaid, beginnings.lapse],
        "refused": [refusals.refuse],
        "allotted": [obstacles.of_closing, allotments.allot],
    },
)

for name, finder in invariants.FINDERS.items():
    checks.register(name, finder)

core_vitals.register(*vitals.VITALS)
events.register(*outward.SOURCES)
