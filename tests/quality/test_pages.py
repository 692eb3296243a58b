"""Every page anybody can reach: nothing missing, valid HTML, what everybody needs to read it, a strict policy."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.product import Product
from tests.quality.crawler import Fetched, Walk
from tests.quality.ways import issued

SIGNED_OUT = "signed out"
PEOPLE = ["learner", SIGNED_OUT, "company", "advisor", "owner"]
"""Between them they see every kind of page: walking as more people finds the same ones again. Who comes later opens
every page that nobody before could, and some of each kind of the others."""
LINKED = {
    SIGNED_OUT: ["/courses/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/privacy/"],
    "learner": ["/me/", "/me/profile/", "/company/", "/accounts/password/change/"],
    "advisor": ["/advisor/", "/me/"],
}
"""What people must be able to find without knowing its address."""
CONTROLS = ("input", "select", "textarea")
NEVER, NORWEGIAN = re.compile(r"(?!)"), re.compile("^/nb/")
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


@pytest.fixture(scope="module")
def walk(product: Product) -> Callable[[str], Walk]:
    """Somebody's walk over the whole site, each made once, in their order. Two people walk it in both languages."""
    walks: dict[str, Walk] = {}

    def made(who: str) -> Walk:
        for one in PEOPLE[: PEOPLE.index(who) + 1]:
            if one not in walks:
                known = frozenset(path for walk in walks.values() for path in walk.pages)
                walks[one] = walked(product, one, known)
        return walks[who]

    return made


def walked(product: Product, who: str, known: frozenset[str]) -> Walk:
    session = product.session(None if who == SIGNED_OUT else who)
    both = who in (SIGNED_OUT, "learner")
    name = product.rows("SELECT full_name FROM accounts_user WHERE email = ?", f"{who}@demo.example")
    walk = Walk(
        product.url,
        session,
        stay_out=NEVER if both else NORWEGIAN,
        name=name[0][0] if name else "",
        known=known,
    )
    return walk.go("/", *([f"/certificates/{issued(product)}/"] if who == SIGNED_OUT else []))


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_leads_somewhere(walk: Callable[[str], Walk], who: str) -> None:
    assert not walk(who).faults
    assert len(walk(who).pages) > 10, "the walk found next to nothing, so it proves nothing"


@pytest.mark.parametrize("who", LINKED)
def test_what_people_need_is_linked(walk: Callable[[str], Walk], who: str) -> None:
    assert set(LINKED[who]) <= walk(who).linked


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_sound(walk: Callable[[str], Walk], who: str) -> None:
    pages = [page for page in walk(who).pages.values() if page.is_html]
    assert not [f"{page.address}: {fault}" for page in pages for fault in faults_of(page)]


def test_a_missing_page_is_sound(operated: Product) -> None:
    page = Walk(operated.url, operated.session(), stay_out=NEVER).fetch("/nowhere/", "the start")
    assert page.status == 404
    assert not list(faults_of(page))


def faults_of(page: Fetched) -> Iterator[str]:
    """What is wrong with one page."""
    yield from page.complaints
    yield from [f"the id {name} stands {times} times" for name, times in Counter(page.ids()).items() if times > 1]
    yield from head_faults(page)
    yield from inline_faults(page)
    yield from sound_faults(page)
    yield from control_faults(page)
    yield from policy_faults(page.headers.get("Content-Security-Policy", ""))


def head_faults(page: Fetched) -> Iterator[str]:
    headings = ["".join(node.itertext()).strip() for node in page.each("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"has {len(headings)} first headings: {headings}"
    language = "nb" if page.address.startswith("/nb/") else "en"
    if (said := next(page.each("html")).get("lang")) != language:
        yield f"says its language is {said}"
    titles = ["".join(node.itertext()).strip() for head in page.each("head") for node in head.iter("title")]
    if len(titles) != 1 or not re.fullmatch(r"\S.* \| Landfall", titles[0], re.DOTALL):
        yield f"has the titles {titles}"


def inline_faults(page: Fetched) -> Iterator[str]:
    """What the policy would refuse."""
    for node in page.each():
        for name in node.attrib:
            if name == "style" or name.startswith("on"):
                yield f"{node.tag} has {name}="
        runs = node.tag == "script" and not node.get("src") and node.get("type") != "application/ld+json"
        if node.tag == "style" or runs:  # data for other programs is no script to a browser
            yield f"has an inline {node.tag}"


def sound_faults(page: Fetched) -> Iterator[str]:
    """Nothing begins to play by itself."""
    yield from [f"{node.tag} plays by itself" for node in page.each("audio", "video") if "autoplay" in node.attrib]


def control_faults(page: Fetched) -> Iterator[str]:
    """Every control has a name that is read aloud, and whatever it points at is there."""
    ids = set(page.ids())
    labelled = {node.get("for") for node in page.each("label")}
    inside = {id(control) for label in page.each("label") for control in label.iter() if control.tag in CONTROLS}
    for node in page.each(*CONTROLS):
        if node.tag == "input" and node.get("type", "text") in UNLABELLED:
            continue
        named = node.get("aria-label") or node.get("aria-labelledby")
        if not named and id(node) not in inside and node.get("id") not in labelled:
            yield f"{node.tag} {node.get('name')} has no label"
    for node in page.each():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget", "form", "list"):
            for target in node.get(name, "").split():
                if target not in ids:
                    yield f"{node.tag} {name}={target}, which is not there"


def policy_faults(policy: str) -> Iterator[str]:
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";") if rule.strip()}
    for name, sources in {"default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"]}.items():
        if rules.get(name) != sources:
            yield f"its policy has {name} {rules.get(name)}"
    if "unsafe" in policy:
        yield f"its policy allows something unsafe: {policy}"
