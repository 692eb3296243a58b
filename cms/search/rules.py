"""What is shown of a hit: the piece of its text that has most of the words asked for, with them marked. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST_QUERY = 200
MOST_WORDS = 12
SNIPPET = 220
"""Characters of a text shown with a hit."""
NEARLY = 0.8
"""How alike a word must be to count as one misspelt, by difflib's ratio; below four letters only the very word does."""
WORD = re.compile(r"\w+")

Analyse = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text with the words found in it marked, safe as HTML. `found` is how many different ones are."""

    html: SafeString
    found: int


def asked(text: str) -> str:
    """What was typed, as far as it is looked for: one line without control characters, of bounded length."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[: 5 * LONGEST_QUERY]).split())[:LONGEST_QUERY]


def snippet(text: str, words: Sequence[str], analyse: Analyse, *, length: int = SNIPPET) -> Snippet:
    """The piece of `text`, about `length` characters, with most of `words`: stems, as `analyse` makes them."""
    hits = matches(text, words, analyse)
    start, found = best_window([(at, stem) for at, _end, stem in hits], length)
    start = _word_start(text, max(0, start - length // 5)) if hits else 0
    stop = _word_stop(text, start + length)
    html, at = [], start
    for begin, end, _stem in hits:
        if begin >= start and end <= stop:
            html += [escape(text[at:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
            at = end
    html.append(escape(text[at:stop]))
    cut = ("… " if start else "", " …" if stop < len(text) else "")
    return Snippet(mark_safe(cut[0] + "".join(html).strip() + cut[1]), found)  # noqa: S308 - each piece is escaped


def matches(text: str, words: Sequence[str], analyse: Analyse) -> list[tuple[int, int, str]]:
    """(start, end, stem asked for) of every word of the text that was asked for, or nearly so when none is."""
    stems: dict[str, str] = {}
    found = [(one.start(), one.end(), one.group()) for one in WORD.finditer(text)]
    for _start, _end, word in found:
        if word not in stems:
            stems[word] = next(iter(analyse(word)), "")
    wanted = {word: word for word in words}
    missing = [word for word in words if word not in stems.values()]
    for word in missing:
        for near in nearly(word, stems.values()):
            wanted.setdefault(near, word)
    return [(start, end, wanted[stems[word]]) for start, end, word in found if stems[word] in wanted]


def nearly(word: str, others: Iterable[str]) -> list[str]:
    """Those of `others` that `word` may be a misspelling of."""
    return get_close_matches(word, {one for one in others if len(one) > 3}, cutoff=NEARLY) if len(word) > 3 else []


def best_window(hits: Sequence[tuple[int, str]], length: int) -> tuple[int, int]:
    """Where the stretch of `length` characters with most different stems begins, and how many it has."""
    best = (0, 0)
    for number, (at, _stem) in enumerate(hits):
        within = {stem for place, stem in hits[number : number + 50] if place < at + length * 4 // 5}
        if len(within) > best[1]:
            best = (at, len(within))
    return best


def _word_start(text: str, at: int) -> int:
    """The beginning of the first whole word from `at` on."""
    if at == 0 or text[at - 1].isspace():
        return at
    space = text.find(" ", at, at + 40)
    return space + 1 if space >= 0 else at


def _word_stop(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 40, at)
    return space if space > 0 else at
