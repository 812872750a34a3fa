"""The duties of law that no function here computes: what keeps each, or why nothing of ours does.

Listed in docs/rules.md beside the rules, so that every number of the law is answered. English only.
"""

from backend.core import law

ECSPR = "Reg. (EU) 2020/1503, art. {}"

DUTIES = (
    law.duty(
        id="R3",
        article=ECSPR.format("3(3)"),
        says="The platform takes no reward for sending orders to an offer.",
        held_by="the platform; a fee netted from the release is an item of its own (R8)",
    ),
    law.duty(
        id="R4",
        article=ECSPR.format("3(4)"),
        says="The investor decides on each offer expressly.",
        held_by="`campaigns.pledges.place`: nothing converts or orders by itself",
    ),
    law.duty(
        id="R8",
        article=ECSPR.format("10(5)"),
        says="Money for securities lies at a central bank or an authorised bank.",
        held_by="`campaigns.checklist`: no offer opens without a restricted bank account",
    ),
    law.duty(
        id="R9",
        article=ECSPR.format("10(1)-(4)"),
        says="Only a licensed payment provider moves the money.",
        held_by="`campaigns.stripe_gateway` and bank transfers; this house moves none",
    ),
    law.duty(
        id="R10",
        article=ECSPR.format("10(6)"),
        says="Investors are told who holds their money and on which terms.",
        held_by="the page of a new pledge names the bank and the terms, that of the pledge the account",
    ),
    law.duty(
        id="R11",
        article=ECSPR.format("19(2)-(5)"),
        says=(
            "Before any order all are told: no deposit guarantee, no compensation scheme, and how "
            "to change one's mind."
        ),
        held_by="`campaigns.rules.sheet_words` and the pages of campaign and pledge",
    ),
    law.duty(
        id="R16",
        article=ECSPR.format("23(8)"),
        says="All who hold an order or an interest are told at once of a material change.",
        held_by="`campaigns.sheets.publish`: mails and the right to revoke, in one transaction",
    ),
    law.duty(
        id="R21",
        article=ECSPR.format("27"),
        says="Advertising is recognisable, fits the sheet and favours no single offer.",
        held_by="the issuer; nothing here advertises",
        is_ours=False,
    ),
    law.duty(
        id="R48",
        article=ECSPR.format("22(4)"),
        says="Each order and interest is recorded with its instant.",
        held_by="`placed_at` and `created_at`, required by the database; an audit row each",
    ),
    law.duty(
        id="R49",
        article=ECSPR.format("22(5)"),
        says="An order is taken back by at least the ways by which it was placed.",
        held_by="pages and API both place and revoke",
    ),
    law.duty(
        id="R50",
        article=ECSPR.format("22(6)"),
        says="The right to change one's mind is told right before and right after the order.",
        held_by="the page of the new pledge, and the letter that confirms it",
    ),
    law.duty(
        id="R54",
        article=ECSPR.format("25"),
        says="A bulletin board matches nobody and makes no contract.",
        held_by="there is no bulletin board; a change of holder is recorded after the fact",
    ),
    law.duty(
        id="R56",
        article=ECSPR.format("20"),
        says="Default rates and an outcome statement are published each year.",
        held_by="loans only; reports of outcome follow it freely (`investors.reports`)",
        is_ours=False,
    ),
    law.duty(
        id="I4",
        article="Reg. Consob 18592/2013, art. 17 and 25",
        says=("The money stays untouched at a bank until closing, and returns if the offer fails."),
        held_by="fund policies in the ledger: the database refuses anything but release or return",
    ),
)
