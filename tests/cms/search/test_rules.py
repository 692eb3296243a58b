"""Snippets: what they mark, what they escape, where they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.search.index import ANALYZERS, Asked
from cms.search.rules import asked, snippet

english = ANALYZERS["en"].analyze


def mark(text: str, words: str, length: int = 60) -> str:
    return str(snippet(text, Asked.of(words).stems("en"), english, length=length).html)


def test_words_are_marked_in_every_form() -> None:
    assert mark("Payers pay; a payer paid.", "payer") == "<mark>Payers</mark> pay; a <mark>payer</mark> paid."


def test_a_misspelt_word_marks_the_right_one_only_where_no_word_is_right() -> None:
    assert "<mark>Reimbursement</mark>" in mark("Reimbursement follows.", "reimbursmant")
    assert mark("A payer, a player.", "payer") == "A <mark>payer</mark>, a player."


def test_the_piece_with_most_words_is_shown_and_says_where_it_is_cut() -> None:
    text = "A hospital. " + "Filler words stand here. " * 20 + "The hospital pays the price. " + "More filler. " * 20
    shown = mark(text, "hospital price")
    assert "<mark>hospital</mark> pays the <mark>price</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_markup_in_a_text_stays_text() -> None:
    assert (
        mark("<script>payer</script> & more", "payer") == "&lt;script&gt;<mark>payer</mark>&lt;/script&gt; &amp; more"
    )


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert mark("Nothing of the kind.", "payer") == "Nothing of the kind."


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_gives_safe_html(text: str, words: str) -> None:
    html = mark(text, words)
    assert "<" not in html.replace("<mark>", "").replace("</mark>", "")
    assert html.count("<mark>") == html.count("</mark>")


@pytest.mark.parametrize(("typed", "kept"), [("  two\n words ", "two words"), ("a\0b", "a b"), ("x" * 999, "x" * 200)])
def test_what_was_typed_is_one_bounded_line(typed: str, kept: str) -> None:
    assert asked(typed) == kept
