"""Two addresses for machines: is the process up, and can it do its work."""

import logging
import secrets
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.conf import Conf
from django_q.status import Stat

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a restart would not mend that."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, cache and task cluster, each "ok" or "failed"; 503 when one failed. The log says why."""
    results = {name: _result(name, check) for name, check in CHECKS.items()}
    return JsonResponse(results, status=200 if set(results.values()) == {"ok"} else 503)


def _result(name: str, check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "failed"
    except Exception:
        logger.exception("not ready: %s", name)
        return "failed"


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_keeps() -> bool:
    """What was just written can be read back."""
    value = secrets.token_hex(8)
    cache.set("readyz", value, 10)
    return cache.get("readyz") is not None


def cluster_beats() -> bool:
    """A cluster of ours wrote its heartbeat in the last three seconds. It does so through the shared cache."""
    return any(stat.status in (Conf.IDLE, Conf.WORKING) for stat in Stat.get_all())


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "cache": cache_keeps,
    "cluster": cluster_beats,
}
