"""Mails: once per key, in the reader's language, sent after the commit."""

import datetime as dt

import pytest
from django.core import mail

from backend.core import jobs, notices
from backend.core.models import Notice
from backend.core.notices import NewNotice

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
TEMPLATE = "report_issued"


class _Report:
    """What the template reads of a report."""

    pk = 7
    data = {"title": "Your report for quarter 1 of 2026"}
    investor = "Giulia"


def _notice(language: str, key: str = "n1") -> NewNotice:
    context = {"report": _Report(), "site": "https://example.org"}
    return NewNotice(key, "giulia@example.org", language, TEMPLATE, context)


@pytest.mark.django_db
class TestSend:
    def test_writes_one_notice_per_key(self) -> None:
        notices.send(notice=_notice("it"), at=AT)
        notices.send(notice=_notice("it"), at=AT)

        assert Notice.objects.count() == 1

    def test_writes_in_the_language_of_the_reader(self) -> None:
        notices.send_many(notices=[_notice("it", "a"), _notice("en", "b")], at=AT)

        italian, english = Notice.objects.order_by("key")
        assert italian.subject != english.subject

    def test_mails_it_once(self) -> None:
        notices.send(notice=_notice("it"), at=AT)

        jobs.drain(kind=notices.JOB, at=AT)
        notices.deliver({"key": "n1"}, at=AT)

        assert len(mail.outbox) == 1
        assert Notice.objects.get().sent_at == AT
