import pytest

from cms.masterclasses.captions import Cue, clock, cues, transcript
from tests.factories.cms import CAPTIONS


def vtt(*blocks: str) -> str:
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def test_cues_say_when_who_and_what():
    assert cues(CAPTIONS) == [
        Cue(0.0, 4.0, "Demo Host", "Who pays for a calm ward?"),
        Cue(4.0, 9.0, "Demo Founder", "The one whose day gets shorter."),
    ]


@pytest.mark.parametrize("text", ["", "  \n", "Not captions at all.", "WEBVTT", vtt("00:99.000 --> 01:00.000\nHi")])
def test_where_nothing_can_be_read_there_are_no_cues(text):
    assert cues(text) == []


def test_cues_are_plain_text_on_one_line():
    said = "<v.loud A &amp; B>One <i>two</i>\n<00:01.500>three &lt;b&gt; &amp;</v>"
    text = vtt(f"00:01.000 --> 00:02.500 align:start\n{said}")
    assert cues(text) == [Cue(1.0, 2.5, "A & B", "One two three <b> &")]


def test_two_voices_in_one_cue_are_two():
    text = vtt("1\n01:00:00.000 --> 01:00:02.000\n<v Ada>Yes.</v>\n<v Bo>No.", "01:00:02.000 --> 01:00:03.000\nBoth.")
    assert cues(text) == [
        Cue(3600.0, 3602.0, "Ada", "Yes."),
        Cue(3600.0, 3602.0, "Bo", "No."),
        Cue(3602.0, 3603.0, "", "Both."),
    ]


def test_a_lone_bracket_is_text():
    assert [cue.text for cue in cues(vtt("00:00.000 --> 00:01.000\n2 < 3, said she"))] == ["2 < 3, said she"]


def test_comments_and_styles_are_not_spoken():
    text = vtt("NOTE checked twice", "STYLE\n::cue { color: red }", "00:00.000 --> 00:01.000\nHello")
    assert cues(text) == [Cue(0.0, 1.0, "", "Hello")]


def test_brackets_without_end_are_read_at_once():
    """A pattern that starts anew at every bracket would take minutes here."""
    assert len(cues(vtt("00:00.000 --> 00:01.000\n" + "<" * 200_000))[0].text) == 200_000


def test_a_transcript_has_a_paragraph_for_each_speaker_and_after_each_pause():
    said = [
        Cue(0, 2, "Ada", "One."),
        Cue(2, 4, "Ada", "Two."),
        Cue(4, 5, "Bo", "Three."),
        Cue(7, 8, "Bo", "Four, after a pause."),
        Cue(8, 9, "", "Five."),
    ]
    paragraphs = transcript(said)
    assert [(p.start, p.speaker, p.text) for p in paragraphs] == [
        (0, "Ada", "One. Two."),
        (4, "Bo", "Three."),
        (7, "Bo", "Four, after a pause."),
        (8, "", "Five."),
    ]
    assert [cue for paragraph in paragraphs for cue in paragraph.cues] == said


def test_a_long_paragraph_ends_with_a_sentence():
    said = [Cue(n, n + 1, "", "word " * 30 + ("end." if n % 2 else "and")) for n in range(8)]
    assert [len(paragraph.cues) for paragraph in transcript(said)] == [4, 4]


def test_no_cues_make_no_transcript():
    assert transcript([]) == []


@pytest.mark.parametrize(("moment", "words"), [(0, "0:00"), (65.9, "1:05"), (3600, "1:00:00"), (36061, "10:01:01")])
def test_a_moment_as_people_write_it(moment: float, words: str):
    assert clock(moment) == words
