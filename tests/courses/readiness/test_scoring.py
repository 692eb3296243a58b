"""Scores: order does not matter, a better answer never lowers one, and what is unknown is never a middle value."""

from decimal import Decimal

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from courses.readiness.rules import Given, next_steps, overall, scores
from courses.readiness.rules.scoring import level_for
from tests.factories.readiness import content

FACTS = {"product_class": "", "stage": ""}
QUESTIONS = content({"market": 4, "payer": 4, "capital": 3})
KEYS = [question.key for question in QUESTIONS.questions]
ANSWERS = st.dictionaries(
    st.sampled_from(KEYS),
    st.one_of(st.integers(1, 5).map(lambda worth: Given(worth)), st.just(Given(not_relevant=True)), st.just(Given())),
)


@for_all(ANSWERS, st.randoms())
@settings(max_examples=60)
def test_the_order_of_answers_does_not_matter(answers, random):
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert scores(QUESTIONS, dict(shuffled), **FACTS) == scores(QUESTIONS, answers, **FACTS)
    assert next_steps(QUESTIONS, dict(shuffled), **FACTS) == next_steps(QUESTIONS, answers, **FACTS)


@for_all(ANSWERS, st.sampled_from(KEYS))
@settings(max_examples=60)
def test_a_better_answer_never_lowers_a_score(answers, key):
    worth = answers.get(key, Given()).worth
    if worth is None or worth == 5:
        return
    before = scores(QUESTIONS, answers, **FACTS)
    after = scores(QUESTIONS, {**answers, key: Given(worth + 1)}, **FACTS)
    for one, other in zip(before, after, strict=True):
        assert one.value is None or (other.value is not None and other.value >= one.value)
        assert other.level is None or one.level is None or other.level >= one.level


@for_all(ANSWERS, st.sampled_from(KEYS))
@settings(max_examples=60)
def test_what_is_not_answered_lowers_confidence(answers, key):
    if answers.get(key, Given()).worth is None:
        return
    topic = QUESTIONS.by_key[key].topic
    before = next(score for score in scores(QUESTIONS, answers, **FACTS) if score.topic == topic)
    less = {other: given for other, given in answers.items() if other != key}
    after = next(score for score in scores(QUESTIONS, less, **FACTS) if score.topic == topic)
    assert after.confidence < before.confidence


def test_nothing_known_is_unknown():
    found = scores(QUESTIONS, {}, **FACTS)
    assert {score.value for score in found} == {None}
    assert overall(found) is None


def test_the_mean_is_rounded_half_up_and_leaves_out_what_is_not_relevant():
    answers = {"market-0": Given(2), "market-1": Given(3), "market-2": Given(not_relevant=True)}
    market = scores(QUESTIONS, answers, **FACTS)[0]
    assert (market.value, market.answered, market.applicable) == (Decimal("2.5"), 2, 3)
    answers |= {"market-3": Given(3)}
    assert scores(QUESTIONS, answers, **FACTS)[0].value == Decimal("2.7")


def test_the_limits_of_levels():
    levels = [int(level_for(QUESTIONS, Decimal(value))) for value in ("1.0", "2.4", "2.5", "3.7", "3.8", "5.0")]
    assert levels == [1, 1, 2, 2, 3, 3]


def test_three_steps_from_the_lowest_topics_one_each():
    answers = {"market-0": Given(4), "payer-0": Given(1), "payer-1": Given(1), "capital-0": Given(3)}
    assert [step.question for step in next_steps(QUESTIONS, answers, **FACTS)] == ["payer-0", "capital-0", "market-0"]
