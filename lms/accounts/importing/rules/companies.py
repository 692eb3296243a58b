"""What each row of a list of companies asks for, every cell checked. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from lms.accounts.fields import OneLineField, clean_foreign_number, clean_organisation_number
from lms.accounts.importing.rules.clusters import Clusters, Joining, joinings
from lms.accounts.importing.rules.table import Column, Problem, Row, plain, shown
from lms.accounts.rules import COUNTRIES, CompanyKind, DevelopmentStage, ProductClass

COLUMNS = (
    Column("name", ("company", "company name", "navn", "firma", "firmanavn", "selskap", "bedrift"), required=True),
    Column("kind", ("type", "slag", "art")),
    Column("organisation_number", ("organization number", "org number", "orgnr", "organisasjonsnummer")),
    Column("foreign_id", ("foreign number", "foreign registration number", "utenlandsk nummer", "utenlandsk id")),
    Column("country", ("land",)),
    Column("product_class", ("produktklasse", "class")),
    Column("stage", ("development stage", "fase", "stadium", "utviklingsstadium")),
    Column("website", ("web", "url", "nettsted", "nettside", "hjemmeside")),
    Column("clusters", ("cluster", "klynge", "klynger")),
    Column("admin_email", ("administrator", "admin e-post", "administrators e-post", "administrator email")),
)

EXAMPLE = (
    "Example Diagnostics AS",
    "company",
    "974 760 673",
    "",
    "NO",
    "ivd",
    "clinical",
    "https://example.org",
    "",
    "founder@example.org",
)
"""The row of the template: of the columns above, in their order."""

LANGUAGES = ("en", "nb")


@dataclass(frozen=True, slots=True)
class Number:
    """What one company is known by and no other: a number in a country's register."""

    country: str
    number: str

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True)
class Wanted:
    """One company as a row describes it. `facts` has only what the row says; an empty cell says nothing."""

    row: int
    number: Number
    facts: Mapping[str, str]
    joins: tuple[Joining, ...] = ()
    admin_email: str = ""


class _Wrong(Exception):
    """A cell cannot be taken. The sentence says why, and what to write."""


def wanted(rows: Iterable[Row], clusters: Clusters) -> tuple[list[Wanted], list[Problem]]:
    """What the rows ask for, and everything that is wrong with them, in their order.

    A number that stands in two rows is wrong in both, and each names the other.
    """
    found: list[Wanted] = []
    problems: list[Problem] = []
    for row in rows:
        one, wrong = _checked(row, clusters)
        problems += wrong
        if one:
            found.append(one)
    problems += _doubled(found)
    return found, sorted(problems, key=lambda problem: problem.row)


def _checked(row: Row, clusters: Clusters) -> tuple[Wanted | None, list[Problem]]:
    problems: list[Problem] = []

    def cell(column: str, clean: Callable[[str], Any], empty: Any = "") -> Any:
        typed = row[column]
        try:
            return clean(typed) if typed else empty
        except ValidationError as error:
            sentence = " ".join(error.messages)
        except _Wrong as wrong:
            sentence = str(wrong)
        problems.append(Problem(row.number, column, sentence))
        return empty

    facts = {"name": cell("name", _name)}
    if not row["name"]:
        problems.append(Problem(row.number, "name", _("The name is missing. Write it, or take the row out.")))
    facts |= {column: cell(column, partial(_word, column)) for column in ("kind", "product_class", "stage", "country")}
    facts |= {"organisation_number": cell("organisation_number", clean_organisation_number)}
    facts |= {"foreign_id": cell("foreign_id", _foreign), "website": cell("website", _website)}
    joins = cell("clusters", partial(_joins, clusters), ())
    email = cell("admin_email", _email)
    if not problems:
        problems += _wrong_number(row, facts)
    if problems:
        return None, problems
    facts["country"] = facts["country"] or "NO"
    number = Number(facts["country"], facts["organisation_number"] or facts["foreign_id"])
    said = {column: value for column, value in facts.items() if value}
    return Wanted(row.number, number, said, joins, email), []


def _name(typed: str) -> str:
    return OneLineField(max_length=200).clean(typed)


def _website(typed: str) -> str:
    address: str = forms.URLField(max_length=200, assume_scheme="https").clean(typed)
    return address


def _email(typed: str) -> str:
    address: str = forms.EmailField(max_length=254).clean(typed)
    return address.lower()


def _foreign(typed: str) -> str:
    number: str = OneLineField(max_length=40).clean(clean_foreign_number(typed))
    return number


def _joins(clusters: Clusters, typed: str) -> tuple[Joining, ...]:
    try:
        return tuple(joinings(typed, clusters))
    except ValueError as error:
        raise _Wrong(str(error)) from None


CHOICES: dict[str, Any] = {
    "kind": CompanyKind.choices,
    "product_class": ProductClass.choices,
    "stage": DevelopmentStage.choices,
    "country": COUNTRIES.items(),
}


@cache
def _meanings(column: str) -> dict[str, str]:
    """The words a column takes, made plain: the code, and what it is called in each language."""
    meant: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            meant |= {plain(str(label)): code for code, label in CHOICES[column]}
    return meant | {plain(code): code for code, _label in CHOICES[column]}


def _word(column: str, typed: str) -> str:
    code = _meanings(column).get(plain(typed))
    if code is None:
        words = _("“%(typed)s” is not known here. Write one of: %(known)s.")
        raise _Wrong(words % {"typed": shown(typed), "known": ", ".join(code for code, _label in CHOICES[column])})
    return code


def _wrong_number(row: Row, facts: Mapping[str, str]) -> Iterator[Problem]:
    """A company has one number, of the country it is registered in."""
    norwegian, foreign, country = facts["organisation_number"], facts["foreign_id"], facts["country"]
    if norwegian and foreign:
        words = _("This row has a Norwegian and a foreign number. Leave the one the company is registered under.")
        yield Problem(row.number, "foreign_id", words)
    elif norwegian and country not in {"", "NO"}:
        words = _("A Norwegian organisation number, but the country is %(country)s. Write the number as foreign_id.")
        yield Problem(row.number, "organisation_number", words % {"country": country})
    elif foreign and country in {"", "NO"}:
        words = _("A foreign number needs its country. Write one of: %(known)s.")
        known = ", ".join(code for code in COUNTRIES if code != "NO")
        yield Problem(row.number, "country", words % {"known": known})
    elif not norwegian and not foreign:
        words = _("A number is missing: without one the same company is not found again. Write one, or a foreign_id.")
        yield Problem(row.number, "organisation_number", words)


def _doubled(found: Iterable[Wanted]) -> Iterator[Problem]:
    rows: dict[Number, list[int]] = defaultdict(list)
    for one in found:
        rows[one.number].append(one.row)
    for one in found:
        same = [row for row in rows[one.number] if row != one.row]
        if same:
            column = "organisation_number" if "organisation_number" in one.facts else "foreign_id"
            words = _("%(number)s stands in row %(rows)s too. A company has one row: take the others out.")
            told = ", ".join(map(str, same[:10]))
            yield Problem(one.row, column, words % {"number": one.number, "rows": told})
