"""Before the first figures are published the open data tells of the city's programmes alone."""

import re

from django.test import Client


class TestOpenData:
    def test_offers_no_figures_of_homes(self, client: Client, db: None) -> None:
        page = client.get("/open-data/")
        catalogue = client.get("/open-data/catalogue.ttl").content.decode()

        assert page.status_code == 200
        assert "/open-data/programmes" in catalogue
        assert not re.search(r"/open-data/\d", catalogue)
