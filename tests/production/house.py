"""The services of the compose file as processes of this machine, on one PostgreSQL and one Redis."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.machines import BASE_DIR, Server, free_port, wait_until
from tests.production import shape

SITE = "mattone.example.org"
STOP_SECONDS = 60
GIVEN = {
    "DB_PASSWORD": "-",
    "SITE_HOST": SITE,
    "SECRET_KEY": "production-" + "k" * 60,
    "IDENTITY_KEYS": "Zm9yIHRlc3RzIG9ubHksIHdvcnRoIG5vdGhpbmchISE=",
    "METRICS_TOKEN": "metrics-of-a-test",
}


@dataclass
class Production:
    """A server, a Redis, and processes by name: `web-1` is one of the service `web`."""

    server: Server
    folder: Path
    redis_port: int = field(default_factory=free_port)
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start_redis(self) -> None:
        tool = shutil.which("redis-server")
        assert tool, "redis-server is missing: install it (apt-get install redis-server)"
        command = [tool, *shape.command("redis")[1:], "--port", str(self.redis_port)]
        self._spawn("redis", [*command, "--bind", "127.0.0.1"], dict(os.environ))
        wait_until(lambda: _listens(self.redis_port), "Redis listens", 20)

    def start(self, name: str) -> None:
        """Start a process of a service as the compose file says, on a port of this machine."""
        service = name.rsplit("-", 1)[0] if name[-1].isdigit() else name
        command = [self._here(name, each) for each in shape.command(service)]
        if service == "worker":
            command += ["--hostname", f"{name}@%h"]
        self._spawn(name, command, self.environment(service))

    def once(self, *command: str, service: str = "migrate") -> str:
        """Run a command of a service to its end; what it wrote."""
        done = subprocess.run(
            command, cwd=BASE_DIR, env=self.environment(service), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self, name: str) -> int:
        """Ask a process to end, as compose does; its exit code."""
        process = self.processes.pop(name)
        process.terminate()
        return process.wait(STOP_SECONDS)

    def kill(self, name: str) -> None:
        """End a process and its children without a word."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """All that runs is killed, with its children."""
        for name in [*self.processes]:
            self.kill(name)

    def environment(self, service: str) -> dict[str, str]:
        """The compose file's, with this machine's database, Redis and tools."""
        told = shape.environment(service, GIVEN)
        here = {
            "DATABASE_URL": self.server.url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "MATTONE_DATA": str(self.folder / "data"),
        }
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "LANG": "C.UTF-8"} | told | here

    def ask(self, name: str, path: str, body: bytes = b"", **headers: str) -> "Answer":
        """Ask a web process as the proxy does, which has ended TLS."""
        told = {"Host": SITE, "X-Forwarded-Proto": "https", "Accept-Language": "en", **headers}
        address = f"http://127.0.0.1:{self.ports[name]}{path}"
        method = "POST" if body else "GET"
        asked = urllib.request.Request(address, body or None, told, method=method)
        try:
            with urllib.request.build_opener(Stay).open(asked, timeout=60) as answer:
                return Answer(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as problem:
            return Answer(problem.code, problem.read(), dict(problem.headers))

    def await_web(self, name: str) -> None:
        wait_until(lambda: self._is_ready(name), f"{name} is ready", 60)

    def log(self, name: str) -> Iterator[dict[str, Any]]:
        """The lines of a process that are JSON."""
        for line in (self.folder / f"{name}.log").read_text().splitlines():
            if line.startswith("{"):
                yield json.loads(line)

    def _is_ready(self, name: str) -> bool:
        try:
            return self.ask(name, "/ready/", Host="web").status == 200
        except OSError:
            return False

    def _here(self, name: str, word: str) -> str:
        if word == "0.0.0.0:8000":
            return f"127.0.0.1:{self.ports.setdefault(name, free_port())}"
        return word.replace("/tmp/beat", str(self.folder / "beat")).replace(
            "/backup", str(self.folder / "backup")
        )

    def _spawn(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


@dataclass(frozen=True)
class Answer:
    """What a web process answered."""

    status: int
    body: bytes
    headers: dict[str, str]


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer."""

    def redirect_request(self, *_told: Any, **_more: Any) -> None:
        return None


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
