"""What the law finds in the information sheet and the identifier of an offer."""

from django.utils.translation import gettext_lazy as _

from campaigns.cases.case import Case, Finding, finds
from campaigns.models import TranslationRequest
from campaigns.rules import sheets as law
from campaigns.sheets import drafts

# Consob takes sheets in Italian and in the language that international finance uses.
ACCEPTED_IN_ITALY = ("it", "en")


@finds("R12")
def _parts(case: Case) -> Finding:
    codes = [part.code for part in drafts.parts_of(case.campaign)]
    return Finding(_("The sheet of this offer needs the parts %(parts)s."), {"parts": codes})


@finds("R12.complete", "R19")
def _complete(case: Case) -> Finding:
    lacks = [str(each.sentence) for each in drafts.lacks(case.campaign)]
    words = "%(lacks)s" if lacks else _("The sheet is complete and declared.")
    return Finding(words, {"lacks": lacks}, not lacks, is_internal=True)


@finds("R13")
def _fixed_words(case: Case) -> Finding | None:
    """Of what was published, not of what is written now: each paper holds the words of its language."""
    if case.sheet is None:
        return None
    published = sorted(paper.language for paper in case.sheet.papers.all())
    fixed = {name: law.fixed_words(case.regime.sheet, name) for name in published}
    words = _("Under the title stand %(count)s fixed texts of the law, in: %(languages)s.")
    values = {"count": min(map(len, fixed.values())), "languages": published}
    return Finding(words, values, all(all(texts) for texts in fixed.values()))


@finds("R13.annex")
def _annex(case: Case) -> Finding | None:
    if case.sheet is None:
        return None
    allowed = drafts.annex_of(case.campaign)
    if allowed is None:
        return Finding(_("This offer may have no annex: everything stands in the parts."))
    has_one = any(texts.get(allowed.code) for texts in case.sheet.parts.values())
    yes = _("What of part F does not fit one side stands in the annex.")
    return Finding(yes if has_one else _("It may have an annex for part F, and has none."))


@finds("R13.footnotes")
def _footnotes(case: Case) -> Finding | None:
    if case.sheet is None:
        return None
    said = [text for texts in case.sheet.parts.values() for text in texts.values()]
    marks = [mark for text in said for mark in law.footnotes(text)]
    none = _("The sheet has no footnotes but those that cite the law.")
    some = _("The sheet has footnotes that cite no law: %(marks)s.")
    return Finding(some if marks else none, {"marks": marks}, not marks)


@finds("R13.pages")
def _pages(case: Case) -> Finding | None:
    if case.sheet is None:
        return None
    longest = max(paper.pages for paper in case.sheet.papers.all())
    form = case.regime.sheet
    words = _("The sheet takes %(pages)s of at most %(most)s sides.")
    return Finding(words, {"pages": longest, "most": form.most_pages}, law.fits(form, longest))


@finds("R14")
def _languages(case: Case) -> Finding | None:
    if case.sheet is None:
        return None
    published = [paper.language for paper in case.sheet.papers.all()]
    missing = law.missing_languages(accepted=[ACCEPTED_IN_ITALY], published=published)
    words = _("The sheet is published in: %(languages)s.")
    return Finding(words, {"languages": sorted(published)}, not missing)


@finds("R15")
def _translations(case: Case) -> Finding:
    asked = case.campaign.translation_requests.proven()
    waiting = asked.filter(state=TranslationRequest.State.ASKED).count()
    words = _("Asked for %(asked)s times; %(waiting)s wait for an answer.")
    return Finding(words, {"asked": asked.count(), "waiting": waiting}, is_internal=True)


@finds("R18")
def _notice(case: Case) -> Finding:
    day = law.latest_day_to_send(case.offer_day)
    words = _("Where the authority asks for it, the sheet is sent by %(day)s.")
    return Finding(words, {"day": day}, is_internal=True)


@finds("R20")
def _identifier(case: Case) -> Finding:
    told = case.campaign.offer_identifier
    words = _("The identifier of this offer is %(identifier)s.") if told else _("It has none yet.")
    return Finding(words, {"identifier": told})
