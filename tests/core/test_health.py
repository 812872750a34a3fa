"""Alive and ready are two questions; the policy of what a page may load is on every answer."""

import pytest
from celery import current_app
from django.db import connection
from django.test import Client


class TestHealth:
    def test_asks_nothing_of_the_database(self, client: Client) -> None:
        assert client.get("/health/").json() == {"process": "ok"}

    def test_is_not_kept_by_caches(self, client: Client) -> None:
        assert "no-store" in client.get("/health/")["Cache-Control"]


@pytest.mark.django_db
class TestReady:
    def test_says_how_database_and_broker_are(self, client: Client) -> None:
        answer = client.get("/ready/")

        assert (answer.status_code, answer.json()) == (200, {"database": "ok", "broker": "ok"})

    def test_is_not_ready_while_a_migration_is_missing(self, client: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'contenttypes'")

        answer = client.get("/ready/")

        assert (answer.status_code, answer.json()["database"]) == (503, "migrations are missing")

    def test_goes_on_without_a_broker_and_says_so(self, client: Client) -> None:
        known = current_app.conf.broker_write_url
        current_app.conf.broker_write_url = "amqp://127.0.0.1:1//"
        try:
            answer = client.get("/ready/")
        finally:
            current_app.conf.broker_write_url = known

        assert (answer.status_code, answer.json()["broker"]) == (200, "away")


@pytest.mark.django_db
class TestPolicy:
    def test_lets_nothing_inline_and_nothing_foreign_in(self, client: Client) -> None:
        policy = client.get("/")["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy + ";"
        assert "unsafe" not in policy

    def test_spares_the_styles_of_the_documentation_alone(self, client: Client) -> None:
        policy = client.get("/api/v1/docs/")["Content-Security-Policy"]

        assert "style-src 'self' 'unsafe-inline'" in policy
        assert "script-src 'self'" in policy
