"""The Bokmål catalogue: found in the sources, kept in one .po file, compiled without any system tool.

Django's own commands need GNU gettext on the machine. This needs polib to compile and, while developing, Babel to
extract.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "translate": None,  # what our modules call gettext where `_` is the lazy one
}
SOURCES = ("lms", "cms", "courses", "cohorts", "certificates", "templates")


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def compile_catalogues() -> None:
    """Write the .mo beside every .po that is newer than it."""
    for source in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def messages_in_sources() -> Iterator[polib.POEntry]:
    """Every translatable text of our Python files and templates, with where it stands."""
    from babel.messages.extract import extract

    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts or "demo" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                # What is left of the markup is indented as the markup was, which Python's tokenizer refuses.
                text = re.sub(r"(?m)^[ \t]+", "", templatize(text, origin=str(path)))
            for line, found, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
                forms = (found,) if isinstance(found, str) else tuple(part for part in found if part)
                where = [(str(path.relative_to(settings.BASE_DIR)), str(line))]
                entry = polib.POEntry(msgid=forms[0], msgctxt=context, occurrences=where)
                if len(forms) > 1:
                    entry.msgid_plural, entry.msgstr_plural = forms[1], {0: "", 1: ""}
                yield entry


def update_catalogue(language: str) -> tuple[int, int]:
    """Bring the .po in step with the sources; returns how many texts there are and how many lack a translation."""
    path = catalogue_path(language)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Project-Id-Version": "Landfall",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    seen: dict[tuple[str, str | None], polib.POEntry] = {}
    for entry in messages_in_sources():
        key = (entry.msgid, entry.msgctxt)
        if known := old.find(entry.msgid, msgctxt=entry.msgctxt or False):
            entry.msgstr = known.msgstr
            if entry.msgid_plural:
                entry.msgstr_plural = dict(known.msgstr_plural) or {0: "", 1: ""}
        if key in seen:
            if entry.msgid_plural and not seen[key].msgid_plural:
                seen[key].msgid_plural, seen[key].msgstr_plural = entry.msgid_plural, entry.msgstr_plural
            continue
        entry.occurrences = [(file, "") for file, _line in entry.occurrences]  # line numbers would change every day
        if "%(" in entry.msgid or "%s" in entry.msgid:
            entry.flags = ["python-format"]
        seen[key] = entry
        new.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    return len(new), len(new.untranslated_entries())
