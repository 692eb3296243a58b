"""Sound and video reach those who cannot hear them."""

import pytest

from tests.courses.blocks.refusing import audio, document, refused, video

pytestmark = pytest.mark.django_db


def test_audio_needs_its_transcript_to_be_published_but_not_in_a_draft() -> None:
    assert "required" in refused(audio(transcript=""))
    assert refused(audio(transcript=""), draft=True) == ""


def test_a_video_is_a_file_or_an_address() -> None:
    assert "one of the two" in refused(video())
    assert "one of the two" in refused(video(file=document("a.mp4"), embed="https://vimeo.com/1", transcript="x"))
    assert refused(video(), draft=True) == ""


def test_a_video_file_needs_its_words() -> None:
    assert "cannot hear" in refused(video(file=document("a.mp4")))
    assert refused(video(file=document("a.mp4"), captions=document("a.vtt"))) == ""


def test_videos_of_other_hosts_are_refused_even_in_a_draft() -> None:
    assert "YouTube and Vimeo" in refused(video(embed="https://evil.example/v/1"), draft=True)
