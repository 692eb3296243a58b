"""Captions as editors have them: taken in, mended, or refused with the cue and the time."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.masterclasses.captions import Cue, cues
from cms.masterclasses.subtitles import decode, take_in
from tests.cms.masterclasses.test_captions import vtt
from tests.factories.cms import CAPTIONS

SRT = """1
00:00:00,500 --> 00:00:04,000
Who pays for <i>a calm ward</i>?

2
00:00:04,000 --> 00:00:09,250
The one whose day
gets shorter.
"""


def test_webvtt_is_kept_and_written_one_way():
    taken = take_in(CAPTIONS, 30)
    assert (taken.mended, taken.problems) == ([], [])
    assert cues(taken.vtt) == cues(CAPTIONS)
    assert take_in(taken.vtt, 30) == taken


def test_srt_becomes_webvtt():
    taken = take_in(SRT, 30)
    assert (taken.mended, taken.problems) == ([], [])
    assert taken.vtt.startswith("WEBVTT\n")
    assert "00:00:00.500 --> 00:00:04.000\nWho pays for <i>a calm ward</i>?" in taken.vtt
    assert cues(taken.vtt) == [
        Cue(0.5, 4.0, "", "Who pays for a calm ward?"),
        Cue(4.0, 9.25, "", "The one whose day gets shorter."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        SRT.replace("\n", "\r\n"),
        "\ufeff" + SRT,
        "\n\n" + SRT,
        SRT.replace("00:00:0", "00:0"),
        vtt(
            "00:00,500 --> 00:04,000\nWho pays for a calm ward?",
            "00:04.0 --> 00:09.25\nThe one whose day gets shorter.",
        ),
        SRT.replace("Who", '{\\an8}<font color="#fff">Who').replace("?", "?</font>"),
    ],
)
def test_what_tools_write_differently_is_read_the_same(text: str):
    taken = take_in(text, 30)
    assert (taken.mended, taken.problems) == ([], [])
    assert cues(taken.vtt) == cues(take_in(SRT).vtt)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no cue"),
        ("WEBVTT\n\nSomebody says something.", "There is no cue"),
        ("00:00:01.000 --> 00:00:02.000\nHi", "the first line must be WEBVTT"),
        (vtt("00:00:04.000 --> 00:00:02.000\nHi"), "Cue 1 begins at 00:00:04.000 and ends at 00:00:02.000"),
        (vtt("00:00:04.000 --> 00:00:04.000\nHi"), "mend the time at which it ends"),
        (
            vtt("00:04.000 --> 00:05.000\nHi", "00:01.000 --> 00:02.000\nHo"),
            "Cue 2 begins at 00:00:01.000, before the cue",
        ),
        (vtt("99:00:00.000 --> 99:00:01.000\nHi"), "Cue 1 ends at 99:00:01.000, but the recording is over at 0:30"),
        (vtt("00:31.000 --> 00:32.500\nHi"), "the recording is over at 0:30"),
        (vtt("00:01.000 --> 00:75.000\nHi"), "Cue 1: “00:01.000 --> 00:75.000” is no time"),
        (vtt("00:01 --> 00:02\nHi"), "is no time"),
        (vtt("one --> two\nHi"), "is no time"),
        (vtt("00:01.000 --> 00:02.000\n \n", "00:03.000 --> 00:04.000"), "All cues are empty"),
        ("x" * 5_000_000, "The captions have 4.8 MB; 2 MB fit"),
    ],
)
def test_what_only_its_editor_can_mend_is_refused_with_the_cue_and_the_time(text: str, words: str):
    taken = take_in(text, 30)
    assert words in taken.problems[0]
    assert taken.vtt == ""


def test_captions_may_end_a_little_after_the_recording():
    assert take_in(vtt("00:29.000 --> 00:32.000\nHi"), 30).problems == []


def test_without_a_known_length_more_than_a_day_is_refused():
    assert "more than a day" in take_in(vtt("99:00:00.000 --> 99:00:01.000\nHi")).problems[0]


def test_two_may_speak_at_once():
    assert take_in(vtt("00:01.000 --> 00:05.000\nHi", "00:02.000 --> 00:03.000\nHo")).problems == []


def test_many_problems_are_summed_up():
    said = take_in(vtt(*["00:04.000 --> 00:02.000\nHi"] * 10)).problems
    assert said[3:] == ["7 more cues have such problems."]


def test_empty_cues_are_left_out_and_that_is_said():
    taken = take_in(vtt("00:01.000 --> 00:02.000\nHi", "00:03.000 --> 00:04.000", "00:05.000 --> 00:06.000\n<i> </i>"))
    assert [cue.text for cue in cues(taken.vtt)] == ["Hi"]
    assert taken.mended == ["2 empty cues were left out."]


def test_programs_in_a_cue_are_made_harmless_and_that_is_said():
    said = "<v Demo Host>A <script>alert(1)</script><img src=x onerror=alert(2)> & b < c -> d"
    taken = take_in(vtt(f"00:12.000 --> 00:14.000\n{said}"))
    assert taken.mended == ["Cue 1 at 00:00:12.000: markup that players do not know was taken out."]
    assert "<script" not in taken.vtt
    assert "<img" not in taken.vtt
    assert cues(taken.vtt) == [Cue(12, 14, "Demo Host", "A alert(1) & b < c -> d")]
    assert take_in(taken.vtt).mended == []


def test_styles_regions_and_notes_are_not_kept():
    taken = take_in(
        vtt("STYLE\n::cue{background:url(https://a.example)}", "NOTE cut this", "00:01.000 --> 00:02.000\nHi")
    )
    assert "STYLE" not in taken.vtt
    assert "NOTE" not in taken.vtt
    assert [cue.text for cue in cues(taken.vtt)] == ["Hi"]


@pytest.mark.parametrize(
    ("content", "old"),
    [
        ("Blåbær – og “æ”".encode(), False),
        (b"\xef\xbb\xbf" + "Blåbær – og “æ”".encode(), False),
        ("Blåbær – og “æ”".encode("utf-16"), False),
        ("Blåbær – og “æ”".encode("cp1252"), True),
    ],
)
def test_files_in_older_encodings_are_understood(content: bytes, old: bool):
    found = decode(content)
    assert found.vtt == "Blåbær – og “æ”"
    assert bool(found.mended) == old


def test_latin_1_is_understood():
    assert decode("Blåbær".encode("latin-1")).vtt == "Blåbær"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "no text"),
        (b"a\0b", "no text"),
        (b"\x81\x8d", "no text"),
        (b"x" * 5_000_000, "4.8 MB"),
    ],
)
def test_files_that_are_no_captions_are_refused(content: bytes, words: str):
    assert words in decode(content).problems[0]


@given(st.text(max_size=400))
def test_whatever_is_said_stays_one_harmless_cue(said: str):
    """Nothing breaks out of its cue, and giving the result again changes nothing."""
    taken = take_in(vtt(f"00:01.000 --> 00:02.000\nsaid {said.replace('-->', '')}"))
    if taken.vtt:
        assert len({(cue.start, cue.end) for cue in cues(taken.vtt)}) == 1
        again = take_in(taken.vtt)
        assert (again.vtt, again.mended) == (taken.vtt, [])


def test_hostile_texts_are_said_and_not_run(inputs: Path):
    payloads = [line for line in (inputs / "hostile/xss-payloads.txt").read_text().splitlines() if line.strip()]
    payloads += [name for name in json.loads((inputs / "hostile/blns.json").read_text()) if name.strip()]
    for payload in payloads:
        taken = take_in(vtt(f"00:01.000 --> 00:02.000\nsaid {payload}"))
        lowered = taken.vtt.lower()
        assert not [tag for tag in ("<script", "<img", "<svg", "<iframe", "<a ", "<style", "<body") if tag in lowered]


def test_long_and_tangled_captions_are_read_at_once():
    take_in(vtt("00:01.000 --> 00:02.000\n" + "<" * 500_000))
    take_in(vtt("00:01.000 --> 00:02.000\n" + "{\\" * 500_000))
    take_in("1\n" * 500_000 + "--> ")
    assert "30000 cues; 20000 fit" in take_in(vtt(*["00:01.000 --> 00:02.000\nHi"] * 30_000)).problems[0]
