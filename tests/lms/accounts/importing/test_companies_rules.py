"""What each row asks for: every cell that can be wrong, and what one may write instead of the code."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import trans_real

from lms.accounts.importing.rules.clusters import Clusters, Joining
from lms.accounts.importing.rules.companies import COLUMNS, EXAMPLE, _meanings, wanted
from lms.accounts.importing.rules.comparing import Known, Membership, Plan, Verdict, plan
from lms.accounts.importing.rules.table import MOST_ROWS, read, written
from lms.accounts.rules import is_one_line, is_visible
from lms.translations import compile_catalogues
from tests.lms.accounts.importing.conftest import company_file
from tests.lms.accounts.importing.numbers import ONE, TWO, numbers

CLUSTERS = Clusters(
    names={1: "Norway Health Tech", 2: "Cluster (North)"},
    keys={"norwayhealthtech": 1, "nht": 1, "clusternorth": 2},
)
TODAY = date(2026, 3, 1)


def found(*rows: dict[str, str]) -> tuple[list[Any], list[str]]:
    asked, problems = wanted(read(company_file(*rows), COLUMNS).rows, CLUSTERS)
    return asked, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ({"organisation_number": "974 760 673"}, {"organisation_number": ONE, "country": "NO"}),
        ({"organisation_number": "974\u00a0760\u00a0673", "country": "norway"}, {"country": "NO"}),
        ({"foreign_id": "556677 - 8899", "country": "Sweden"}, {"foreign_id": "556677-8899", "country": "SE"}),
        ({"kind": "municipality", "stage": "first sales"}, {"kind": "municipality"}),
        ({"product_class": "in-vitro diagnostic"}, {"product_class": "ivd"}),
        ({"website": "example.org"}, {"website": "https://example.org"}),
        ({"name": "  =1+1  "}, {"name": "=1+1"}),
    ],
)
def test_what_one_may_write(row: dict[str, str], facts: dict[str, str]) -> None:
    asked, problems = found(row)
    assert problems == []
    assert facts.items() <= asked[0].facts.items()


def test_norwegian_words_are_known_too() -> None:
    compile_catalogues()
    trans_real._translations.clear()
    _meanings.cache_clear()
    asked, problems = found({"kind": "sykehus", "foreign_id": "1", "country": "SVERIGE"})
    assert problems == []
    assert {"kind": "hospital", "country": "SE"}.items() <= asked[0].facts.items()


def test_an_empty_cell_says_nothing() -> None:
    asked, _problems = found({})
    assert set(asked[0].facts) == {"name", "organisation_number", "country"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"name": " "}, "row 2, name: The name is missing."),
        ({"name": "A\x07B"}, "row 2, name: This has a character that cannot be shown"),
        ({"name": "A\nB"}, "row 2, name: This has a character that cannot be shown"),
        ({"name": "\u200b"}, "row 2, name: Nothing of this can be seen."),
        ({"name": "A" * 201}, "row 2, name: Ensure this value has at most 200 characters"),
        ({"organisation_number": "974760674"}, "row 2, organisation_number: The digits of this number do not fit"),
        (
            {"organisation_number": "9.74761E+08"},
            "row 2, organisation_number: A Norwegian organisation number has",
        ),
        ({"organisation_number": ""}, "row 2, organisation_number: A number is missing"),
        ({"foreign_id": "556677-8899"}, "row 2, country: A foreign number needs its country. Write one of: SE,"),
        ({"foreign_id": "1", "country": "NO"}, "row 2, country: A foreign number needs its country."),
        ({"foreign_id": "1" * 41, "country": "SE"}, "row 2, foreign_id: Ensure this value has at most 40"),
        ({"organisation_number": ONE, "foreign_id": "1"}, "row 2, foreign_id: This row has a Norwegian and a foreign"),
        ({"country": "SE"}, "row 2, organisation_number: A Norwegian organisation number, but the country is SE."),
        ({"kind": "club"}, "row 2, kind: “club” is not known here. Write one of: company, municipality, hospital,"),
        ({"product_class": "x"}, "row 2, product_class: “x” is not known here. Write one of: non_regulatory,"),
        ({"stage": "late"}, "row 2, stage: “late” is not known here. Write one of: idea, development, clinical,"),
        ({"country": "Atlantis"}, "row 2, country: “Atlantis” is not known here. Write one of: NO, SE, DK,"),
        ({"website": "javascript:alert(1)"}, "row 2, website: Enter a valid URL."),
        ({"admin_email": "kari"}, "row 2, admin_email: Enter a valid email address."),
        ({"admin_email": "a@b.no\nBcc: c@d.no"}, "row 2, admin_email: Enter a valid email address."),
        (
            {"clusters": "Norway Health"},
            "row 2, clusters: “Norway Health” is not a cluster here. Write one of: Clu",
        ),
        ({"clusters": "nht (2021)"}, "row 2, clusters: “2021” is not a day. Write it as 2021-01-31."),
        ({"clusters": "nht (2021-02-30)"}, "row 2, clusters: “2021-02-30” is not a day."),
        ({"clusters": "nht; Norway Health Tech"}, "row 2, clusters: “Norway Health Tech” stands there twice."),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(row: dict[str, str], said: str) -> None:
    asked, problems = found(row)
    assert asked == []
    assert len(problems) == 1
    assert problems[0].startswith(said)


def test_every_wrong_cell_is_named_at_once() -> None:
    _asked, problems = found({"kind": "x", "stage": "y"}, {"organisation_number": TWO}, {"website": ":"})
    assert [problem.split(":")[0] for problem in problems] == ["row 2, kind", "row 2, stage", "row 4, website"]


def test_a_number_that_stands_twice_is_wrong_in_both_rows() -> None:
    foreign = {"foreign_id": "1", "country": "SE"}
    _asked, problems = found({}, {"organisation_number": TWO}, {"organisation_number": "974 760 673"}, foreign, foreign)
    assert problems == [
        f"row 2, organisation_number: {ONE} stands in row 4 too. A company has one row: take the others out.",
        f"row 4, organisation_number: {ONE} stands in row 2 too. A company has one row: take the others out.",
        "row 5, foreign_id: 1 stands in row 6 too. A company has one row: take the others out.",
        "row 6, foreign_id: 1 stands in row 5 too. A company has one row: take the others out.",
    ]


def test_the_same_foreign_number_in_two_countries_is_two_companies() -> None:
    asked, problems = found({"foreign_id": "1", "country": "SE"}, {"foreign_id": "1", "country": "DK"})
    assert (len(asked), problems) == (2, [])


@pytest.mark.parametrize(
    ("cell", "joins"),
    [
        ("Norway Health Tech (2021-01-01); cluster (north)", (Joining(1, date(2021, 1, 1)), Joining(2))),
        ("NHT (1.2.2021);;", (Joining(1, date(2021, 2, 1)),)),
        ("Cluster (North) (2021-1-2)", (Joining(2, date(2021, 1, 2)),)),
        (" ; ", ()),
    ],
)
def test_clusters_in_a_cell(cell: str, joins: tuple[Joining, ...]) -> None:
    asked, problems = found({"clusters": cell})
    assert problems == []
    assert asked[0].joins == joins


def test_the_template_is_a_file_that_can_be_sent() -> None:
    text = written([column.name for column in COLUMNS], [EXAMPLE], ";")
    asked, problems = wanted(read(text.encode("utf-8-sig"), COLUMNS).rows, Clusters({}, {}))
    assert problems == []
    assert asked[0].admin_email == "founder@example.org"


def test_hostile_names_are_as_typed_or_refused_with_their_row(inputs: Path) -> None:
    texts = json.loads((inputs / "hostile" / "blns.json").read_text())
    for name in ("xss-payloads.txt", "csv-formula.txt"):
        texts += (inputs / "hostile" / name).read_text().split("\n")
    names = sorted({text.strip() for text in texts if 0 < len(text.strip()) <= 200})[::2]
    assert 1_000 < len(names) < MOST_ROWS
    rows = ({"name": name, "organisation_number": one} for name, one in zip(names, numbers(len(names)), strict=True))
    asked, problems = found(*rows)
    fit = [name for name in names if is_one_line(name) and is_visible(name)]
    assert [one.facts["name"] for one in asked] == fit
    refused = {f"row {row}" for row, name in enumerate(names, 2) if name not in set(fit)}
    assert {problem.split(",")[0] for problem in problems} == refused


# --- What it changes -------------------------------------------------------------------------------------------------

KNOWN = Known(
    7,
    {"name": "Sensors AS", "kind": "company", "organisation_number": ONE, "country": "NO", "stage": "idea"},
    (Membership(1, date(2020, 1, 1)), Membership(2, date(2019, 1, 1), date(2020, 1, 1))),
    frozenset({"kari@example.org"}),
)


def planned(*rows: dict[str, str], known: Known | None = KNOWN) -> Plan:
    asked, problems = found(*rows)
    assert problems == []
    return plan(asked, {asked[0].number: known} if known else {}, names=CLUSTERS.names, today=TODAY)


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        ({}, []),
        ({"name": "Sensors AS", "stage": "Idea", "admin_email": "KARI@example.org"}, []),
        ({"name": "Other", "stage": "clinical"}, ["name: Sensors AS → Other", "stage: idea → clinical"]),
        ({"website": "example.org"}, ["website: https://example.org"]),
        ({"admin_email": "ola@example.org"}, ["admin_email: ola@example.org is invited as administrator"]),
        ({"clusters": "nht"}, []),
        ({"clusters": "nht (2020-01-01)"}, []),
        (
            {"clusters": "nht (2021-01-01)"},
            ["clusters: Norway Health Tech (2020-01-01) → Norway Health Tech (2021-01-01)"],
        ),
        ({"clusters": "Cluster (North)"}, ["clusters: Cluster (North) (2026-03-01)"]),
        ({"clusters": "Cluster (North) (2022-01-01)"}, ["clusters: Cluster (North) (2022-01-01)"]),
        ({"clusters": "Cluster (North) (2019-01-01)"}, []),
    ],
)
def test_only_what_differs_is_a_change(row: dict[str, str], changes: list[str]) -> None:
    made = planned(row)
    assert [str(change) for change in made.steps[0].changes] == changes
    assert made.steps[0].verdict == (Verdict.CHANGED if changes else Verdict.UNCHANGED)


def test_one_that_is_not_here_is_new() -> None:
    made = planned({"clusters": "nht", "admin_email": "kari@example.org"}, known=None)
    assert made.steps[0].verdict == Verdict.NEW
    assert made.steps[0].joins == ((1, TODAY),)
    assert made.invitations == 1


def test_a_cluster_that_ends_before_the_day_is_an_error() -> None:
    ends = Known(7, KNOWN.facts, (Membership(1, date(2020, 1, 1), date(2027, 1, 1)),))
    made = planned({"clusters": "nht (2027-01-01)"}, known=ends)
    assert made.steps == ()
    assert [str(one) for one in made.problems] == [
        "row 2, clusters: The company leaves this cluster on 2027-01-01. Write an earlier day, or none."
    ]


def test_one_company_under_both_its_numbers_is_an_error() -> None:
    asked, _problems = found({}, {"foreign_id": "1", "country": "SE"})
    made = plan(asked, {one.number: KNOWN for one in asked}, names={}, today=TODAY)
    assert [str(one) for one in made.problems] == [
        "row 3: This is the company of row 2, under its other number. Take one of the two rows out."
    ]


def test_the_fingerprint_tells_one_plan_from_another() -> None:
    plans = [planned({}), planned({"name": "B"}), planned({"name": "B"}, known=None), planned({"name": "C"})]
    assert len({made.fingerprint for made in plans}) == 4
    assert planned({"name": "B"}).fingerprint == plans[1].fingerprint
