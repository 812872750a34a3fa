"""A client that a stranger's generator makes from the OpenAPI document works over real HTTP."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests import described
from tests.campaigns import scene as scenes
from tests.cast import Cast, api_key

pytestmark = [pytest.mark.thorough, pytest.mark.django_db(transaction=True)]
NAME = "mattone_client"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The generated package, to be imported under its name; the generator's complaints fail."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "schema.json").write_text(json.dumps(described.document(), default=str))
    run = subprocess.run(
        [
            str(Path(sys.executable).with_name("openapi-python-client")), "generate",
            "--path", "schema.json", "--output-path", NAME, "--meta", "none",
        ],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    sys.path.insert(0, str(folder))
    yield folder / NAME
    sys.path.remove(str(folder))


def part(name: str) -> Any:
    return importlib.import_module(f"{NAME}.{name}")


class TestClient:
    def test_has_a_function_for_every_operation_that_answers_json(self, package: Path) -> None:
        made = {file.stem for file in (package / "api").rglob("*.py")}
        wanted = {
            one.told["operationId"]
            for one in described.operations()
            if all(
                next(iter(told.get("content", {"application/json": 0}))).endswith("json")
                for told in one.told["responses"].values()
            )
        }

        assert wanted - made == set()

    def test_walks_through_the_running_application(
        self, package: Path, new_cast: Cast, live_server: LiveServer
    ) -> None:
        scene = scenes.build(new_cast)
        scene.stand_today()
        scene.pledge(scene.open_campaign())
        with part("client").AuthenticatedClient(
            base_url=live_server.url, token=api_key(new_cast.owner, "generated")
        ) as client:
            found = part("api.campaigns.pledges_list").sync(client=client)
            wish = part("models.webhook_request").WebhookRequest(
                url="https://example.org/hooks", events=["pledge.*"]
            )
            made = part("api.webhooks.webhooks_create").sync(client=client, body=wish)
            missing = part("api.campaigns.pledges_retrieve")
            refused = missing.sync_detailed(987654321, client=client)

        assert [one.shares for one in found.results] == [5]
        assert made.secret.startswith("whsec_")
        assert (refused.status_code, refused.parsed.code) == (404, "not_found")
