"""Management commands for a running product, all in one process: beginning it costs seconds, a command next to nothing.

Run as a program it is that process. It reads commands as lines of JSON and answers each with a line of JSON.
"""

import io
import json
import subprocess
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Console:
    """The process, from where it is used."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.console"],
            cwd=ROOT,
            env=environment | {"DJANGO_SETTINGS_MODULE": "lms.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """What the command prints. A command that fails fails the test, with what it said."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the console ended with {self.process.wait()}"
        done: dict[str, str] = json.loads(line)
        assert "failed" not in done, done["failed"]
        return done["said"]

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)


def serve() -> None:
    import django
    from django.db import close_old_connections, connections

    django.setup()
    for line in sys.stdin:
        close_old_connections()
        answer = obey(json.loads(line))
        connections.close_all()
        print(json.dumps(answer), flush=True)  # noqa: T201 - this is the answer


def obey(arguments: list[str]) -> dict[str, str]:
    from django.core.management import execute_from_command_line

    said, complained = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(complained):
            execute_from_command_line(["manage.py", *arguments])
    except SystemExit as left:
        if left.code:
            return {"failed": complained.getvalue()}
    except Exception:
        return {"failed": traceback.format_exc()}
    return {"said": said.getvalue()}


if __name__ == "__main__":
    serve()
