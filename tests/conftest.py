"""What all tests share. Settings come from the environment, as in production; each process has its own database."""

import gc
import os
from pathlib import Path

os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[1] / "var" / "tests"))
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own event loop runs beside Django's synchronous ORM

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_django import DjangoDbBlocker

pytest_plugins = ["tests.product"]

# A busy machine is slow, and a test's database is undone after all examples, which is what we want.
properties.register_profile(
    "here", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
properties.load_profile("here")

INPUTS = Path(__file__).resolve().parents[2] / "shared" / "inputs"
"""Real and hostile data beside the repository; absent on most machines."""


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def pytest_collection_finish() -> None:
    """What all tests stand on is here by now and stays: who looks for rubbish need not walk through it each time.

    A sixth of the processor's time for the tests, measured.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def inputs() -> Path:
    """The folder of hostile inputs; a test that needs it is skipped, and says so, where it is absent."""
    if not INPUTS.exists():
        pytest.skip("the folder of hostile inputs is not on this machine")
    return INPUTS


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the migrated database for this process; a fresh copy after each test that commits."""
    from django.contrib.contenttypes.models import ContentType

    from tests.databases import copies

    database = copies()
    emptied = TransactionTestCase._fixture_teardown
    with django_db_blocker.unblock():
        database.create()
        ContentType.objects.get_for_models(*apps.get_models())  # what a page costs depends on no test before it
    TransactionTestCase._fixture_teardown = lambda test: database.renew()
    yield
    TransactionTestCase._fixture_teardown = emptied
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(autouse=True)
def _fast_and_apart(settings: Any, tmp_path: Path) -> None:
    """Cheap passwords; uploads in a folder of the test's own; nothing remembered from the test before."""
    from cms.published import forget

    translation.activate(settings.LANGUAGE_CODE)  # a request in Norwegian leaves its language behind
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    cache.clear()
    forget()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium: nothing is downloaded. The one without windows opens a page in a third of the time."""
    chromium = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if chromium is None:
        pytest.fail("No Chromium found. Install the system's package, e.g. `apt-get install chromium-headless-shell`.")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags}
