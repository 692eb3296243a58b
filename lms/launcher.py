"""`python -m lms.launcher`: prepare, then web server and task cluster together until Ctrl-C.

This process loads Django once and forks both, each into a session of its own, so that Ctrl-C in a terminal reaches this
process alone. To stop, it ends the web server, then asks the cluster's first process, and no other, to finish: a signal
to the cluster's whole group would hang it.
"""

import argparse
import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import NoReturn

import django

FORK = multiprocessing.get_context("fork")
WEB_PATIENCE = 10.0
DEMO_PEOPLE = (
    ("learner@demo.example", "a learner of Example Medtech AS"),
    ("company@demo.example", "the same company's administrator"),
    ("outsider@demo.example", "a learner of another company"),
    ("advisor@demo.example", "an advisor"),
    ("owner@demo.example", "the programme owner"),
    ("editor@demo.example", "an editor, in /admin/"),
    ("moderator@demo.example", "a moderator, in /admin/"),
    ("superuser@demo.example", "everything"),
)


class Stop(BaseException):
    """Somebody asked us to end."""


def main() -> int:
    arguments = parsed()
    if taken := port_is_taken(arguments.host, arguments.port):
        print(taken, file=sys.stderr)
        return 2
    address = f"http://{arguments.host.replace('127.0.0.1', 'localhost')}:{arguments.port}"
    os.environ.setdefault("SITE_URL", address)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    for sort in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sort, ask_to_stop)
    try:
        django.setup()
        prepare()
        return serve(arguments, address)
    except Stop:
        return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lms.launcher", description="Web server and task cluster together.")
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000)
    parser.add_argument("--workers", type=int, default=1, help="processes of the web server")
    parser.add_argument("--threads", type=int, default=12, help="requests at once in each; a slow download holds one")
    return parser.parse_args()


def port_is_taken(host: str, port: int) -> str:
    """A sentence when nobody could listen there, else nothing."""
    try:
        with socket.create_server((host, port)):
            return ""
    except (OSError, OverflowError):
        return f"Port {port} is in use, or not ours to use. Choose another: make run PORT={port % 60_000 + 1}"


def ask_to_stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stop


def prepare() -> None:
    """Bring database, translations and schedules up to date; put the demo into an empty database."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connections

    from lms.migrating import migrate
    from lms.schedules import sync
    from lms.translations import compile_catalogues

    compile_catalogues()
    if not is_migrated():
        say("Preparing the database. The first time this takes half a minute.")
        migrate()
    if settings.DEMO_ALLOWED and not get_user_model().objects.exists():
        say("Loading the demo.")
        call_command("load_demo")
    if not settings.DEBUG:
        call_command("collectstatic", verbosity=0, interactive=False)
    sync()
    connections.close_all()  # a connection does not survive a fork


def is_migrated() -> bool:
    """Whether each migration on disk stands in the database: names to compare, where Django would load them all."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    folders = [(config.label, Path(config.path, "migrations")) for config in apps.get_app_configs()]
    on_disk = {(label, file.stem) for label, folder in folders for file in folder.glob("[!_]*.py")}
    return on_disk <= set(MigrationRecorder(connection).applied_migrations())


def serve(arguments: argparse.Namespace, address: str) -> int:
    """Run both until somebody asks to stop (0) or one of them ends by itself (1)."""
    web = FORK.Process(target=run_web, args=(arguments,), name="web")
    cluster = FORK.Process(target=run_cluster, name="cluster")
    ended = 1
    try:
        web.start()
        cluster.start()
        greet(address)
        while web.is_alive() and cluster.is_alive():  # their own forks would hold a pipe to them open
            time.sleep(0.5)
        fallen = next((process for process in (web, cluster) if not process.is_alive()), web)
        say(f"The {fallen.name} ended by itself ({fallen.exitcode}). Stopping.")
    except Stop:
        ended = 0
        say("\nStopping. Running tasks are finished first; Ctrl-C again ends them.")
    try:
        finish(web, patience=WEB_PATIENCE)
        finish(cluster, patience=None)
    except Stop:
        ended = 1
        for process in (web, cluster):
            end_session(process)
    return ended


def run_web(arguments: argparse.Namespace) -> None:
    own_session()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "lms.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=arguments.threads,
        log_level=LogLevels.error,
    ).serve()


def run_cluster() -> None:
    own_session()
    from django.core.management import call_command

    call_command("qcluster")


def own_session() -> None:
    """Leave the terminal's group, and its signals, to the launcher."""
    os.setsid()
    for sort in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sort, signal.SIG_DFL)


def finish(process: BaseProcess, *, patience: float | None) -> None:
    """Ask one process to end and wait for it, `patience` seconds at most; then end what is left of its session."""
    if process.pid is None:
        return
    if process.is_alive():
        os.kill(process.pid, signal.SIGTERM)
    process.join(patience)
    end_session(process)


def end_session(process: BaseProcess) -> None:
    """Nothing a process started outlives it: an orphaned worker would keep the port."""
    if process.pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.join()


def greet(address: str) -> None:
    from django.conf import settings

    lines = [f"\nLandfall is at {address}/   (Ctrl-C stops it)"]
    if settings.DEMO_ALLOWED:
        lines += ["", "Sign in with the password landfall-demo as"]
        lines += [f"  {person:<26}{what}" for person, what in DEMO_PEOPLE]
    if path := getattr(settings, "EMAIL_FILE_PATH", None):
        lines += ["", f"Mail is not sent: it is written to {shown(Path(path))}/"]
    say("\n".join([*lines, ""]))


def shown(path: Path) -> Path:
    """As people see it from where they stand."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
