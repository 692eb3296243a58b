"""Previews of PDFs: the first page, drawn where a hostile file can do no harm."""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SCRIPT = Path(__file__).with_name("first_page.py")
SECONDS = 20
"""For one file, start of the process included; the process itself gets ten seconds of the processor."""
LARGEST_FILE = 200 * 1024 * 1024
MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Preview:
    pages: int
    picture: bytes


def first_page(file: IO[bytes], *, size: int) -> Preview | None:
    """The number of pages and the first one as WebP; None when the file gives none, for whatever reason.

    Broken, encrypted, too large, another kind of file, or one that takes too long or too much memory.
    """
    if not 0 < size <= LARGEST_FILE:
        return None
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        shutil.copyfileobj(file, copy)
        copy.flush()
        return _drawn(copy.name)


def _drawn(path: str) -> Preview | None:
    try:
        done = subprocess.run(  # noqa: S603 - our own script and a path we made
            [sys.executable, "-IB", str(SCRIPT), path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    count, _line, picture = done.stdout.partition(b"\n")
    if done.returncode != 0 or not picture.startswith(b"RIFF") or not count.isdigit():
        return None
    return Preview(min(int(count), MOST_PAGES), picture)
