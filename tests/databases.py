"""Test databases that cost little: migrated once, copied for each process, and as new after each test that commits.

Migrating takes some twenty seconds, a copy of a file some milliseconds. A test that commits would otherwise empty
every table afterwards, and with them what the migrations put there: Wagtail's root page, the locale, the roles.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction

from lms.accounts import roles
from lms.migrating import migrate


def fingerprint() -> str:
    """Changes with any migration of any installed app."""
    digest = hashlib.sha256()
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    digest.update(Path(roles.__file__).read_bytes())  # written after the migrations
    return digest.hexdigest()[:16]


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Between the processes of one machine that share DATA_DIR and a kind of database."""
    with (Path(settings.DATA_DIR) / f"{connection.vendor}-{name}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def use(name: str) -> None:
    """Let Django's connections of every thread go to this database."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


class SQLiteCopies:
    """A template file, and one copy of it for this process."""

    def __init__(self) -> None:
        folder = Path(settings.DATA_DIR)
        self.template = folder / f"template-{fingerprint()}.sqlite3"
        self.copy = folder / f"test-{os.getpid()}.sqlite3"

    def create(self) -> None:
        with one_at_a_time("template.lock"):
            if not self.template.exists():
                for old in self.template.parent.glob("template-*.sqlite3*"):
                    old.unlink()
                self.migrate()
        self.renew()

    def migrate(self) -> None:
        unfinished = self.template.with_suffix(f".{os.getpid()}")
        use(str(unfinished))
        migrate()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode=DELETE")
        connections.close_all()
        unfinished.rename(self.template)

    def renew(self) -> None:
        """As after the migrations, whatever was written since."""
        connections.close_all()
        self.drop()
        shutil.copyfile(self.template, self.copy)
        use(str(self.copy))

    def drop(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.copy}{suffix}").unlink(missing_ok=True)


KEEP_NUMBERS = "CREATE TABLE kept._numbers AS SELECT sequencename AS name, last_value AS last FROM pg_sequences"
NUMBERS_AGAIN = """
    SELECT setval(quote_ident(name)::regclass, coalesce(last, 1), last IS NOT NULL)
    FROM kept._numbers JOIN pg_sequences ON sequencename = name WHERE last_value IS DISTINCT FROM last
"""
CHANGED = """
    SELECT '{0}' WHERE EXISTS (
        (TABLE "{0}" EXCEPT ALL TABLE kept."{0}") UNION ALL (TABLE kept."{0}" EXCEPT ALL TABLE "{0}")
    )
"""
WRITTEN = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""  # by anybody, since the database was made
OTHERS_LEAVE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class PostgresCopies:
    """A template database on the server of DATABASE_URL, and one copy of it for this process.

    A new copy takes a second and more on a busy machine. So after a test that commits the one there is emptied, and
    what the migrations wrote is put back where it has changed: a tenth of that.
    """

    def __init__(self) -> None:
        self.template = f"landfall_kept_{fingerprint()}"
        self.copy = f"landfall_test_{os.getpid()}"

    def create(self) -> None:
        with one_at_a_time("template.lock"):
            if not self.run("SELECT 1 FROM pg_database WHERE datname = %s", [self.template]):
                unfinished = f"{self.template}_{os.getpid()}"
                self.run(f'CREATE DATABASE "{unfinished}"')
                use(unfinished)
                migrate()
                self.keep()
                connections.close_all()
                self.run(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.template}"')
        self.drop()
        self.run(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.template}"')
        use(self.copy)

    def keep(self) -> None:
        """Put what the migrations wrote aside, in a schema where Django does not look."""
        self.here("CREATE SCHEMA kept")
        for table in self.tables("public"):
            if self.here(f'SELECT 1 FROM "{table}" LIMIT 1'):
                self.here(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')
        self.here(KEEP_NUMBERS)

    def renew(self) -> None:
        """As after the migrations, whatever was written since."""
        connections.close_all()
        kept = self.tables("kept")
        with transaction.atomic():  # keys are checked in its end, so that the order of the tables does not matter
            self.here(OTHERS_LEAVE)
            changed = [table for (table,) in self.here(" UNION ALL ".join(CHANGED.format(table) for table in kept))]
            written = [table for (table,) in self.here(WRITTEN) if table in changed or table not in kept]
            emptied = [f'DELETE FROM "{table}"' for table in written]
            filled = [f'INSERT INTO "{table}" TABLE kept."{table}"' for table in changed]
            for statement in [*emptied, *filled]:
                self.here(statement)
            self.here(NUMBERS_AGAIN)

    def tables(self, schema: str) -> list[str]:
        found = self.here("SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename <> '_numbers'", [schema])
        return [table for (table,) in found]

    def drop(self) -> None:
        connections.close_all()
        self.run(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')

    def here(self, sql: str, parameters: list[Any] | None = None) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    def run(self, sql: str, parameters: list[Any] | None = None) -> list[Any]:
        """In the server's own database, outside any transaction."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []


def copies() -> SQLiteCopies | PostgresCopies:
    return SQLiteCopies() if connection.vendor == "sqlite" else PostgresCopies()
