"""Who pays what, in words."""

import pytest

from cms.delegations.rules import Price, lines, prices


def test_companies_pay_and_others_come_free() -> None:
    assert prices([("company", 500_000, "company")]) == [
        Price("Companies", "NOK 5,000", "for each company"),
        Price("All others", "", ""),
    ]


def test_those_who_pay_the_same_share_a_line() -> None:
    fees = [
        ("hospital", 0, "company"),
        ("company", 500_000, "company"),
        ("university", 0, "person"),
        ("", 90_000, "person"),
    ]
    assert prices(fees) == [
        Price("Companies", "NOK 5,000", "for each company"),
        Price("All others", "NOK 900", "for each person"),
        Price("Hospitals, universities", "", ""),
    ]


def test_one_fee_for_all_is_everybodys() -> None:
    assert prices([("", 10_000, "person")]) == [Price("Everybody", "NOK 100", "for each person")]


@pytest.mark.parametrize("fees", [[], [("company", 0, "company")]])
def test_where_nobody_pays_there_is_no_table(fees: list[tuple[str, int, str]]) -> None:
    assert prices(fees) == []


def test_lines_are_what_is_written_in_them() -> None:
    assert lines(" Food \r\n\n\t\nHotel") == ["Food", "Hotel"]
