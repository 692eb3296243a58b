"""What machines ask: is the process up, and can it do its work."""

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django_q.conf import Conf
from django_q.status import Stat, Status

from lms import health


@pytest.fixture
def beating(db: None) -> Status:
    """A heartbeat as the cluster writes it."""
    return beat(Conf.IDLE)


def beat(status: str) -> Status:
    from django_q.brokers import get_broker
    from django_q.signing import SignedPackage

    stat = Status(pid=1, cluster_id="test")
    stat.status = status
    get_broker().set_stat(Stat.get_key("test"), SignedPackage.dumps(stat, True), 3)
    return stat


def test_healthz_asks_nothing_of_the_database(client: Client) -> None:
    response = client.get("/healthz")  # a query would fail: this test may not use the database
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_ready(client: Client, beating: Status) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "cluster": "ok"}
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_without_a_heartbeat_the_cluster_has_failed(client: Client, db: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "cache": "ok", "cluster": "failed"}


@pytest.mark.parametrize("status", [Conf.STARTING, Conf.STOPPING, Conf.STOPPED])
def test_a_cluster_that_takes_no_work_is_not_ready(client: Client, db: None, status: str) -> None:
    beat(status)
    assert client.get("/readyz").json()["cluster"] == "failed"


def test_a_heartbeat_signed_by_somebody_else_does_not_count(client: Client, beating: Status) -> None:
    key = Stat.get_key("test")
    cache.set(key, cache.get(key)[:-4] + "AAAA", 3)
    assert client.get("/readyz").json()["cluster"] == "failed"


def test_a_broken_check_is_logged_and_tells_nothing(
    client: Client, beating: Status, settings: Any, caplog: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with caplog.at_level(logging.ERROR):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"] == "failed"


def test_a_database_that_is_away_is_told_in_the_log_not_on_the_page(client: Client, caplog: Any) -> None:
    with caplog.at_level(logging.ERROR):
        response = client.get("/readyz")  # pytest refuses the connection, as a database would that is away
    assert response.status_code == 503
    assert response.json() == {"database": "failed", "cache": "ok", "cluster": "failed"}
    assert "not ready: database" in caplog.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_each_check_has_a_name() -> None:
    assert set(health.CHECKS) == {"database", "cache", "cluster"}
