"""Mails that come back are found by their signed name; news can be refused, what is owed cannot."""

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from backend.core import bounces, notices, unwanted
from backend.core.models import Notice, UnwantedMail
from backend.core.notices import NewNotice

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
REPORT = """From: MAILER-DAEMON@example.org
To: mattone@example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; giulia@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
  no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {name}
To: giulia@example.org
--b--
"""


class RefusingBackend(BaseEmailBackend):
    """A mail server that knows no such recipient, or has no room for now."""

    status = 550

    def send_messages(self, email_messages: Any) -> int:
        [to] = email_messages[0].to
        raise smtplib.SMTPRecipientsRefused({to: (self.status, b"no such user")})


class BusyBackend(RefusingBackend):
    status = 452


class _Thing:
    """What the templates read."""

    pk = 7
    slug = "casa"
    title = body = name = "News"
    data = {"title": "Report"}
    investor = "Giulia"
    is_synthetic = True


def written(template: str = "report_issued", key: str = "n1") -> Notice:
    context = {
        "report": _Thing(),
        "update": _Thing(),
        "campaign": _Thing(),
        "site": "https://x.org",
    }
    new = NewNotice(key, "Giulia@example.org", "en", template, context)
    notices.send(notice=new, at=AT)
    return Notice.objects.get(key=key)


def report(notice: int, *, action: str = "failed", name: str = "") -> bytes:
    return REPORT.format(action=action, name=name or bounces.message_id(notice)).encode()


class TestRead:
    def test_finds_the_mail_and_the_reason(self) -> None:
        assert bounces.read(report(12)) == [bounces.Bounce(12, "smtp; 550 5.1.1 no such user")]

    @pytest.mark.parametrize(
        "raw",
        [report(12, action="delayed"), report(12, name="<notice.12.00000000000000000000@x>"), b"", b"\xff"],
    )  # fmt: skip
    def test_takes_nothing_else_for_a_bounce(self, raw: bytes) -> None:
        assert bounces.read(raw) == []

    @given(st.binary(max_size=300))
    def test_survives_any_mail(self, raw: bytes) -> None:
        assert bounces.read(raw) == []


@pytest.mark.django_db
class TestRecord:
    def test_marks_once_and_keeps_the_first_reason(self) -> None:
        raw = report(written().pk)

        assert [bounces.record(raw, at=AT), bounces.record(raw, at=AT)] == [1, 0]
        assert Notice.objects.get().bounce_reason.endswith("no such user")

    def test_a_refused_recipient_is_marked_and_not_tried_again(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
        written()

        notices.deliver({"key": "n1"}, at=AT)
        notices.deliver({"key": "n1"}, at=AT)

        notice = Notice.objects.get()
        assert (notice.sent_at, notice.bounced_at) == (None, AT)

    def test_a_full_mailbox_is_tried_again(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = f"{__name__}.BusyBackend"
        written()

        with pytest.raises(smtplib.SMTPRecipientsRefused):
            notices.deliver({"key": "n1"}, at=AT)

        assert Notice.objects.get().bounced_at is None


@pytest.mark.django_db
class TestUnwanted:
    def test_news_carry_the_way_out_and_what_is_owed_does_not(self) -> None:
        for template in ("update_published", "report_issued"):
            notice = written(template, key=template)
            notices.deliver({"key": notice.key}, at=AT)

        news, owed = mail.outbox
        assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "/mails/stop/" in str(news.body)
        assert "List-Unsubscribe" not in owed.extra_headers
        assert "/mails/stop/" not in str(owed.body)

    def test_who_refused_news_gets_what_is_owed_alone(self, client: Client) -> None:
        path = unwanted.link("giulia@example.org").split("/", 3)[3]
        assert client.get(f"/{path}").status_code == 200
        assert not UnwantedMail.objects.exists()

        assert client.post(f"/{path}").status_code == 200

        assert written("report_issued").to == "Giulia@example.org"
        with pytest.raises(Notice.DoesNotExist):
            written("update_published", key="n2")

    def test_a_link_that_is_not_ours_leads_nowhere(self, client: Client) -> None:
        assert client.post("/mails/stop/nobody/").status_code == 404
