"""What comes wrong of homes and people: what comes, what holds, and the tests that show it.

Rows of the page that `needs` writes.
"""

OWN = "tests/properties"

ROWS = (
    (
        "a move-in after the end, a negative span, two live tenancies in one home",
        "each is refused with its sentence, and by the database",
        (
            f"{OWN}/test_lettings.py::TestEnd::test_an_end_before_the_beginning_is_refused",
            f"{OWN}/test_lettings.py::TestLet::test_two_households_do_not_get_the_same_home",
            f"{OWN}/test_lettings.py::TestLet"
            "::test_the_database_refuses_two_live_tenancies_by_itself",
            f"{OWN}/test_sustainment.py::TestSpells",
        ),
    ),
    (
        "a cadastral key split or merged",
        "the old one ends on the day on which the new ones begin, and stays known",
        (f"{OWN}/test_home_papers.py::TestCadastre",),
    ),
    (
        "an auction whose day has passed, an award without a deposit, a sale to which nobody came",
        "the first two are refused; the third goes on with the next day and price",
        (
            f"{OWN}/test_auctions.py::TestRecord",
            "tests/stories/test_homes_story.py::TestAuctionDefaulted"
            "::test_nothing_is_won_without_the_deposit",
            f"{OWN}/test_deserted.py::TestRecord",
        ),
    ),
    (
        "two repayment plans at a time, a household counted twice",
        "one plan at a time; one household to a tax code; the database refuses both",
        (
            f"{OWN}/test_repayments.py::TestOpenPlan::test_a_tenancy_has_one_at_a_time",
            f"{OWN}/test_identities.py::TestSeal",
        ),
    ),
    (
        "a file of 5,000 homes with 37 bad rows; a file of people with a wrong one",
        "nothing is applied, every fault is told with its line and column",
        (
            f"{OWN}/test_unit_files.py::TestTakeIn",
            f"{OWN}/test_people_files.py::TestTakeIn",
        ),
    ),
)
