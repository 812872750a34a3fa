"""Before the first figures are published, the open data's own page says so and nothing else answers."""

from django.test import Client


class TestOpenData:
    def test_has_a_page_and_no_catalogue(self, client: Client, db: None) -> None:
        assert client.get("/open-data/catalogue.ttl").status_code == 404
        assert client.get("/open-data/").status_code == 200
