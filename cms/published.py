"""What editors publish, built once per process and content version. See docs/decisions/0006-caches.md."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection, transaction
from django.http import HttpRequest

from lms.core.rows import rows

T = TypeVar("T")
_memory: dict[Hashable, tuple[int, Any]] = {}
_version_kept: list[int] = []
MOST_KEPT = 20_000
"""Far more than a site has; when it is reached, the memory starts anew."""
bumped_here = threading.Event()
"""Set when this process itself published something: `cms.public_cache` then compares versions at once."""


def current_version() -> int:
    """The content version; one short SELECT."""
    found = rows("SELECT n FROM cms_contentversion WHERE id = 1")
    return found[0][0] if found else 0


def changed(request: HttpRequest) -> int | None:
    """When what this request reads was last changed, in seconds since 1970; None when it is changing just now."""
    found = rows("SELECT n, changed FROM cms_contentversion WHERE id = 1")
    return found[0][1] or None if found and found[0][0] == version_of(request) else None


def published(request: HttpRequest, name: Hashable, build: Callable[[], T]) -> T:
    """`build()`'s result, kept until something is published. `name` carries language and site where they matter.

    The version is read before the data is: a racing reader may build twice, and never keeps old data. A preview shows
    what is not published, so it neither reads nor fills the memory.
    """
    if getattr(request, "is_preview", False):
        return build()
    version = version_of(request)
    hit = _memory.get(name)
    if hit is None or hit[0] != version:
        if _version_kept != [version] or len(_memory) >= MOST_KEPT:  # of an older version nothing is asked for again
            _memory.clear()
            _version_kept[:] = [version]
        hit = _memory[name] = (version, build())
    return hit[1]


def version_of(request: HttpRequest) -> int:
    """The version this request reads; the same for the whole request."""
    if not hasattr(request, "content_version"):
        request.content_version = current_version()  # type: ignore[attr-defined]
    return request.content_version  # type: ignore[attr-defined]


BUMP = """
    INSERT INTO cms_contentversion (id, n, changed) VALUES (1, 1, %s)
    ON CONFLICT (id) DO UPDATE SET n = cms_contentversion.n + 1, changed = CASE
        WHEN excluded.changed > cms_contentversion.changed THEN excluded.changed ELSE cms_contentversion.changed END
"""  # time never goes back, whichever of two at once comes last


def bump() -> None:
    """Say that published content changed. Call it in the transaction of the change, or after it."""
    with connection.cursor() as cursor:
        cursor.execute(BUMP, [int(time.time())])
    bumped_here.set()
    transaction.on_commit(bumped_here.set)


forgetting: list[Callable[[], None]] = [_memory.clear]


def forget() -> None:
    """Forget what this process built: for tests, whose databases go back in time."""
    for forget_one in forgetting:
        forget_one()
