import pytest
from django.core.exceptions import ValidationError

from cms.moments import ClockField


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("0:00", 0), ("4:05", 245), (" 75:30 ", 4530), ("1:02:03", 3723), ("1:2:03", 3723), ("", None)],
)
def test_what_people_read_off_a_player_is_understood(typed: str, seconds: int | None):
    assert ClockField(required=False).clean(typed) == seconds


@pytest.mark.parametrize("typed", ["90", "4:5", "4:75", "1:60:00", "-1:00", "soon", "1:2:3:04", "4.05", "9" * 30])
def test_the_rest_is_refused_with_an_example(typed: str):
    with pytest.raises(ValidationError) as refused:
        ClockField(required=False).clean(typed)
    assert "4:05" in str(refused.value)


def test_what_is_kept_is_shown_as_it_was_typed():
    field = ClockField()
    assert [field.prepare_value(value) for value in (0, 245, 3723, "4:5", None)] == [
        "0:00",
        "4:05",
        "1:02:03",
        "4:5",
        None,
    ]
    assert not field.has_changed(245, "4:05")
    assert field.has_changed(245, "4:06")
    assert field.has_changed(245, "soon")
    assert not field.has_changed(None, "")
