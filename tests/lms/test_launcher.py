"""The launcher as people use it: one command starts both, and none is left when one falls."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest
from django.conf import settings

from lms.launcher import port_is_taken
from tests.databases import SQLiteCopies

PATIENCE = 60


@pytest.fixture
def place(tmp_path: Path, django_db_setup: None) -> Path:
    """A DATA_DIR whose database has all migrations already."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        shutil.copyfile(SQLiteCopies().template, tmp_path / "landfall.sqlite3")
    return tmp_path


class Running:
    """The launcher on a free port, with what it prints."""

    def __init__(self, place: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
        environment |= {"DATA_DIR": str(place), "DEBUG": "0", "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1"}
        environment |= {"EMAIL_URL": f"filemail://{place / 'mail'}", "PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lms.launcher"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self.reader = threading.Thread(target=lambda: self.said.extend(self.process.stdout or []), daemon=True)
        self.reader.start()

    def readiness(self) -> dict[str, str]:
        """What /readyz says once everything is up; within a minute."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                    return dict(json.load(answer))
            except (URLError, ConnectionError):
                self.process.poll()
        raise AssertionError("not ready:\n" + "".join(self.said))

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> int:
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code


@pytest.fixture
def running(place: Path) -> Iterator[Running]:
    launcher = Running(place)
    yield launcher
    if launcher.process.poll() is None:
        for process in [*launcher.children(), psutil.Process(launcher.process.pid)]:
            process.kill()
        launcher.end()


def test_one_command_starts_both_and_when_one_falls_the_other_is_stopped_and_the_exit_says_so(running: Running) -> None:
    """That Ctrl-C ends both, and leaves nothing behind, is asked of the product that all browser tests share."""
    assert running.readiness() == {"database": "ok", "cache": "ok", "cluster": "ok"}
    children = running.children()
    assert len(children) > 3, "web server, its worker, the cluster and its processes"
    cluster = next(child for child in psutil.Process(running.process.pid).children() if is_cluster(child))
    cluster.kill()
    assert running.end() == 1
    assert psutil.wait_procs(children, timeout=10)[1] == [], "nothing is left behind"
    text = "".join(running.said)
    assert "The cluster ended by itself" in text
    assert f"http://localhost:{running.port}/" in text
    assert "mail" in text
    assert "landfall-demo" not in text, "no demo people where DEBUG is off"
    assert "Traceback" not in text


def is_cluster(process: psutil.Process) -> bool:
    """The cluster's first process has a child with children; the web server's worker has none."""
    return any(child.children() for child in process.children())


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} is in use" in port_is_taken("127.0.0.1", port)
        environment = {**os.environ, "PORT": str(port)}
        run = subprocess.run(
            [sys.executable, "-m", "lms.launcher"],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )
    assert run.returncode == 2
    assert "make run PORT=" in run.stderr
    assert "Traceback" not in run.stderr
