"""The whole product as people meet it: web server and task cluster, started by the launcher, with the demo in it.

One is started per test session, in a data folder of its own, and shared by `tests/journeys` and `tests/quality`, which
one worker runs. They change what they need for themselves (a new person, a company of their own) and leave what the
others look at.
"""

import email
import email.policy
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal, TypeVar

import psutil
import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect
from xdist.scheduler import LoadScopeScheduling

from tests.console import Console
from tests.databases import SQLiteCopies, copies

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "landfall-demo"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
READY_WITHIN = 180  # seconds, on two busy cores
STOPPED_WITHIN = 30
T = TypeVar("T")


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Product:
    """A running product: where it answers, what it mailed, what its database says."""

    console: Console | None = None

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir(parents=True)
        self.mail_folder = self.data / "mail"
        self.log = folder / "launcher.log"
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        self.environment = kept | {
            "DATA_DIR": str(self.data),
            "DEBUG": "1",
            "PORT": str(self.port),
            "SITE_URL": self.url,
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *command: str) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command or [sys.executable, "-m", "lms.launcher"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.until(self.is_ready, within=READY_WITHIN, what="/readyz answers 200")

    def until(self, happened: Callable[[], T | None], *, within: float, what: str) -> T:
        """What `happened` gives as soon as it gives something. Fails after `within` seconds, or if the product ends."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if result := happened():
                return result
            with suppress(subprocess.TimeoutExpired):
                pytest.fail(f"the launcher ended with {self.process.wait(0.2)}\n{self.tail()}")
        pytest.fail(f"not within {within:g} seconds: {what}\n{self.tail()}")

    def tail(self) -> str:
        return self.log.read_text()[-6000:]

    def is_ready(self) -> bool:
        try:
            return requests.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

    def stop(self) -> int:
        """Ctrl-C, as a person would; the exit code. Nothing it started is left then."""
        if self.console is not None:
            self.console.end()
        children = psutil.Process(self.process.pid).children(recursive=True)
        assert children, f"it ended before Ctrl-C\n{self.tail()}"
        self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            pytest.fail(f"the launcher did not stop after Ctrl-C\n{self.tail()}")
        assert psutil.wait_procs(children, timeout=10)[1] == [], "nothing is left behind"
        return code

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        if self.console is None:
            self.console = Console(self.environment)
        return self.console.run(*arguments)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database says; read only."""
        with closing(sqlite3.connect(f"file:{self.data / 'landfall.sqlite3'}?mode=ro", uri=True, timeout=20)) as base:
            return base.execute(sql, values).fetchall()

    def letters(self, to: str) -> list[EmailMessage]:
        """The mail in the mail folder for that address, oldest first."""
        found = []
        for file in sorted(self.mail_folder.glob("*.log"), key=lambda file: file.stat().st_mtime):
            for piece in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                letter = email.message_from_bytes(piece.lstrip(b"\n"), policy=email.policy.default)
                if isinstance(letter, EmailMessage) and to in str(letter["To"]):
                    found.append(letter)
        return found

    def session(self, role: str | None = None) -> requests.Session:
        """A person without a browser: signed out, or signed in as a demo role."""
        person = requests.Session()
        person.headers["Accept-Language"] = "en"
        if role:
            address = f"{self.url}/accounts/login/"
            person.get(address, timeout=20)
            form = {
                "login": f"{role}@demo.example",
                "password": PASSWORD,
                "csrfmiddlewaretoken": person.cookies["csrftoken"],
            }
            answer = person.post(address, form, headers={"Referer": address}, timeout=20, allow_redirects=False)
            assert answer.status_code == 302, f"{role} could not sign in: {answer.status_code}"
        return person


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "waits_for_the_cluster: for a job that runs once a minute; runs last")


DATABASE = {"db", "transactional_db", "live_server", "django_db_setup", "product"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The product's tests first, since one worker has them all; those that wait for its cluster after the others.

    Beside them begin the tests without a database: the first to need one makes it, and nobody else should wait for it.
    """

    def place(item: pytest.Item) -> int:
        needs = set(getattr(item, "fixturenames", ()))
        if "product" in needs:
            return 4 if item.get_closest_marker("waits_for_the_cluster") else 0
        if not (item.get_closest_marker("django_db") or DATABASE & needs):
            return 1
        return 2 if any(item.nodeid.startswith(start) for start in TOGETHER) else 3

    items.sort(key=place)


TOGETHER = {
    "tests/journeys/": "product",
    "tests/quality/": "product",
    "tests/test_access.py": "access",
    "tests/lms/demo/test_gatherings.py": "gatherings",
    "tests/lms/demo/test_presented.py": "presented",
}


class ProductOnOneWorker(LoadScopeScheduling):
    """Tests that share something costly stay together; every other test runs wherever there is room.

    xdist's own groups are not found under pytest 9.2, which keeps a test's id where xdist 3.8 does not look.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((scope for start, scope in TOGETHER.items() if nodeid.startswith(start)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    config.option.loadscopereorder = False  # the order is the one above, whatever has many tests
    return ProductOnOneWorker(config, log)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Product]:
    """The running product with the demo. Ends with Ctrl-C, which must be a clean end.

    It begins with the migrated, empty database of the other tests: migrating once more costs twenty seconds.
    """
    running = Product(tmp_path_factory.mktemp("product"))
    migrated = copies()
    if isinstance(migrated, SQLiteCopies):
        shutil.copyfile(migrated.template, running.data / "landfall.sqlite3")
    try:
        running.start()
        yield running
    finally:
        code = running.stop() if running.process.poll() is None else running.process.returncode
    assert code == 0, f"the launcher ended with {code}\n{running.tail()}"
    assert "Traceback (most recent call last)" not in running.log.read_text(), running.tail()


def context_for(
    browser: Browser, product: Product, *, width: int = 1280, dark: bool = False, script: bool = True, **more: Any
) -> BrowserContext:
    """A browser window of its own, with nothing remembered but what is given."""
    return browser.new_context(
        base_url=product.url,
        viewport={"width": width, "height": 844 if width < 600 else 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
        locale="en-GB",
        **more,
    )


class Operated(Product):
    """A second web server over the product's data, as docs/operators.md runs it: DEBUG off, static files compressed."""

    def __init__(self, product: Product) -> None:
        self.data, self.mail_folder = product.data, product.mail_folder
        self.log = product.log.with_name("operated.log")
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = product.environment | {
            "DEBUG": "0",
            "SECRET_KEY": (product.data / "secret_key").read_text(),
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": self.url,
        }

    def start(self, *command: str) -> None:
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        web = Path(sys.executable).with_name("granian")
        super().start(str(web), "--interface=wsgi", "--host=127.0.0.1", f"--port={self.port}", "lms.wsgi:application")


class Person:
    """Somebody at a browser. What their browser complains of is kept and must be nothing in the end."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        context.set_default_timeout(15_000)
        context.on("page", self.listen)
        self.page: Page = context.new_page()

    def listen(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self.answered)

    def hear(self, message: ConsoleMessage) -> None:
        # A document that is missing on purpose is said by its response, not by the console.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.url}: {response.status}")

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.locator(".site-header").get_by_text("Sign out")).to_be_attached()


@pytest.fixture(scope="session")
def states(product: Product) -> Callable[[str], dict[str, Any]]:
    """A demo role's cookies for a browser; each role signs in once a test session."""
    kept: dict[str, dict[str, Any]] = {}

    def state(role: str) -> dict[str, Any]:
        if role not in kept:
            jar = product.session(role).cookies
            cookies = [
                {"name": name, "value": value, "domain": "localhost", "path": "/"}
                for name, value in jar.items()
                if name in ("sessionid", "csrftoken")
            ]
            kept[role] = {"cookies": cookies, "origins": []}
        return kept[role]

    return state


@pytest.fixture
def someone(
    product: Product, browser: Browser, states: Callable[[str], dict[str, Any]]
) -> Iterator[Callable[..., Person]]:
    """Open a browser as somebody: `someone("learner")`, `someone(None, dark=True, width=390)`."""
    people: list[Person] = []

    def arrive(role: str | None = None, **how: Any) -> Person:
        state = states(role) if role else None
        people.append(Person(context_for(browser, product, storage_state=state, **how)))
        return people[-1]

    yield arrive
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.context.close()
    assert not complaints, complaints
