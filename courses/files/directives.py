"""The shape of a lesson file: front matter between `+++` lines, Markdown, and directives. Pure, without meaning."""

import re
from dataclasses import dataclass

_OPENS = re.compile(r":::[ \t]*(\S.*)")
_ESCAPED = re.compile(r"^(\\*):::", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """Markdown (`kind` "text") or a directive. `toml` is what stands before `---`, `text` after; None without `---`."""

    kind: str
    line: int
    toml: str = ""
    text: str | None = None
    text_line: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """A lesson file taken apart. `problems` are (line, sentence)."""

    front: str | None
    parts: list[Part]
    problems: list[tuple[int, str]]


def split(source: str) -> Lines:
    """Take a lesson file apart. `front` is None when there is no front matter; its TOML begins in line 2."""
    lines = source.split("\n")
    if not lines or lines[0].rstrip() != "+++":
        return Lines(
            None, [], [(1, "The front matter is missing. Begin the file with a line +++, then id, title, minutes.")]
        )
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), 0)
    if not end:
        return Lines(None, [], [(1, "The front matter is not closed. Add a line +++ after its last key.")])
    parts: list[Part] = []
    problems: list[tuple[int, str]] = []
    at = text_from = end + 1
    while at < len(lines):
        if not lines[at].startswith(":::"):
            at += 1
            continue
        _add_text(parts, lines, text_from, at)
        found = _OPENS.fullmatch(lines[at].rstrip())
        close = _closing(lines, at)
        if found is None:
            problems.append((at + 1, "This ::: closes nothing. Remove it, or write \\::: if it belongs to the text."))
            at += 1
        elif close is None or lines[close].rstrip() != ":::":
            problems.append((at + 1, f"“::: {found[1]}” is not closed. Add a line ::: after it; blocks do not nest."))
            at = len(lines) if close is None else close
        else:
            parts.append(_directive(found[1].strip(), lines, at, close))
            at = close + 1
        text_from = at
    _add_text(parts, lines, text_from, len(lines))
    return Lines("\n".join(lines[1:end]), parts, problems)


def tidy(text: str) -> str:
    """Markdown without empty lines around it and spaces at its end: how texts are compared and kept."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()


def escape(text: str) -> str:
    """Markdown as it may stand in a file: no line of it looks like a directive or ends one."""
    return _ESCAPED.sub(r"\\\g<0>", text)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: found[0].removeprefix("\\"), text)


def _closing(lines: list[str], opened: int) -> int | None:
    return next((i for i in range(opened + 1, len(lines)) if lines[i].startswith(":::")), None)


def _add_text(parts: list[Part], lines: list[str], start: int, end: int) -> None:
    text = _unescape(tidy("\n".join(lines[start:end])))
    if text:
        first = next(i for i in range(start, end) if lines[i].strip())
        parts.append(Part("text", first + 1, text=text, text_line=first + 1))


def _directive(kind: str, lines: list[str], opened: int, closed: int) -> Part:
    bar = next((i for i in range(opened + 1, closed) if lines[i].rstrip() == "---"), None)
    toml = "\n".join(lines[opened + 1 : bar if bar is not None else closed])
    if bar is None:
        return Part(kind, opened + 1, toml)
    return Part(kind, opened + 1, toml, _unescape(tidy("\n".join(lines[bar + 1 : closed]))), bar + 2)
