"""One shared text a company and question; nothing anybody wrote is lost."""

from typing import Any

import pytest

from courses import actions
from courses.actions import Saved, Written
from courses.models import WorksheetAnswer, WorksheetAnswerVersion
from lms.accounts.models import User
from tests.courses.conftest import Learner
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import EnrolmentFactory, worksheet

pytestmark = pytest.mark.django_db
QUESTIONS = worksheet("sheet", ["payer", "region"])["value"]["questions"]


def save(learner: Learner, user: User | None = None, **texts: Any) -> Saved:
    """Save these texts: a string, or Written with its version."""
    written = {key: text if isinstance(text, Written) else Written(text) for key, text in texts.items()}
    return actions.save_worksheet(user or learner.user, learner.place(0), QUESTIONS, written, company=learner.company)


@pytest.fixture
def colleague(learner: Learner) -> User:
    user: User = MembershipFactory(company=learner.company).user
    EnrolmentFactory(user=user, course=learner.page, company=learner.company)
    return user


def texts(key: str = "payer") -> list[str]:
    """What was ever written, newest first."""
    answer = WorksheetAnswer.objects.get(question_key=key)
    return [answer.text, *answer.versions.values_list("text", flat=True)]


def test_a_first_text_belongs_to_the_company_and_its_section(learner: Learner) -> None:
    assert save(learner, payer="The hospital.").keys == ["payer"]
    answer = WorksheetAnswer.objects.get()
    assert (answer.company, answer.section, answer.version) == (learner.company, "customer_and_payer", 1)
    assert answer.updated_by == learner.user


def test_an_empty_form_writes_nothing(learner: Learner) -> None:
    assert save(learner, payer="  ", region="").is_whole
    assert not WorksheetAnswer.objects.exists()


@pytest.mark.database
def test_a_change_keeps_what_was_there(learner: Learner, colleague: User) -> None:
    save(learner, payer="One.")
    save(learner, colleague, payer=Written("Two.", version=1))
    assert texts() == ["Two.", "One."]
    history = WorksheetAnswerVersion.objects.get()
    assert (history.version, history.written_by) == (1, learner.user)


def test_the_same_text_again_changes_nothing(learner: Learner) -> None:
    save(learner, payer="One.")
    assert save(learner, payer=Written("One.", version=1)).keys == []
    assert texts() == ["One."]


@pytest.mark.database
def test_a_colleague_was_there_first(learner: Learner, colleague: User) -> None:
    save(learner, payer="One.")
    save(learner, colleague, payer=Written("Theirs.", version=1))
    saved = save(learner, payer=Written("Mine.", version=1))
    assert saved.conflicts["payer"].text == "Theirs."
    assert texts() == ["Theirs.", "One."], "nothing is written before somebody chooses"


@pytest.mark.database
def test_both_wrote_the_first_text(learner: Learner, colleague: User) -> None:
    save(learner, colleague, payer="Theirs.")
    assert save(learner, payer="Mine.").conflicts["payer"].text == "Theirs."


@pytest.mark.parametrize(("keep", "left"), [("mine", ["Mine.", "Theirs."]), ("theirs", ["Theirs."])])
@pytest.mark.database
def test_choosing_one_of_two(learner: Learner, colleague: User, keep: str, left: list[str]) -> None:
    save(learner, colleague, payer="Theirs.")
    assert save(learner, payer=Written("Mine.", version=0, keep=keep, seen=1)).is_whole
    assert texts() == left


def test_choosing_about_a_text_that_changed_again_asks_again(learner: Learner, colleague: User) -> None:
    save(learner, colleague, payer="Theirs.")
    save(learner, colleague, payer=Written("Theirs, better.", version=1))
    saved = save(learner, payer=Written("Mine.", version=0, keep="mine", seen=1))
    assert saved.conflicts["payer"].text == "Theirs, better."


def test_a_box_left_alone_is_no_conflict(learner: Learner, colleague: User) -> None:
    save(learner, payer="One.")
    save(learner, colleague, payer=Written("Two.", version=1))
    assert save(learner, payer=Written("One.", version=1), region="Texas.").is_whole
    assert texts() == ["Two.", "One."]
    assert texts("region") == ["Texas."]


@pytest.mark.database
def test_what_can_be_saved_is_saved_beside_what_cannot(learner: Learner) -> None:
    saved = save(learner, payer="-", region="Texas.")
    assert list(saved.errors) == ["payer"]
    assert saved.keys == ["region"]


@pytest.mark.parametrize("text", ["-", "...", "—", "???", "  . "])
def test_a_mark_is_no_answer(learner: Learner, text: str) -> None:
    assert "we do not know yet" in save(learner, payer=text).errors["payer"]


@pytest.mark.parametrize("text", ["5", "vi vet ikke ennå", "日本", "x" * 10_000])
def test_a_short_or_long_answer_is_one(learner: Learner, text: str) -> None:
    assert save(learner, payer=text).is_whole


def test_a_novel_is_refused_with_its_length(learner: Learner) -> None:
    assert "10,001" in save(learner, payer="x" * 10_001).errors["payer"]


@pytest.mark.database
def test_clearing_a_text_keeps_it_in_the_history(learner: Learner) -> None:
    save(learner, payer="One.")
    save(learner, payer=Written("", version=1))
    assert texts() == ["", "One."]


def test_questions_that_are_not_on_the_sheet_are_not_written(learner: Learner) -> None:
    save(learner, other="Hello.")
    assert not WorksheetAnswer.objects.exists()


def test_somebody_who_has_not_started(learner: Learner) -> None:
    with pytest.raises(actions.NotEnrolled):
        save(learner, UserFactory(), payer="x")
