import json
import random
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.files import gift
from courses.files.gift import GiftError, Option, Question, Text
from courses.rules import QuestionKind


def one(text: str) -> Question:
    questions = gift.loads(text)
    assert len(questions) == 1
    return questions[0]


def refusals(text: str) -> list[tuple[int, str]]:
    with pytest.raises(GiftError) as caught:
        gift.loads(text)
    return [tuple(problem) for problem in caught.value.problems]


# --- What is read ----------------------------------------------------------------------------------------------------
def test_reads_a_choice_with_everything():
    question = one(
        "// [id:q-1]\n::Title\\: it::Which\nis right?{\n=This.#Right,\nof course.\n~%25%Nearly\n~That\n####Because.\n}"
    )
    assert question == Question(
        kind="single",
        text=Text("Which is right?"),
        options=(
            Option(Text("This."), 100, Text("Right, of course.")),
            Option(Text("Nearly"), 25),
            Option(Text("That"), 0),
        ),
        id="q-1",
        title="Title: it",
        explanation=Text("Because."),
    )
    assert question.line == 2


@pytest.mark.parametrize(
    ("answers", "kind", "weights"),
    [
        ("{~a =b}", QuestionKind.SINGLE, [0, 100]),
        ("{~%50%a ~%50%b ~%-100%c}", QuestionKind.MULTIPLE, [50, 50, -100]),
        ("{~%33.33333%a ~%33.33333%b ~%33.33333%c}", QuestionKind.MULTIPLE, [33, 33, 34]),
        ("{T}", QuestionKind.TRUE_FALSE, [100, 0]),
        ("{FALSE}", QuestionKind.TRUE_FALSE, [0, 100]),
        ("{=a =%50%b}", QuestionKind.SHORT_ANSWER, [100, 50]),
        ("{a}", QuestionKind.SHORT_ANSWER, [100]),
        ("{#5}", QuestionKind.NUMERICAL, [100]),
        ("{# =5 =%50%6}", QuestionKind.NUMERICAL, [100, 50]),
    ],
)
def test_knows_the_kind_by_the_answers(answers: str, kind: str, weights: list[int]):
    question = one(f"Which?{answers}")
    assert question.kind == kind
    assert [option.weight for option in question.options] == weights


@pytest.mark.parametrize(
    ("text", "number", "tolerance"),
    [
        ("{#1822}", "1822", "0"),
        ("{#-3.142:0.001}", "-3.142", "0.001"),
        ("{#1..5}", "3", "2"),
        ("{#-3.142..-3.141}", "-3.1415", "0.0005"),
        ("{#=90 : 5 #Right}", "90", "5"),
    ],
)
def test_reads_numbers_with_what_still_counts(text: str, number: str, tolerance: str):
    option = one(f"How many?{text}").options[0]
    assert Decimal(option.text.text) == Decimal(number)
    assert option.tolerance == Decimal(tolerance)


@pytest.mark.parametrize(
    ("answers", "feedback"),
    [
        ("{T#wrong#right}", ["right", "wrong"]),
        ("{F#wrong#right}", ["wrong", "right"]),
        ("{T#wrong}", ["", "wrong"]),
        ("{T##right}", ["right", ""]),
    ],
)
def test_true_or_false_has_the_feedback_for_the_wrong_answer_first(answers: str, feedback: list[str]):
    question = one(f"So?{answers}")
    assert [option.feedback.text for option in question.options] == feedback


def test_undoes_escapes():
    question = one(r"A \{ \} \~ \= \# \: \\n and\nnew $\\neq$ \x{=b\=c#d\#e ~f}")
    assert question.text.text == "A { } ~ = # : \\n and\nnew $\\neq$ \\x"
    assert question.options[0] == Option(Text("b=c"), 100, Text("d#e"))


def test_formats_are_inherited_from_the_question():
    question = one("[html]<p>Which?</p>{=<b>a</b>#[plain]yes ~[markdown]b}")
    assert question.text == Text("<p>Which?</p>", "html")
    assert question.options[0] == Option(Text("<b>a</b>", "html"), 100, Text("yes", "plain"))
    assert question.options[1].text == Text("b", "markdown")


def test_comments_categories_and_blank_lines_are_left_out():
    text = "$CATEGORY: a/b\n\n// a comment\n// [id:q-1] [tag:x]\nWhich?{\n=a\n// another\n\n~b\n}\n\n\nSo?{T}\n"
    first, second = gift.loads(text)
    assert (first.id, len(first.options), first.line) == ("q-1", 2, 5)
    assert (second.id, second.line) == ("", 13)


def test_an_empty_file_has_no_questions():
    assert gift.loads("\ufeff\r\n// nothing\r\n") == []


# --- What is refused, with its line ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\nA text.\n\nSo?{T}", 2, "no answers"),
        ("Write!{}", 1, "Essays"),
        ("Write!{####feedback}", 1, "Essays"),
        ("Match.{\n=a -> b\n=c -> d\n}", 1, "Matching"),
        ("Grant is {~a =b}\nin the tomb.", 2, "Missing-word"),
        ("So?{T}\nAnd so?{F}", 2, "empty line between"),
        ("So?{T}\n\nWhich?{\n=a\n\nSo?{T}", 3, "never closed"),
        ("Which?{=a {b}", 1, "There is a {"),
        ("Which? }", 1, "There is a }"),
        ("So?{T}\n\n{T}", 3, "question is empty"),
        ("::Title\nWhich?{T}", 1, "title is not closed"),
        ("Which?{\n=a\n~\n}", 3, "An answer is empty"),
        ("Which?{\nstray\n=a ~b}", 1, "before the first answer"),
        ("Which?{\n=a\n~%150%b}", 3, "between %-100%"),
        ("Which?{~%50%a ~b}", 1, "add up to 50"),
        ("Which?{~a ~b}", 1, "No answer is right"),
        ("Which?{=%50%a ~b}", 1, "No answer is worth 100"),
        ("How many?{#five}", 1, "is not a number"),
        ("How many?{#1e9999999}", 1, "is not a number"),
        ("How many?{#\n=5\n~6}", 1, "only = answers"),
    ],
)
def test_refuses_with_line_and_reason(text: str, line: int, words: str):
    problems = refusals(text)
    assert [problem[0] for problem in problems] == [line], problems
    assert words in problems[0][1]


def test_finds_every_problem_at_once():
    lines = [line for line, _message in refusals("A text.\n\nSo?{T}\n\nWrite!{}\n\nWhich?{~a ~b}")]
    assert lines == [1, 5, 7]


def test_refuses_more_than_fits():
    assert "bytes" in refusals("a" * (gift.MAX_BYTES + 1))[0][1]
    assert "100 fit" in refusals("Which?{=a" + "~b" * 100 + "}")[0][1]
    assert "at most 200" in refusals("So?{T}\n\n" * 201)[0][1]


HOSTILE = {
    "junk": lambda: random.Random(1).randbytes(600_000).decode("latin1"),
    "five million": lambda: "a" * 5_000_000,
    "tildes": lambda: "q{" + "~" * 100_000 + "}",
    "weights": lambda: "q{" + "=%5" * 200_000 + "}",
    "opened": lambda: "{" * 500_000,
    "closed": lambda: "}" * 500_000,
    "opened in lines": lambda: "q{\n" * 300_000,
    "opened in paragraphs": lambda: "q{\n\n" * 200_000,
    "backslashes": lambda: "\\" * 900_000,
    "titles": lambda: "::" * 400_000,
    "hashes": lambda: "q{=a" + "#" * 800_000 + "}",
    "spaces": lambda: " " * 900_000 + "q{T}",
    "spaces inside": lambda: "q" + " \t" * 400_000 + "x{T}",
    "lines of spaces": lambda: ("q" + " " * 900 + "\n") * 1000 + "{T}",
    "formats": lambda: "[html" * 150_000 + "{T}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_never_takes_long(name: str):
    text = HOSTILE[name]()
    began, problems = time.process_time(), []
    try:
        gift.loads(text)
    except GiftError as error:
        problems = error.problems
    assert time.process_time() - began < 2
    assert len(problems) <= 100


# --- Writing ---------------------------------------------------------------------------------------------------------
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n=~#{}:\\%[]>-n/$"), max_size=25)
FORMAT = st.sampled_from(["moodle", "html", "markdown", "plain"])


@st.composite
def texts(draw: Any, *, empty: bool = True) -> Text:
    said = draw(WORDS).strip() or ("" if empty else "x")
    return Text(said, draw(FORMAT) if said else "moodle")


@st.composite
def questions(draw: Any) -> Question:
    kind = draw(st.sampled_from(QuestionKind.values))
    if kind == "true_false":
        right = draw(st.booleans())
        options = [
            Option(Text("True"), 100 * right, draw(texts())),
            Option(Text("False"), 100 * (not right), draw(texts())),
        ]
    elif kind == "numerical":
        numbers = st.decimals(-10_000, 10_000, places=4)
        options = [
            Option(Text(f"{draw(numbers):f}"), weight, draw(texts()), abs(draw(numbers)))
            for weight in [100, *draw(st.lists(st.integers(-100, 100), max_size=3))]
        ]
    else:
        first = [50, 50] if kind == "multiple" else [100]
        rest = st.lists(st.integers(-100, 0 if kind == "multiple" else 99), min_size=kind == "single", max_size=3)
        options = [Option(draw(texts(empty=False)), weight, draw(texts())) for weight in [*first, *draw(rest)]]
    id = draw(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="]"), max_size=9))
    return Question(str(kind), draw(texts(empty=False)), tuple(options), id, draw(WORDS).strip(), draw(texts()))


@settings(max_examples=200)
@given(st.lists(questions(), max_size=3))
def test_what_is_written_is_read_back(quiz: list[Question]):
    written = gift.dumps(quiz)
    assert gift.loads(written) == quiz
    assert gift.dumps(gift.loads(written)) == written


def test_an_id_that_cannot_be_written_is_refused():
    with pytest.raises(ValueError, match="cannot be a question's id"):
        gift.dumps(
            [Question("true_false", Text("So?"), (Option(Text("True"), 100), Option(Text("False"), 0)), id="a]b")]
        )


# --- Real files, with the parse of a reference parser ----------------------------------------------------------------
REFUSED = {"Description", "Essay", "Matching"}
KINDS = {"MC": {"single", "multiple"}, "TF": {"true_false"}, "Short": {"short_answer"}, "Numerical": {"numerical"}}


def reference_files() -> list[str]:
    folder = Path(__file__).resolve().parents[4] / "shared" / "inputs" / "gift"
    return sorted(path.stem for path in folder.glob("*.gift"))


def said(value: dict[str, str] | None) -> str:
    return " ".join(value["text"].split()) if value else ""


def same(text: Text, reference: dict[str, str] | None) -> None:
    assert " ".join(text.text.split()) == said(reference)
    if reference:
        assert text.format == reference["format"]


@pytest.mark.parametrize("name", reference_files() or ["absent"])
def test_agrees_with_the_reference_parser(inputs: Path, name: str):
    source = (inputs / "gift" / f"{name}.gift").read_text(encoding="utf-8")
    expected = [q for q in json.loads((inputs / "gift" / f"{name}.json").read_text()) if q["type"] != "Category"]
    unsupported = [q for q in expected if q["type"] in REFUSED or q["hasEmbeddedAnswers"]]
    if unsupported:
        problems = refusals(source)
        assert len(problems) == len(unsupported)
        assert all(1 <= line <= source.count("\n") + 1 for line, _message in problems)
        return
    read = gift.loads(source)
    assert len(read) == len(expected)
    for question, reference in zip(read, expected, strict=True):
        compare(question, reference)
    assert gift.loads(gift.dumps(read)) == read


def compare(question: Question, reference: dict[str, Any]) -> None:
    assert question.kind in KINDS[reference["type"]]
    assert question.id == (reference["id"] or "")
    assert question.title == (reference["title"] or "")
    same(question.text, reference["stem"])
    same(question.explanation, reference["globalFeedback"])
    if question.kind == "true_false":
        right, wrong = sorted(question.options, key=lambda option: -option.weight)
        assert question.options[0].weight == (100 if reference["isTrue"] else 0)
        same(wrong.feedback, reference["trueFeedback"])  # the reference names them by place: the first is for wrong
        same(right.feedback, reference["falseFeedback"])
        return
    choices = reference["choices"]
    if isinstance(choices, dict):
        choices = [{"text": choices, "weight": None, "isCorrect": True, "feedback": None}]
    assert len(question.options) == len(choices)
    for option, choice in zip(question.options, choices, strict=True):
        assert option.weight == (
            choice["weight"] if choice["weight"] is not None else 100 if choice["isCorrect"] else 0
        )
        same(option.feedback, choice["feedback"])
        if question.kind == "numerical":
            assert float(option.text.text) == choice["text"]["number"]
            assert float(option.tolerance or 0) == choice["text"].get("range", 0)
        else:
            same(option.text, choice["text"])
