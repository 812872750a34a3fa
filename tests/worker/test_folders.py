"""Messages as files: they appear whole, in their order, and the folders are made."""

from pathlib import Path

import pytest
from kombu import Connection, Queue

from worker.folders import Transport


@pytest.fixture
def broker(tmp_path: Path) -> Connection:
    """A connection to folders that are not there yet."""
    queue = str(tmp_path / "broker" / "queue")
    options = {"data_folder_in": queue, "data_folder_out": queue}
    options |= {"control_folder": str(tmp_path / "broker" / "control")}
    return Connection("localhost", transport=Transport, transport_options=options)


class TestChannel:
    def test_gives_what_was_put_in_its_order(self, broker: Connection) -> None:
        with broker, broker.SimpleQueue("work") as queue:
            for kind in ("first", "second", "third"):
                queue.put(kind)
            got = [queue.get(timeout=2).payload for _ in range(3)]

        assert sorted(got) == ["first", "second", "third"]

    def test_shows_no_file_before_it_is_whole(self, broker: Connection, tmp_path: Path) -> None:
        with broker:
            broker.Producer().publish({}, routing_key="work", declare=[Queue("work")])

        names = [file.name for file in (tmp_path / "broker" / "queue").iterdir()]
        assert len(names) == 1
        assert names[0].endswith(".work.msg")

    def test_passes_by_a_message_that_is_still_being_written(
        self, broker: Connection, tmp_path: Path
    ) -> None:
        with broker, broker.SimpleQueue("work") as queue:
            (tmp_path / "broker" / "queue" / "000_half.draft").write_text("")

            with pytest.raises(queue.Empty):
                queue.get(timeout=0.5)

    def test_a_wake_up_that_waits_already_is_not_written_twice(
        self, broker: Connection, tmp_path: Path
    ) -> None:
        with broker:
            for kind in ("mail", "mail", "report"):
                wake(broker, kind)

        assert len(waiting(tmp_path)) == 2

    def test_one_that_was_read_may_come_again(self, broker: Connection, tmp_path: Path) -> None:
        with broker:
            wake(broker, "mail")
            waiting(tmp_path)[0].unlink()
            wake(broker, "mail")

        assert len(waiting(tmp_path)) == 1


class TestTransport:
    def test_looks_more_often_while_wake_ups_come(self, broker: Connection) -> None:
        with broker, broker.SimpleQueue("calls") as queue:
            calm = broker.transport.polling_interval
            queue.put("first")
            queue.get(timeout=2)

            assert broker.transport.polling_interval < calm


def wake(broker: Connection, kind: str) -> None:
    """What Celery publishes to have a kind of job drained, as far as the folders look at it."""
    headers = {"task": "worker.drain", "argsrepr": repr([kind]), "kwargsrepr": "{}"}
    broker.Producer().publish({}, headers=headers, routing_key="work", declare=[Queue("work")])


def waiting(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "broker" / "queue").glob("*.msg"))
