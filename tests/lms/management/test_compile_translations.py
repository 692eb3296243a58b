"""A deploy compiles the translations."""

from io import StringIO
from pathlib import Path
from typing import Any

import polib
from django.core.management import call_command


def test_each_catalogue_is_compiled(settings: Any, tmp_path: Path) -> None:
    place = tmp_path / "nb" / "LC_MESSAGES" / "django.po"
    place.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Course", msgstr="Kurs"))
    catalogue.save(str(place))
    settings.LOCALE_PATHS = [tmp_path]
    said = StringIO()
    call_command("compile_translations", stdout=said)
    assert polib.mofile(str(place.with_suffix(".mo")))[0].msgstr == "Kurs"
    assert said.getvalue() == "Translations are compiled.\n"
