"""The clusters in a cell: “Norway Health Tech (2021-01-01); Oslo Cancer Cluster”. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lms.accounts.importing.rules.table import plain, shown

IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*\Z")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
NORWEGIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Joining:
    """A cluster by its key, and since when; None: the row does not say."""

    cluster: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters there are: their names by key, and their keys by what a cell may say, made plain."""

    names: Mapping[int, str]
    keys: Mapping[str, int]


def joinings(typed: str, clusters: Clusters) -> Iterator[Joining]:
    """Each cluster of the cell. Raises ValueError, with the sentence to show, for the first that is wrong."""
    seen = set()
    for part in filter(None, (part.strip() for part in typed.split(";"))):
        joining = _joining(part, clusters)
        if joining.cluster in seen:
            raise ValueError(_("“%(part)s” stands there twice. Leave one.") % {"part": shown(part)})
        seen.add(joining.cluster)
        yield joining


def _joining(part: str, clusters: Clusters) -> Joining:
    if plain(part) in clusters.keys:
        return Joining(clusters.keys[plain(part)])
    dated = IN_BRACKETS.search(part)
    name = part[: dated.start()] if dated else part
    if plain(name) not in clusters.keys:
        if not clusters.names:
            raise ValueError(_("There are no clusters here yet. Add them first, or leave the cell empty."))
        words = _("“%(name)s” is not a cluster here. Write one of: %(known)s, with “;” between several.")
        raise ValueError(words % {"name": shown(name), "known": ", ".join(sorted(clusters.names.values()))})
    return Joining(clusters.keys[plain(name)], _date(dated[1]) if dated else None)


def _date(typed: str) -> date:
    """A day as 2021-01-31 or 31.01.2021."""
    if found := ISO.fullmatch(typed.strip()):
        year, month, day = map(int, found.groups())
    elif found := NORWEGIAN.fullmatch(typed.strip()):
        day, month, year = map(int, found.groups())
    else:
        year = month = day = 0
    try:
        return date(year, month, day)
    except ValueError:
        words = _("“%(typed)s” is not a day. Write it as 2021-01-31.")
        raise ValueError(words % {"typed": shown(typed)}) from None
