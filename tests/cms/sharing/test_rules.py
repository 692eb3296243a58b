"""Structured data with plain values: lengths, what cannot break out."""

import json

import pytest

from cms.sharing.rules import Share, breadcrumbs, iso_duration, without_nothing


@pytest.mark.parametrize(
    ("seconds", "written"), [(None, ""), (0, ""), (5, "PT5S"), (95, "PT1M35S"), (3600, "PT1H"), (3661, "PT1H1M1S")]
)
def test_lengths_as_iso_8601(seconds: int | None, written: str) -> None:
    assert iso_duration(seconds) == written


def test_only_what_is_known_is_said() -> None:
    assert without_nothing({"a": "", "b": None, "c": [], "d": 0, "e": "x"}) == {"d": 0, "e": "x"}


def test_no_title_ends_the_script() -> None:
    title = "</script><!--<script>alert(1)</script>&\u2028"
    share = Share(title, "", "", "", "en", "", data=({"name": title},))
    assert not set(share.structured) & set("<>&")
    assert json.loads(share.structured)["@graph"] == [{"name": title}]


def test_breadcrumbs_count_from_one() -> None:
    made = breadcrumbs([("Front", "https://a.example/"), ("Here", "https://a.example/b/")])
    assert [place["position"] for place in made["itemListElement"]] == [1, 2]
