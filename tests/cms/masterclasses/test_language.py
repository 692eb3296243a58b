import pytest

from cms.masterclasses.language import another_language, name_of

ENGLISH = (
    "Who pays for a calm ward? The one whose day gets shorter. We began with a pilot at one hospital and learned that"
    " the nurse, the manager and the payer each lose something different. That is what we wrote on the first page."
)
BOKMAAL = (
    "Hvem betaler for en rolig avdeling? Den som får en kortere dag. Vi begynte med et pilotprosjekt på ett sykehus og"
    " lærte at sykepleieren, lederen og den som betaler taper hver sin ting. Det skrev vi på den første siden vår."
)
NYNORSK = (
    "Kven betalar for ei roleg avdeling? Den som får ein kortare dag. Vi byrja med eit pilotprosjekt på eit sjukehus og"
    " lærte at sjukepleiaren, leiaren og den som betalar taper kvar sin ting. Det skreiv vi på den første sida vår."
)
GERMAN = (
    "Wer bezahlt für eine ruhige Station? Derjenige, dessen Tag kürzer wird. Wir begannen mit einem Pilotprojekt in"
    " einem Krankenhaus und lernten, dass Pflege, Leitung und Kostenträger jeweils etwas anderes verlieren."
)
NAMES = "FDA 510(k) MDR ISO 13485 QMS Q-Sub HIPAA EHR FHIR Medicare CPT Sykehusinnkjøp Nye metoder Helse Sør-Øst " * 3


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        (ENGLISH, "en", ""),
        (BOKMAAL, "nb", ""),
        (NYNORSK, "nb", ""),
        (GERMAN, "en", "German"),
        (GERMAN, "nb", "German"),
        (ENGLISH, "nb", "English"),
        (BOKMAAL, "en", "Norwegian Bokmål"),
        (NYNORSK, "en", "Norwegian Nynorsk"),
        (NAMES, "en", ""),
        (GERMAN[:150], "en", ""),
        ("", "en", ""),
        (GERMAN, "xx", ""),
    ],
)
def test_only_what_is_beyond_doubt_is_said(text: str, language: str, other: str):
    found = another_language(text, language)
    assert (name_of(found) if found else "") == other
