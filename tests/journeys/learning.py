"""How a person learns at speed: right answers from the course's own files, given through the page."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from courses.files.gift import Question, loads
from tests.product import Person, Product

FILES = Path(__file__).resolve().parents[2] / "lms" / "demo" / "courses" / "usa-next-foundations"
COURSE = "/courses/usa-next-foundations/"
FIRST = f"{COURSE}how-care-is-organised/fifty-states/"
PASSWORD = "fjord-kyst-og-hav"
DONE = re.compile("^Mark as done")


@cache
def questions() -> dict[str, Question]:
    """Every quiz question of the demo course, by id."""
    return {question.id: question for file in FILES.rglob("*.gift") for question in loads(file.read_text("utf-8"))}


def right_answers(question: Question) -> list[str]:
    """What to choose or type, as the page shows it."""
    if question.kind == "true_false":
        return ["True" if question.options[0].weight == 100 else "False"]
    right = [option.text.text for option in question.options if option.weight > 0]
    return right if question.kind in ("single", "multiple") else right[:1]


def asked_in(quiz: Locator) -> list[str]:
    """The ids of a quiz's questions."""
    names: list[str] = quiz.locator("[name^=answer-]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    assert names, "the quiz asks nothing"
    return [name.removeprefix("answer-") for name in names]


def give(quiz: Locator, question: str, answers: Iterable[str]) -> None:
    """Choose or type these answers to one question."""
    inputs = f'[name="answer-{question}"]'
    for answer in answers:
        if quiz.locator(inputs).first.get_attribute("type") == "text":
            quiz.locator(inputs).fill(answer)
        else:
            quiz.locator("label").filter(has=quiz.page.locator(inputs)).get_by_text(answer, exact=True).click()


def give_wrong(quiz: Locator, question: str) -> None:
    """Answer one question wrong."""
    right = right_answers(questions()[question])
    options = quiz.locator("label").filter(has=quiz.page.locator(f'[name="answer-{question}"]')).all_inner_texts()
    give(quiz, question, [next((text.strip() for text in options if text.strip() not in right), "0")])


def answer(quiz: Locator) -> None:
    """Answer every question of a quiz right, without sending it."""
    for question in asked_in(quiz):
        give(quiz, question, right_answers(questions()[question]))


def pass_every_quiz(page: Page) -> int:
    """Answer and send each quiz of a lesson; how many there were."""
    ids = page.locator(".quiz:has(form)").evaluate_all("all => all.map(one => one.id)")
    for identity in ids:
        quiz = page.locator(f"#{identity}")
        answer(quiz)
        quiz.get_by_role("button", name="Check my answers").click()
        expect(quiz.get_by_role("status").first).to_contain_text("Passed.")
    return len(ids)


def sign_up(product: Product, person: Person, *, name: str) -> str:
    """Somebody new registers with a company of their own and confirms by mail; their address."""
    person.page.goto("/accounts/signup/")
    return register(product, person, name=name)


def register(product: Product, person: Person, *, name: str) -> str:
    """As `sign_up`, from the form on."""
    page, address = person.page, f"{uuid4().hex[:10]}@ny.example"
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Company", exact=True).fill(f"Kystvakt {address[:6]} AS")
    page.get_by_label("Organisation number").fill(organisation_number())
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm your address")
    letter = product.until(lambda: product.letters(address), within=15, what="the code is mailed")[-1]
    page.get_by_role("main").get_by_role("textbox").fill(code_in(str(letter["Subject"])))
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Confirm your address")
    return address


def code_in(subject: str) -> str:
    """The code of a letter whose subject says it, so that people can read it off the notification."""
    assert subject.startswith("Your code: "), subject
    return subject.removeprefix("Your code: ")


def organisation_number() -> str:
    """A Norwegian organisation number nobody has: eight digits and the check digit by MOD11."""
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    while True:
        digits = f"9{uuid4().int % 10_000_000:07}"
        check = -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"


def reads(page: Page, sentence: str | re.Pattern[str]) -> None:
    """The page's main part says this."""
    expect(page.get_by_role("main")).to_contain_text(sentence)


def start(page: Page) -> None:
    """Who has not started the foundation course starts it, and stands before its first lesson."""
    page.goto(COURSE)
    page.get_by_role("button", name="Start the course").click()
    page.wait_for_url(f"**{FIRST}")
