"""The European law that protects investors: since when it holds, and how its articles are cited.

Also the duties of it that no function computes, each with what keeps it (docs/rules.md). English only.
"""

import datetime as dt

from backend.core import law

# Regulation (EU) 2020/1503 applies (art. 51).
ECSPR = dt.date(2021, 11, 10)
# The technical standards of 2022 (2112, 2114 to 2123) are in force.
STANDARDS_2022 = dt.date(2022, 11, 28)
EUROPE = ("ecspr",)

REGULATION = "Reg. (EU) 2020/1503, art. {}"
ANNEX = "Reg. (EU) 2020/1503, Annex II, {}"
STANDARD = "Delegated Reg. (EU) 2022/2114, art. {}"

DUTIES = (
    law.duty(
        id="R24",
        article=ANNEX.format("Part II"),
        says="Sophisticated only on request by template, with three statements; notice of approval.",
        held_by="`investors.qualifications.ask` and `decide`: no grant without them, and a letter",
    ),
    law.duty(
        id="R26",
        article=ANNEX.format("Part II"),
        says="Who no longer meets the criteria is treated as non-sophisticated, and told.",
        held_by="`investors.qualifications.end`, with its letter",
    ),
    law.duty(
        id="R29",
        article=REGULATION.format("21(2)"),
        says="The test asks for experience, objectives, financial situation, understanding of risk.",
        held_by="`investors.knowledge.VERSIONS`; a test holds every part to be asked",
    ),
    law.duty(
        id="R30",
        article=STANDARD.format(3),
        says="People are told to give exact, current data; questions are plain and precise.",
        held_by="the words of the test's page",
    ),
    law.duty(
        id="R32",
        article=REGULATION.format("21(6)"),
        says="A failed test or a small ability to bear loss never blocks an order.",
        held_by="`investors.suitability.missing`: it asks for an answer, never for a right one",
    ),
    law.duty(
        id="R41",
        article=STANDARD.format("5-6"),
        says="The simulation is offered as an online tool.",
        held_by="the page /simulation/, open to all, which keeps nothing",
    ),
    law.duty(
        id="R43",
        article=REGULATION.format("21(6)"),
        says="The receipt of the simulation's result is acknowledged.",
        held_by="`investors.assessments.unacknowledged`: it stays on the profile until it is read",
    ),
    law.duty(
        id="R44",
        article="Reg. (EU) 2016/679, art. 5(1)(c)",
        says="Of a simulation only net worth, loss, day and last day are kept.",
        held_by="`investors.assessments.simulate_loss`; components only with consent, deletable",
    ),
    law.duty(
        id="R53",
        article=REGULATION.format(26),
        says="Records are kept five years; clients read their own at all times.",
        held_by="`investors.models.in_time_of`, `backend.reporting.personal_data` and `erasure`",
    ),
)
