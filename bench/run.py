"""Measures the product's pages beside the floor's, interleaved in one run: `make bench`.

For five rounds and every page, the floor row and our page are asked in turn for two seconds each, four at a time,
over kept connections. CPU is what the server tree and PostgreSQL's tree spent, divided by the requests. The table
prints medians over the rounds, of the ratio as well: each round's two were measured one after the other, by the same
machine in the same mood. The JSON beside it (bench/results/) has every round. Ratios are printed, never asserted:
machines are noisy. A floor row that itself swings by more than 20 % is marked, and its ratios are not judged.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bench.server import ROOT, Postgres, WebServer, cpu_seconds, memory_mib

CONCURRENCY = 4
CSRF = "b" * 32


@dataclass
class Sample:
    """One page in one round."""

    requests: int
    seconds: float
    cpu_ms: float
    sql: float
    latencies: list[float] = field(repr=False, default_factory=list)


@dataclass
class Target:
    """A page as one server serves it: where, how, and as whom."""

    server: WebServer
    database: str
    address: str
    method: str = "GET"
    people: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    expect: str = ""

    def request_for(self, turn: int) -> tuple[str, dict[str, str]]:
        headers = {"Host": f"127.0.0.1:{self.server.port}", "Accept-Language": "en"}
        address = self.address
        if self.people:
            person = self.people[turn % len(self.people)]
            address = address.format(**person)
            headers["Cookie"] = f"{person['cookie']}; csrftoken={CSRF}"
        if self.method == "POST":
            headers |= {"X-CSRFToken": CSRF, "Content-Length": "0", "Origin": f"http://{headers['Host']}"}
        return address, headers


def check(target: Target) -> None:
    """One request, read whole: refuse to measure an error page."""
    connection = http.client.HTTPConnection("127.0.0.1", target.server.port, timeout=30)
    address, headers = target.request_for(0)
    connection.request(target.method, address, headers=headers)
    response = connection.getresponse()
    body = response.read().decode(errors="replace")
    if response.status != target.status or target.expect not in body:
        where = response.headers.get("Location", "")
        raise SystemExit(
            f"{target.method} {address}: got {response.status} {where}, wanted {target.status}. {body[:300]}"
        )


def ask(target: Target, seconds: float, start: int, latencies: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", target.server.port, timeout=30)
    end, turn = time.perf_counter() + seconds, start
    while (begun := time.perf_counter()) < end:
        address, headers = target.request_for(turn)
        connection.request(target.method, address, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status != target.status:
            raise RuntimeError(f"{address}: {response.status}")
        latencies.append(time.perf_counter() - begun)
        turn += CONCURRENCY


def measure(target: Target, postgres: Postgres, seconds: float) -> Sample:
    latencies: list[float] = []
    threads = [threading.Thread(target=ask, args=(target, seconds, n, latencies)) for n in range(CONCURRENCY)]
    statements = postgres.statements(target.database)
    cpu = cpu_seconds(target.server.pid) + cpu_seconds(postgres.pid)
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begun
    cpu = cpu_seconds(target.server.pid) + cpu_seconds(postgres.pid) - cpu
    statements = postgres.statements(target.database) - statements
    count = max(len(latencies), 1)
    return Sample(count, elapsed, 1000 * cpu / count, statements / count, latencies)


def summary(samples: list[Sample]) -> dict[str, float]:
    latencies = sorted(latency for sample in samples for latency in sample.latencies)
    cpu = [sample.cpu_ms for sample in samples]
    return {
        "cpu_ms": statistics.median(cpu),
        "spread": (max(cpu) - min(cpu)) / statistics.median(cpu),
        "sql": statistics.median(sample.sql for sample in samples),
        "rps": statistics.median(sample.requests / sample.seconds for sample in samples),
        "p50_ms": 1000 * latencies[len(latencies) // 2],
        "p95_ms": 1000 * latencies[int(len(latencies) * 0.95)],
    }


def run_json(module: str, environment: dict[str, str]) -> Any:
    """The last line a module prints, run in the environment of its server."""
    command = [sys.executable, "-m", module]
    output = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE)
    return json.loads(output.stdout.decode().strip().splitlines()[-1])


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env={**os.environ, **environment}, check=True)


def prepare(postgres: Postgres, arguments: argparse.Namespace, servers: list[WebServer]) -> tuple[list[Any], list[Any]]:
    """Build both databases, start both servers (floor first); returns who is signed in on each."""
    floor_env = {"DATABASE_URL": postgres.create("floor")}
    product_env = {
        "DATABASE_URL": postgres.create("landfall"),
        "DATA_DIR": str(postgres.folder / "var"),
        "DEBUG": "0",
        "SECRET_KEY": "bench",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{arguments.port + 1}",
        "LOG_LEVEL": "WARNING",
    }
    floor_people = run_json("bench.floor", floor_env)
    manage(product_env, "migrate", "-v0")
    manage(product_env, "collectstatic", "--noinput", "-v0")
    size = ["--learners", str(arguments.learners), "--courses", str(arguments.courses)]
    manage(product_env, "load_scale", "--force", *size)
    our_people = run_json("bench.learners", product_env)
    for database in ("floor", "landfall"):
        postgres.settle(database)
    servers.append(WebServer("bench.floor:application", arguments.port, floor_env))
    servers.append(WebServer("lms.wsgi:application", arguments.port + 1, product_env))
    servers[0].wait("/hello")
    servers[1].wait("/healthz")
    return floor_people, our_people


COLUMNS = "{:44} {:8} {:>8} {:>8} {:>6} {:>6} {:>5} {:>5} {:>6} {:>6} {:>6}{}"
HEADS = ("page", "floor", "floor ms", "ours ms", "ratio", "limit", "SQL", "limit", "req/s", "p50 ms", "p95 ms", "")


def verdict(row: dict[str, Any]) -> str:
    """What the reader should look at twice; a noisy floor judges nothing."""
    words = []
    if row["floor_row"]["spread"] > 0.2:
        words.append(f"floor swings {row['floor_row']['spread']:.0%}")
    elif row["ratio"] > row["ratio_limit"]:
        words.append("RATIO OVER")
    if round(row["ours"]["sql"]) > row["sql_limit"]:
        words.append("SQL OVER")
    return " " + ", ".join(words) if words else ""


def report(rows: list[dict[str, Any]]) -> str:
    lines = [COLUMNS.format(*HEADS)]
    for row in rows:
        ours, floor = row["ours"], row["floor_row"]
        figures = [f"{floor['cpu_ms']:.2f}", f"{ours['cpu_ms']:.2f}", f"{row['ratio']:.2f}", row["ratio_limit"]]
        figures += [f"{ours['sql']:.1f}", row["sql_limit"], f"{ours['rps']:.0f}"]
        figures += [f"{ours['p50_ms']:.1f}", f"{ours['p95_ms']:.1f}"]
        lines.append(COLUMNS.format(row["page"], row["floor"], *figures, verdict(row)))
    return "\n".join(lines)


def compare(page: dict[str, Any], floor: list[Sample], ours: list[Sample]) -> dict[str, Any]:
    floor_row, our_row = summary(floor), summary(ours)
    return {
        "page": page["name"],
        "floor": page["floor"],
        "ratio": statistics.median(b.cpu_ms / a.cpu_ms for a, b in zip(floor, ours, strict=True)),
        "ratio_limit": page["ratio"],
        "sql_limit": page["sql"],
        "floor_row": floor_row,
        "ours": our_row,
        "rounds": [[a.cpu_ms, b.cpu_ms] for a, b in zip(floor, ours, strict=True)],
    }


Pair = tuple[dict[str, Any], Target, Target]


def pairs_of(floor_people: list[Any], our_people: list[Any], servers: list[WebServer]) -> list[Pair]:
    """Every page of bench/pages.toml with its floor row and ours."""
    pairs = []
    for page in tomllib.loads((ROOT / "bench" / "pages.toml").read_text())["pages"]:
        method = page.get("method", "GET")
        signed_in = floor_people if page["floor"] in ("session", "update") else []
        floor = Target(servers[0], "floor", f"/{page['floor']}", method, signed_in)
        learners = our_people if page["role"] == "learner" else []
        status, expect = page.get("status", 200), page.get("expect", "")
        pairs.append((page, floor, Target(servers[1], "landfall", page["address"], method, learners, status, expect)))
    return pairs


def measure_all(pairs: list[Pair], postgres: Postgres, rounds: int, seconds: float) -> list[dict[str, Any]]:
    for _page, *both in pairs:
        for target in both:
            check(target)
            measure(target, postgres, 0.5)  # warm
    samples: dict[str, tuple[list[Sample], list[Sample]]] = {page["name"]: ([], []) for page, _, _ in pairs}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for page, floor, ours in pairs:
            samples[page["name"]][0].append(measure(floor, postgres, seconds))
            samples[page["name"]][1].append(measure(ours, postgres, seconds))
    return [compare(page, *samples[page["name"]]) for page, _, _ in pairs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--courses", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--port", type=int, default=8990)
    arguments = parser.parse_args()
    postgres = Postgres()
    servers: list[WebServer] = []
    try:
        floor_people, our_people = prepare(postgres, arguments, servers)
        pairs = pairs_of(floor_people, our_people, servers)
        rows = measure_all(pairs, postgres, arguments.rounds, arguments.seconds)
        print(report(rows))
        floor_memory, our_memory = (memory_mib(server.pid) for server in servers)
        print(f"memory (PSS): floor {floor_memory:.0f} MiB, Landfall {our_memory:.0f} MiB")
        kept = ROOT / "bench" / "results" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(rows, indent=1))
        print(f"every round: {kept.relative_to(ROOT)}")
    finally:
        for server in servers:
            server.stop()
        postgres.stop()


if __name__ == "__main__":
    main()
