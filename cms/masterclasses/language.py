"""In which language a text is, where that is beyond doubt."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info

ENOUGH = 200
"""Characters below which we say nothing."""
BEYOND_DOUBT = 0.99
FAMILIES: dict[str, frozenset[str]] = {"en": frozenset({"en"}), "nb": frozenset({"no", "nn", "da"})}
"""A page's language → what the texts of it are taken for: short texts in Bokmål may pass for Nynorsk or Danish."""
OTHERS = frozenset({"sv", "de", "fr", "es", "nl", "fi", "pl", "it"})
NAMED_AS = {"no": "nb"}


def another_language(text: str, language: str) -> str:
    """The code of the language a text is in, when that is surely not `language`; else an empty string."""
    expected = FAMILIES.get(language)
    if expected is None or len(text) < ENOUGH:
        return ""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    surely = sum(share for code, share in ranked if code not in expected) >= BEYOND_DOUBT
    family = next((codes for codes in FAMILIES.values() if ranked[0][0] in codes), {ranked[0][0]})
    together = sum(share for code, share in ranked if code in family)
    return ranked[0][0] if surely and together >= BEYOND_DOUBT else ""


def name_of(code: str) -> str:
    """The language in the reader's words."""
    code = NAMED_AS.get(code, code)
    ours = dict(settings.LANGUAGES).get(code)
    return str(ours or get_language_info(code)["name_translated"])


@cache
def _identifier() -> Any:
    """The identifier and its tables; reading them takes seconds, so only a process that publishes does."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(OTHERS.union(*FAMILIES.values())))
    return identifier
