"""`{% kept %}`: rendered once for everybody, with only a visitor’s own words filled in."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Engine
from django.test import RequestFactory
from django.utils import translation

from cms import published as memory
from cms.published import bump
from cms.templatetags import kept as tag
from cms.templatetags.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each rendering of a fragment leaves its text here."""
    texts: list[str] = []

    def render(source: str, given: dict[str, Any]) -> Any:
        texts.append(str(Engine.get_default().from_string(source).render(Context(given))))
        return texts[-1]

    monkeypatch.setattr(tag, "render_to_string", render)
    return texts


def show(request: HttpRequest, source: str, **given: Any) -> str:
    return str(kept(Context({"request": request, "secret": "mine"}), source, **given))


def test_is_rendered_once_until_something_is_published(rf: RequestFactory, rendered: list[str]) -> None:
    assert [show(rf.get("/"), "{{ a }}", a=1) for _ in range(3)] == ["1", "1", "1"]
    assert len(rendered) == 1
    bump()
    show(rf.get("/"), "{{ a }}", a=1)
    assert len(rendered) == 2


def test_every_value_given_is_part_of_what_it_is_kept_under(rf: RequestFactory, rendered: list[str]) -> None:
    assert [show(rf.get("/"), "{{ a }}{{ b }}", a=a, b=b) for a, b in ((1, 2), (1, 3), (2, 2))] == ["12", "13", "22"]
    with translation.override("nb"):
        show(rf.get("/"), "{{ a }}{{ b }}", a=1, b=2)
    assert len(rendered) == 4


def test_what_cannot_be_a_key_is_refused(rf: RequestFactory, rendered: list[str]) -> None:
    with pytest.raises(TypeError):
        show(rf.get("/"), "{{ a }}", a=["a", "list", "changes"])


def test_sees_nothing_of_the_page_around_it(rf: RequestFactory, rendered: list[str]) -> None:
    assert show(rf.get("/"), "[{{ secret }}{{ request }}{{ user }}]") == "[]"


def test_own_words_are_filled_in_each_time_and_escaped(rf: RequestFactory, rendered: list[str]) -> None:
    source = '<a title="{{ name }}">{{ name }}</a>{{ token }}'
    assert show(rf.get("/"), source, own_name="Kari", own_token=1) == '<a title="Kari">Kari</a>1'
    hostile = show(rf.get("/"), source, own_name='"><script>', own_token=2)
    assert hostile == '<a title="&quot;&gt;&lt;script&gt;">&quot;&gt;&lt;script&gt;</a>2'
    assert len(rendered) == 1
    assert "Kari" not in rendered[0]
    assert "Kari" not in str(memory._memory)


def test_own_words_cannot_ask_for_others(rf: RequestFactory, rendered: list[str]) -> None:
    """Even one who knew the mark would see it as text."""
    mark = f"{tag._mark}token{tag._mark}"
    assert show(rf.get("/"), "{{ name }} {{ token }}", own_name=mark, own_token="secret") == f"{mark} secret"


def test_a_forms_token_is_the_visitors_own(rf: RequestFactory, rendered: list[str]) -> None:
    forms = [show(rf.get("/"), "{% csrf_token %}", own_csrf_token=token) for token in ("one", "two")]
    assert ['value="one"' in forms[0], 'value="two"' in forms[1], len(rendered)] == [True, True, 1]


def test_a_preview_neither_reads_nor_fills(rf: RequestFactory, rendered: list[str]) -> None:
    preview = rf.get("/")
    preview.is_preview = True  # type: ignore[attr-defined]
    show(rf.get("/"), "{{ a }}", a=1)
    show(preview, "{{ a }}", a=1)
    assert len(rendered) == 2


def test_nothing_of_an_older_version_stays_in_memory(rf: RequestFactory, rendered: list[str]) -> None:
    for number in range(3):
        show(rf.get("/"), "{{ a }}", a=number)
    bump()
    show(rf.get("/"), "{{ a }}", a=0)
    assert len(memory._memory) == 1


def test_the_memory_is_bounded(rf: RequestFactory, rendered: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_KEPT", 5)
    for number in range(12):
        assert show(rf.get("/"), "{{ a }}", a=number) == str(number)
        assert len(memory._memory) <= 5
