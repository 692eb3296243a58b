"""Everything a person reads is in the Bokmål catalogue, translated, with the same placeholders."""

import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.utils import translation

from lms.translations import catalogue_path, compile_catalogues, messages_in_sources, update_catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w+\}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(catalogue_path("nb")))


def test_texts_are_found_however_the_markup_is_indented(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(
        "{% load i18n %}\n<ul>\n      <li>{% translate 'First' %}</li>\n   {% if x %}\n"
        "  {% blocktranslate count n=n %}{{ n }} lesson{% plural %}{{ n }} lessons{% endblocktranslate %}\n"
    )
    (tmp_path / "lms").mkdir()
    (tmp_path / "lms/rules.py").write_text(
        "from django.utils.translation import gettext as translate\ntranslate('Second')\n"
    )
    found = [(entry.msgid, entry.msgid_plural) for entry in messages_in_sources()]
    assert found == [("Second", ""), ("First", ""), ("%(n)s lesson", "%(n)s lessons")]


def test_a_text_that_also_has_a_plural_elsewhere_keeps_its_translation(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    (tmp_path / "lms").mkdir()
    (tmp_path / "lms/a.py").write_text("from django.utils.translation import gettext\ngettext('See it')\n")
    (tmp_path / "lms/b.py").write_text(
        "from django.utils.translation import ngettext\nngettext('See it', 'See all %(n)s', 2)\n"
    )
    assert update_catalogue("nb") == (1, 1)
    translated = polib.pofile(str(catalogue_path("nb")))
    translated[0].msgstr_plural = {0: "Se siden", 1: "Se alle %(n)s"}
    translated.save()
    assert update_catalogue("nb") == (1, 0)


def test_every_text_of_the_sources_is_translated(catalogue: polib.POFile) -> None:
    translated = {(entry.msgid, entry.msgctxt) for entry in catalogue if entry.translated()}
    missing = {(e.msgid, e.msgctxt) for e in messages_in_sources()} - translated
    assert not missing, (
        f"{len(missing)} texts lack a Bokmål translation; run `make messages`: {sorted(missing, key=str)[:10]}"
    )


def test_placeholders_survive_translation(catalogue: polib.POFile) -> None:
    for entry in catalogue.translated_entries():
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in texts:
            found = set(PLACEHOLDER.findall(text))
            assert found <= wanted | set(PLACEHOLDER.findall(entry.msgid)), entry.msgid
        assert set(PLACEHOLDER.findall(texts[-1])) == wanted, entry.msgid


def test_the_compiled_catalogue_speaks_norwegian() -> None:
    compile_catalogues()
    with translation.override("nb"):
        assert translation.gettext("Foundation") == "Grunnlag"
