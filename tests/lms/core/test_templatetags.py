"""Icons, level marks, progress lines, and the markup of forms."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override
from html5lib import parse

from courses.rules import Level
from lms.core.icons import ICONS
from lms.core.templatetags.landfall import LEVEL_NAMES, icon, level_tag, progress_line


def tree(html: str) -> Any:
    return parse(html, namespaceHTMLElements=False)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_well_formed_and_silent(name: str) -> None:
    html = icon(name)
    assert 'aria-hidden="true"' in html
    found = parse(html, namespaceHTMLElements=True).findall(".//{http://www.w3.org/2000/svg}svg/*")
    assert found, name


def test_an_unknown_icon_is_a_mistake_seen_at_once() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")


@pytest.mark.parametrize("level", Level)
def test_a_level_is_a_mark_and_a_name(level: Level) -> None:
    html = level_tag(int(level))
    assert f'class="level level-{level.value}"' in html
    assert html.count("faint") == 3 - level
    assert str(level.label) in html


def test_levels_are_named_as_the_courses_name_them() -> None:
    """The tag stands below the courses and cannot ask them."""
    for code in ("en", "nb"):
        with override(code):
            assert {level.value: str(level.label) for level in Level} == {
                n: str(name) for n, name in LEVEL_NAMES.items()
            }


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (0, 15, 0), (4, 15, 26), (14, 15, 93), (15, 15, 100), (1, 3, 33)]
)
def test_progress_says_its_number_in_words_and_never_rounds_up_to_done(done: int, total: int, percent: int) -> None:
    html = progress_line(done, total, f"{done} of {total} lessons")
    bar = tree(html).find(".//progress")
    assert (bar.get("value"), bar.get("max")) == (str(done), str(total or 1))
    assert f"<output>{percent} %</output>" in html
    assert bar.get("aria-label") == f"{done} of {total} lessons"


def test_a_label_cannot_carry_markup() -> None:
    assert "<b>" not in progress_line(1, 2, "<b>bold</b>")


def test_the_tags_are_there_without_loading() -> None:
    html = Template('{% icon "tick" %}{% level_tag 2 %}{% progress_line 1 2 "one" %}').render(Context())
    assert html.count("<svg") == 2


# --- Forms -----------------------------------------------------------------------------------------------------------


class Example(forms.Form):
    name = forms.CharField(label="Your name", help_text="As in <em>letters</em>.")
    nick = forms.CharField(required=False)
    agree = forms.BooleanField(label="I have read it")
    kind = forms.ChoiceField(choices=[("a", "Arm"), ("b", "Bay")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Nothing was sent.")


def test_each_control_has_a_label_and_is_described_by_hint_and_error() -> None:
    page = tree(str(Example({})))
    name = page.find(".//input[@name='name']")
    assert page.find(f".//label[@for='{name.get('id')}']").text.strip() == "Your name"
    described = name.get("aria-describedby").split()
    assert len(described) == 2
    for identity in described:
        assert page.find(f".//*[@id='{identity}']") is not None
    assert name.get("aria-invalid") == "true"


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    html = str(Example())
    assert html.count("(optional)") == 1


def test_a_group_of_choices_is_a_fieldset_with_its_question() -> None:
    page = tree(str(Example()))
    fieldset = page.find(".//fieldset")
    assert fieldset.find("legend").text.strip() == "Kind"
    assert len(fieldset.findall(".//input[@type='radio']")) == 2


def test_a_tick_box_stands_inside_its_label() -> None:
    assert tree(str(Example())).find(".//label[@class='check']/input[@type='checkbox']") is not None


def test_what_is_wrong_with_the_whole_form_is_announced() -> None:
    page = tree(str(Example({"name": "x"})))
    assert "Nothing was sent." in "".join(page.find(".//div[@role='alert']").itertext())


def test_hidden_fields_are_sent_too() -> None:
    assert tree(str(Example())).find(".//input[@name='secret'][@type='hidden']") is not None


@pytest.mark.parametrize(("page", "text", "attribute"), [("nb", "en", ' lang="en"'), ("en", "en", ""), ("nb", "", "")])
def test_a_text_in_another_language_than_its_page_says_so(page: str, text: str, attribute: str) -> None:
    with override(page):
        assert Template("{% spoken language %}").render(Context({"language": text})) == attribute
