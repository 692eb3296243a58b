"""The questionnaire as a file: TOML with topics, and questions with five answers each, in English and Norwegian."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from cms.models import Topic as Subject
from courses.models import ModulePage
from courses.readiness.models import Option, Question, Topic
from courses.readiness.rules.content import EVERYTHING
from lms.accounts.rules import DevelopmentStage, ProductClass


class Unreadable(ValueError):
    """The file cannot be taken; the message names the topic or question and what is wrong. Nothing was changed."""


@transaction.atomic
def load(path: Path) -> int:
    """Bring topics and questions in step with the file, by their keys; the number of questions. Publishing is separate.

    What the file does not name is not asked any more, and stays for the editions it is in. A subject that is no topic
    of this site is left out. Norwegian may be left out, list by list. Raises Unreadable.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    topics, subjects = {}, dict(Subject.objects.values_list("slug", "pk"))
    for place, topic in enumerate(data.get("topic", [])):
        words = {name: topic.get(name, "") for name in ("title", "title_nb", "strong", "strong_nb", "thin", "thin_nb")}
        topics[topic["id"]], _made = Topic.objects.update_or_create(key=topic["id"], defaults={**words, "place": place})
        topics[topic["id"]].subjects.set([subjects[slug] for slug in topic.get("subjects", ()) if slug in subjects])
    pages = {module.key.upper(): module.pk for module in ModulePage.objects.live().order_by("-pk")}
    keys = [_question(entry, place, topics, pages) for place, entry in enumerate(data.get("question", []))]
    Question.objects.exclude(key__in=keys).update(retired=True)
    return len(keys)


def _question(entry: Mapping[str, Any], place: int, topics: Mapping[str, Topic], pages: Mapping[str, int]) -> str:
    key = str(entry.get("id", ""))
    if entry.get("topic") not in topics:
        raise Unreadable(f"question {key or place + 1}: there is no topic “{entry.get('topic')}”")
    options, improve = entry.get("options", []), entry.get("improve", [])
    options_nb, improve_nb = entry.get("options_nb", [""] * 5), entry.get("improve_nb", [""] * 4)
    if len(options) != 5 or len(improve) != 4:
        raise Unreadable(f"question {key}: it needs five options and four texts on how to improve")
    if len(options_nb) != 5 or len(improve_nb) != 4:
        raise Unreadable(f"question {key}: in Norwegian, too, it needs five options and four texts on how to improve")
    question, _made = Question.objects.update_or_create(
        key=key,
        defaults={
            "topic": topics[entry["topic"]],
            "wording": entry["text"],
            "wording_nb": entry.get("text_nb", ""),
            "help": entry.get("help", ""),
            "help_nb": entry.get("help_nb", ""),
            "classes": _allowed(key, entry.get("classes", [EVERYTHING]), ProductClass.values),
            "stages": _allowed(key, entry.get("stages", [EVERYTHING]), DevelopmentStage.values),
            "place": place,
            "retired": False,
        },
    )
    for worth, wording in enumerate(options, 1):
        further = worth < 5
        Option.objects.update_or_create(
            question=question,
            worth=worth,
            defaults={
                "wording": wording,
                "wording_nb": options_nb[worth - 1],
                "improve": improve[worth - 1] if further else "",
                "improve_nb": improve_nb[worth - 1] if further else "",
                "page_id": pages.get(entry.get("course", "")) if further else None,
                "offer": entry.get("provider", "") if further else "",
                "event": entry.get("event", "") if further else "",
            },
        )
    return key


def _allowed(key: str, values: list[str], known: list[str]) -> list[str]:
    """Empty for all."""
    if EVERYTHING in values:
        return []
    if unknown := sorted(set(values) - set(known)):
        raise Unreadable(f"question {key}: “{', '.join(unknown)}” is no class or stage we know")
    return values
