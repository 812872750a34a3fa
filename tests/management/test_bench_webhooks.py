"""The bench of webhooks: what it sends is a delivery that the site takes, and an answer is read whole."""

import threading

import pytest

from backend.benches import senders, webhooks
from backend.simulators.server import Answer, Request, as_json, serve


class TestSenders:
    def run(self, answer: Answer, count: int) -> list[Request]:
        seen: list[Request] = []

        def handle(request: Request) -> Answer:
            seen.append(request)
            return answer

        server = serve(handle)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            with senders.Senders(server.server_address[1]) as lines:
                assert lines.send([webhooks.signed(b'{"id": "evt_1"}')] * count) > 0
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
        return seen

    def test_sends_each_once_and_signed(self) -> None:
        seen = self.run(as_json({"received": True}), 9)

        assert [request.body for request in seen] == [b'{"id": "evt_1"}'] * 9
        assert {request.path for request in seen} == {webhooks.PATH}
        assert all("v1=" in request.headers["stripe-signature"] for request in seen)

    def test_an_answer_that_is_not_200_is_no_measure(self) -> None:
        with pytest.raises(RuntimeError, match="not 200"):
            self.run(as_json({}, status=500), 1)
