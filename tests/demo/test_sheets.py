"""The demo's information sheets are whole: no part is missing and they fit on the pages of their law."""

import pytest

from backend.demo import sheets
from backend.demo.offers import FIRST, ZEROTH, Offer, draft
from campaigns.sheets import drafts, papers
from campaigns.sheets.drafts import Writing
from tests.campaigns import scene as scenes
from tests.cast import Cast


@pytest.mark.django_db
class TestWriting:
    @pytest.mark.parametrize(("offer", "most"), [(FIRST, 6), (ZEROTH, 5)])
    def test_nothing_is_missing_but_the_declaration(
        self, cast: Cast, offer: Offer, most: int
    ) -> None:
        scene = scenes.build(cast)
        campaign = scene.draft(regime=offer.regime)

        sheet = drafts.write(
            campaign=campaign,
            writing=Writing(**sheets.writing(offer)),
            by=cast.owner,
            at=scene.at,
        )

        assert [lack.code for lack in drafts.lacks(campaign)] == ["declaration"]
        assert max(papers.pages_of(sheet).values()) <= most

    def test_a_plan_adds_up_to_the_target(self) -> None:
        told = draft(FIRST)

        sums = [float(line["amount"]["amount"]) for line in told["planned_lines"]]
        assert sum(sums) == float(told["target"]["amount"])
