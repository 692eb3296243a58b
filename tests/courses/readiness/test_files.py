"""The questionnaire as a file: the demo's is whole, loading it twice changes nothing, and mistakes are named."""

from pathlib import Path

import pytest

from courses.readiness import files
from courses.readiness.actions import publish
from courses.readiness.models import Option, Question, Topic
from courses.readiness.selectors import content_of
from lms.demo.readiness import FILE
from tests.factories.cms import TopicFactory

pytestmark = pytest.mark.django_db

QUESTION = """
[[topic]]
id = "market"
title = "Market"
[[question]]
id = "MKT-1"
topic = "market"
text = "How well?"
options = ["1", "2", "3", "4", "5"]
improve = ["a", "b", "c", "d"]
classes = ["ivd"]
stages = ["all"]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "questionnaire.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_demos_questionnaire_has_ten_topics_of_four_questions():
    assert files.load(FILE) == files.load(FILE) == 40
    content = content_of(publish(by=None))
    assert [sum(question.topic == topic.key for question in content.questions) for topic in content.topics] == [4] * 10
    assert all(topic.strong and topic.thin for topic in content.topics)
    assert Option.objects.count() == 200


def test_the_demos_questionnaire_is_in_norwegian_throughout():
    files.load(FILE)
    rows = [*Topic.objects.all(), *Question.objects.all(), *Option.objects.all()]
    without = [
        f"{row}: {name}"
        for row in rows
        for name in ("title", "strong", "thin", "wording", "help", "improve")
        if getattr(row, name, "") and not getattr(row, f"{name}_nb")
    ]
    assert len(rows) == 10 + 40 + 200
    assert without == []


def test_norwegian_stands_beside_its_english(tmp_path):
    files.load(written(tmp_path, QUESTION + 'text_nb = "Hvor godt?"\nimprove_nb = ["å", "b", "c", "d"]\n'))
    norwegian, english = (content_of(publish(by=None), language).by_key["MKT-1"] for language in ("nb", "en"))
    assert (norwegian.text, english.text) == ("Hvor godt?", "How well?")
    assert [option.improve for option in norwegian.options] == ["å", "b", "c", "d", ""]
    assert [option.text for option in norwegian.options] == [option.text for option in english.options]
    files.load(written(tmp_path, QUESTION))
    assert Question.objects.get().wording_nb == ""


def test_what_the_file_leaves_out_is_not_asked_any_more(tmp_path):
    files.load(FILE)
    files.load(written(tmp_path, QUESTION))
    assert Question.objects.get(retired=False).key == "MKT-1"
    assert [question.key for question in content_of(publish(by=None)).asked("ivd", "")] == ["MKT-1"]
    assert content_of(publish(by=None)).asked("medicine", "") == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('topic = "market"\n', 'topic = "marked"\n'),
        ('"4", "5"]', '"4"]'),
        ('["ivd"]', '["toys"]'),
        ('["ivd"]', '["ivd"]\noptions_nb = ["1", "2", "3", "4"]'),
        ('["ivd"]', '["ivd"]\noptions_nb = []'),
        ('["ivd"]', '["ivd"]\nimprove_nb = ["a", "b", "c", "d", "e"]'),
    ],
)
def test_a_mistake_names_its_question_and_changes_nothing(tmp_path, wrong, right):
    with pytest.raises(files.Unreadable, match="MKT-1"):
        files.load(written(tmp_path, QUESTION.replace(wrong, right)))
    assert not Question.objects.exists()


def test_subjects_are_the_sites_topics_and_what_is_none_is_left_out(tmp_path):
    subject = TopicFactory(slug="regulatory")
    files.load(written(tmp_path, QUESTION.replace('"Market"', '"Market"\nsubjects = ["regulatory", "gone"]')))
    assert list(Topic.objects.get(key="market").subjects.all()) == [subject]
    files.load(written(tmp_path, QUESTION))
    assert not Topic.objects.get(key="market").subjects.exists()
