"""The information sheet: complete or listed, six pages at most, never changed once published."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from backend.core import audit, clock, pdf
from backend.core.models import Notice
from backend.core.money import euro
from backend.core.roles import Role
from backend.core.users import SYSTEM
from campaigns import (
    drafting,
    instruments,
    interests,
    obstacles,
    orders,
    pledges,
    reading,
    sheets,
    windows,
)
from campaigns.changes import Change
from campaigns.models import Campaign, InformationSheet, Pledge, SheetPaper
from campaigns.sheets import declarations, drafts, papers
from campaigns.sheets.declarations import Declared
from campaigns.sheets.drafts import Writing
from tests.campaigns.scene import Scene
from tests.campaigns.test_orders_api import browse
from tests.cast import person

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]


def write(scene: Scene, campaign: Campaign, text: str, code: str = "A.project") -> InformationSheet:
    writing = Writing(parts={"it": {code: text}})
    by, at = scene.cast.owner, scene.at
    return drafts.write(campaign=campaign, writing=writing, by=by, at=at)


def sheet_with_facts(sheet: InformationSheet) -> InformationSheet:
    sheet.facts = papers.facts_of(sheet.campaign)
    return sheet


class TestLacks:
    def test_an_empty_part_is_named_by_its_letter_and_language(self, scene: Scene) -> None:
        campaign = scene.draft()

        write(scene, campaign, "x", "C.default")

        assert drafts.lacks(campaign)[0].code == "part_C.default_it"

    def test_each_who_answers_for_it_declares_it_with_evidence(self, scene: Scene) -> None:
        campaign = scene.draft()
        both = [{"name": name, "function": "Amministratrice"} for name in ("Ada", "Marta Prova")]
        writing = Writing(responsible=both)
        by, at = scene.cast.owner, scene.at
        drafts.write(campaign=campaign, writing=writing, by=by, at=at)

        scene.declare_sheet(campaign)

        [lack] = drafts.lacks(campaign)
        assert str(lack.sentence).endswith(": Ada.")
        for said in (Declared("Nobody", "paper"), Declared("Ada", " ")):
            with pytest.raises((declarations.NotResponsible, declarations.EvidenceMissing)):
                drafts.declare(campaign=campaign, said=said, by=by, at=at)
        scene.declare_sheet(campaign, "Ada")
        assert drafts.lacks(campaign) == []

    def test_what_is_written_again_is_declared_again(self, scene: Scene) -> None:
        campaign = scene.draft()

        write(scene, campaign, "Detto altrimenti.")

        assert [lack.code for lack in drafts.lacks(campaign)] == ["declaration"]

    def test_a_vehicle_needs_part_e(self, scene: Scene) -> None:
        campaign = scene.draft()
        campaign.is_spv = True

        codes = [lack.code for lack in drafts.lacks(campaign)]

        assert codes == [
            f"part_E.{point}_{language}"
            for language in ("it", "en")
            for point in ("vehicle", "contacts")
        ]

    def test_a_sheet_in_force_lacks_what_became_needed(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        assert drafts.lacks(campaign) == []

        changed = drafting.amend(
            campaign=campaign, changes={"is_spv": True}, by=scene.cast.owner, at=scene.at
        )

        blocking = obstacles.found(campaign=changed, to="open", at=scene.at)
        assert "information_sheet" in [each.code for each in blocking]

    def test_the_rules_of_2020_ask_for_parts_of_their_own(self, scene: Scene) -> None:
        campaign = scene.draft(regime="consob_2020")

        assert [part.code for part in drafts.parts_of(campaign)] == ["2", "3", "4", "5"]

    def test_the_rules_of_2020_name_the_point_that_is_missing(self, scene: Scene) -> None:
        campaign = scene.draft(regime="consob_2020")

        write(scene, campaign, "-", "4.costs")

        assert drafts.lacks(campaign)[0].code == "part_4.costs_it"

    def test_a_footnote_is_named(self, scene: Scene) -> None:
        campaign = scene.draft()

        write(scene, campaign, "Costa il 3 %[1].\n[1] Stima nostra.", "H.fees")

        assert drafts.lacks(campaign)[0].code == "footnotes_H.fees_it"


class TestWrite:
    def test_an_annex_to_part_f_counts_for_no_page(self, scene: Scene) -> None:
        campaign = scene.draft()
        rights = "Diritti amministrativi e patrimoniali.\n" * 400

        sheet = write(scene, campaign, rights, "F.1")

        with pytest.raises(drafts.TooLong):
            write(scene, campaign, rights, "F.rights")
        assert papers.pages_of(sheet)["it"] <= 2
        whole = papers.render(sheet_with_facts(sheet))["it"].pdf
        assert pdf.pages(whole) > 6

    def test_shares_have_no_annex(self, scene: Scene) -> None:
        with pytest.raises(drafts.UnknownPart):
            write(scene, scene.draft(instrument="share"), "Testo.", "F.1")

    def test_a_part_the_form_does_not_have_is_refused(self, scene: Scene) -> None:
        with pytest.raises(drafts.UnknownPart):
            write(scene, scene.draft(), "Testo.", "Z")

    def test_more_than_six_pages_are_refused_with_the_count(self, scene: Scene) -> None:
        with pytest.raises(drafts.TooLong) as refused:
            write(scene, scene.draft(), "Una frase che si ripete. " * 3000)

        assert refused.value.facts["pages"]["it"] > 6
        assert refused.value.facts["most"] == 6

    def test_nobody_declares_what_is_not_there(self, scene: Scene) -> None:
        campaign = scene.draft()
        write(scene, campaign, "")

        with pytest.raises(drafts.Incomplete):
            scene.declare_sheet(campaign)


class TestPublish:
    def test_with_the_campaign_in_two_languages(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())

        sheet = sheets.current(campaign)
        assert sheet is not None
        papers = {paper.language: paper for paper in sheet.papers.all()}
        assert set(papers) == {"it", "en"}
        assert all(1 <= paper.pages <= 6 for paper in papers.values())
        assert bytes(papers["it"].pdf).startswith(b"%PDF-")
        assert sheet.facts["target"] == "3000.00"

    def test_the_old_version_stays_as_somebody_reads_it(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        read = sheets.current(campaign)

        scene.change_sheet(campaign, is_material=False)

        assert read is not None
        read.refresh_from_db()
        assert read.parts["it"]["A.project"] == "Detto in breve."
        assert [each.version for each in sheets.published(campaign)] == [2, 1]

    @pytest.mark.parametrize("model", [InformationSheet, SheetPaper])
    def test_the_database_refuses_to_change_what_was_published(
        self, scene: Scene, model: type[InformationSheet]
    ) -> None:
        scene.publish(scene.draft())
        name = "change" if model is InformationSheet else "language"

        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
            model.objects.update(**{name: "x"})

    def test_a_change_is_said_in_words(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        scene.write_sheet(campaign)

        change = Change(" ", is_material=True)
        with pytest.raises(sheets.ChangeUnsaid):
            sheets.publish(campaign=campaign, change=change, by=scene.cast.owner, at=scene.at)


class TestMaterialChange:
    def test_everyone_is_told_at_once_and_may_revoke(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        pledge = scene.pledge(campaign)
        scene.transfer(pledge)
        scene.wait(10)
        with pytest.raises(pledges.ReflectionOver):
            pledges.revoke(pledge=pledge, by=scene.cast.owner, at=scene.at)

        scene.change_sheet(campaign, is_material=True)

        assert Notice.objects.filter(template="offer_changed").count() == 1
        until = windows.until(pledge)
        assert until is not None
        assert clock.day_of(until) - scene.day == dt.timedelta(days=5)
        scene.wait(4)
        pledges.revoke(pledge=pledge, by=scene.cast.owner, at=scene.at)
        assert scene.fresh(campaign).terms_version == 2

    def test_who_orders_afterwards_has_no_more_time_than_others(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        scene.change_sheet(campaign, is_material=True)
        scene.wait(1)

        assert windows.until(scene.pledge(scene.fresh(campaign))) is None

    def test_the_opening_waits_until_nobody_may_revoke(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        wish = scene.wish(campaign)

        scene.change_sheet(campaign, is_material=True)

        campaign = scene.fresh(campaign)
        blockers = obstacles.found(campaign=campaign, to=Campaign.State.OPEN, at=scene.at)
        assert [each.code for each in blockers] == ["window"]
        assert interests.must_confirm_terms(interests.by_token(wish.token))
        scene.wait(5)
        assert scene.open(campaign).state == Campaign.State.OPEN

    def test_a_slip_of_the_pen_tells_nobody(self, scene: Scene) -> None:
        campaign = scene.open_campaign()
        scene.pledge(campaign)

        scene.change_sheet(campaign, is_material=False)

        assert not windows.is_open(campaign, at=scene.at)
        assert not Notice.objects.filter(template="offer_changed").exists()


class TestFollowTerms:
    def test_new_terms_make_a_new_version_and_keep_the_draft(self, scene: Scene) -> None:
        campaign = scene.publish(scene.draft())
        write(scene, campaign, "Sto scrivendo.")
        changes = {"use_of_funds": "purchase_and_management"}

        drafting.amend(campaign=campaign, changes=changes, by=scene.cast.owner, at=scene.at)

        current, draft = sheets.current(campaign), drafts.draft_of(campaign)
        assert current is not None
        assert draft is not None
        assert current.facts["use_of_funds"] == "purchase_and_management"
        assert (current.version, draft.version) == (2, 3)
        assert draft.parts["it"]["A.project"] == "Sto scrivendo."
        actions = audit.history(campaign).values_list("action", flat=True)
        assert {"sheet.published", "campaign.window_opened"} <= set(actions)


class TestStake:
    def test_a_table_of_stakes(self) -> None:
        terms = instruments.Terms(euro("100.00"), euro("10.00"), euro("10000.00"))

        found = [instruments.stake(terms, shares) for shares in (0, 30, 1000)]

        assert [str(each.percent) for each in found] == ["0.00", "2.91", "50.00"]
        assert [each.premium for each in found] == [euro(0), euro("2700.00"), euro("90000.00")]


class TestReplacedWhileRead:
    def test_who_read_the_old_one_does_not_order_by_the_new(self, scene: Scene) -> None:
        campaign, investor = scene.open_campaign(), scene.investor()
        read = sheets.current(campaign)
        assert read is not None
        scene.change_sheet(campaign, is_material=False)
        order = orders.Order(
            campaign, investor, 5, is_acknowledged=True, sheet_version=read.version
        )

        with pytest.raises(reading.SheetReplaced):
            pledges.place(order=order, by=SYSTEM, at=scene.at)

        again = replace(order, sheet_version=read.version + 1)
        assert pledges.place(order=again, by=SYSTEM, at=scene.at).state == "placed"

    def test_who_says_nothing_of_a_sheet_is_asked_to_read_it(self, scene: Scene) -> None:
        order = replace(scene.order(scene.open_campaign(), scene.investor()), sheet_version=None)

        with pytest.raises(reading.SheetUnread) as refused:
            pledges.place(order=order, by=SYSTEM, at=scene.at)

        assert refused.value.facts["now"] == 1
        assert not Pledge.objects.exists()

    def test_who_adds_to_an_order_reads_the_sheet_in_force(self, scene: Scene) -> None:
        user = person("adder", Role.INVESTOR)
        pledge = scene.pledge(scene.open_campaign(), investor=scene.investor(user))
        client, path = browse(user), f"/pledges/{pledge.pk}/amend/"
        told = {"amount": "600", "acknowledged": "on", "sheet_version": "1"}
        scene.change_sheet(pledge.campaign, is_material=False)

        refused = client.post(path, told, follow=True).content.decode()
        taken = client.post(path, told | {"sheet_version": "2"})

        assert "replaced while you read it" in refused
        assert taken.status_code == 302
        assert pledge.campaign.pledges.count() == 2

    def test_the_page_shows_the_new_one_before_it_takes_the_order(self, scene: Scene) -> None:
        user = person("reader", Role.INVESTOR)
        campaign = scene.open_campaign()
        scene.investor(user)
        client, path = browse(user), f"/campaigns/{campaign.slug}/pledge/?amount=500.00"
        told = {"step": "order", "amount": "500.00", "acknowledged": "on", "sheet_version": "1"}
        assert 'name="sheet_version" value="1"' in client.get(path).content.decode()
        scene.change_sheet(campaign, is_material=False)

        refused = client.post(path, told, follow=True).content.decode()
        taken = client.post(path, told | {"sheet_version": "2"})

        assert "replaced while you read it" in refused
        assert 'name="sheet_version" value="2"' in refused
        assert taken.status_code == 302
        assert campaign.pledges.count() == 1
