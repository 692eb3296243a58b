"""A unique word in the file, the preview and the title of every kind of document that is not for everybody.

It is asked for by everybody, at every address that could lead to it, spelled in every way that servers fold together.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.models import Document, HomePage, MasterclassPage, StandardPage
from lms.accounts.models import User
from tests.factories.accounts import ClusterFactory, ClusterMembershipFactory, MembershipFactory, UserFactory
from tests.factories.cms import StandardPageFactory, masterclass, texts
from tests.factories.courses import EnrolmentFactory, lessons_of, make_course

pytestmark = pytest.mark.django_db
PEOPLE = ("anonymous", "outsider", "member", "cluster", "learner", "staff")
MEMBERS = {"member", "cluster", "staff"}
KINDS: dict[str, set[str]] = {
    "nobody": {"staff"},
    "draft": {"staff"},
    "scheduled": {"staff"},
    "expired": {"staff"},
    "unpublished": {"staff"},
    "changed": {"staff"},
    "members": MEMBERS,
    "clusters": {"cluster", "staff"},
    "signed_in": set(PEOPLE) - {"anonymous"},
    "group": {"staff"},
    "linked_draft": {"staff"},
    "lesson": {"learner", "staff"},
    "members_entry": MEMBERS,
    "cluster_entry": {"cluster", "staff"},
    "collection": MEMBERS,
    "open": set(PEOPLE),
    "linked": set(PEOPLE),
    "sample": set(PEOPLE),
    "open_entry": set(PEOPLE),
}
"""What a document is, and who may have it. The last four are the control: there the word must be found."""


def word(kind: str) -> str:
    return f"canary{kind.replace('_', '')}yranac"


def made(name: str, **fields: Any) -> Document:
    said = word(name).encode()
    given = {"title": word(name), "media_type": "audio/mpeg", "duration": 30, **fields}
    return Document.objects.create(
        file=ContentFile(b"ID3" + said * 3, f"{name}.mp3"), preview=ContentFile(b"RIFF" + said, f"{name}.webp"), **given
    )


@pytest.fixture
def cluster() -> Any:
    return ClusterFactory.create(name="Harbour cluster")


@pytest.fixture
def people(cluster: Any) -> dict[str, User | None]:
    belongs = MembershipFactory.create()
    ClusterMembershipFactory.create(company=belongs.company, cluster=cluster)
    return {
        "anonymous": None,
        "outsider": UserFactory.create(),
        "member": MembershipFactory.create().user,
        "cluster": belongs.user,
        "learner": UserFactory.create(),
        "staff": UserFactory.create(is_staff=True),
    }


def entry(kind: str, audience: str) -> Document:
    return made(kind, kind="report", audience=audience)


def plain_page(document: Document, **fields: Any) -> StandardPage:
    page: StandardPage = StandardPageFactory.create(
        parent=HomePage.objects.get(), body=texts(f"[File]({document.url})"), **fields
    )
    page.save_revision().publish()
    return page


@pytest.fixture
def documents(cluster: Any, people: dict[str, User | None]) -> dict[str, Document]:
    """Each kind of KINDS."""
    page: MasterclassPage
    found = {kind: made(kind) for kind in KINDS if not kind.endswith("entry") and kind != "collection"}
    masterclass(audio=found["draft"], publish=False)
    soon = masterclass(audio=found["scheduled"], publish=False)
    soon.go_live_at = timezone.now() + timedelta(days=1)
    soon.save_revision().publish()
    page = masterclass(audio=found["expired"])
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    call_command("publish_scheduled", verbosity=0)
    masterclass(audio=found["unpublished"]).unpublish()
    page = masterclass()  # published without the file, which only a draft of it has
    page.documents.add(found["changed"])
    page.save_revision()
    masterclass(audio=found["members"], audience="members")
    page = masterclass(publish=False)
    page.audience, page.audio = "clusters", found["clusters"]
    page.clusters.add(cluster)
    page.save_revision().publish()
    for kind, restriction_type in (("signed_in", "login"), ("group", "groups")):
        page = masterclass(audio=found[kind])
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=restriction_type)
        if kind == "group":
            restriction.groups.add(Group.objects.create(name="Crew"))
    plain_page(found["linked"])
    plain_page(found["linked_draft"]).unpublish()
    masterclass(audio=found["open"])
    in_lessons(found, people["learner"])
    found["open_entry"] = entry("open_entry", "everyone")
    found["members_entry"] = entry("members_entry", "members")
    found["cluster_entry"] = entry("cluster_entry", "clusters")
    found["cluster_entry"].clusters.add(cluster)
    folder = Collection.get_first_root_node().add_child(name="Kept apart")
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    found["collection"] = made("collection", kind="report", audience="members", collection=folder)
    return found


def in_lessons(found: dict[str, Document], learner: User | None) -> None:
    course = make_course(1, 2)
    for lesson, kind in zip(lessons_of(course), ("sample", "lesson"), strict=True):
        lesson.body = [{"type": "download", "value": {"file": found[kind].pk, "title": "File", "description": ""}}]
        lesson.save_revision().publish()
    EnrolmentFactory.create(user=learner, course=course)


def plain_addresses(document: Document) -> Iterator[str]:
    """The addresses we give, and those of the stored files."""
    pk = document.pk
    yield from (f"/documents/{pk}/{document.filename}", f"/library/{pk}/", f"/library/{pk}/preview.webp")
    yield from (f"/media/{document.file.name}", f"/media/{document.preview.name}")


def odd_addresses(document: Document) -> Iterator[str]:
    """The same in every way that servers fold together, percent signs undone."""
    pk, name, picture = document.pk, document.filename, document.preview.name.removeprefix("previews/")
    arabic = "".join(chr(0x660 + int(digit)) for digit in str(pk))
    for prefix in ("/nb", "/"):
        yield from (prefix + plain for plain in plain_addresses(document))
    for rest in (name.upper(), "other.mp3", f"./{name}", f"/{name}", f"../{pk}/{name}", f"{name}/", f"{name}%00", ""):
        yield f"/documents/{pk}/{rest}"
    yield from (f"/documents/0{pk}/{name}", f"/documents/{arabic}/{name}", f"/Documents/{pk}/{name}")
    for folder, file in (("documents", name), ("previews", picture)):
        for path in (f"./{folder}", f"/{folder}", f"x/../{folder}", folder.upper(), f"{folder}/."):
            yield f"/media/{path}/{file}"
        yield f"/media/{folder}\\{file}"
    yield from (f"/library/0{pk}/preview.webp", f"/documents/authenticate_with_password/{pk}/")


RANGES: tuple[dict[str, str], ...] = ({"Range": "bytes=0-"}, {"Range": "bytes=3-40"}, {"Range": "bytes=-30"})
ODD_FOR = {"anonymous", "member"}
"""Who asks at odd addresses. What people are told apart by is tried at the plain ones by everybody."""


def answers(client: Client, document: Document, *, odd: bool, turn: int) -> Iterator[tuple[str, str]]:
    """(what was asked, all that came back) for every plain address, and of one with HEAD, of a file's with a range.

    An odd address leads to a document or nowhere, whatever kind it is: by `turn` each document is asked for at every
    fourth of them, and by another method and range; together the kinds are asked for at all, several times.
    """
    plain = list(plain_addresses(document))
    for address in plain:
        yield ask(client, "GET", address, {})
    files = [address for address in plain if not address.startswith("/library")]
    yield ask(client, "HEAD", plain[turn % len(plain)], {})
    yield ask(client, "GET", files[turn % len(files)], RANGES[turn // len(files) % len(RANGES)])
    if odd:
        for address in list(odd_addresses(document))[turn % 4 :: 4]:
            yield ask(client, "GET", address, {})


def ask(client: Client, method: str, address: str, headers: dict[str, str]) -> tuple[str, str]:
    sent = address.encode().decode("latin-1")  # as a server puts it into the environment
    answer = client.generic(method, "/", PATH_INFO=sent, headers=headers)
    content = b"".join(answer) if answer.streaming else answer.content
    heads = " ".join(f"{name}: {value}" for name, value in answer.items())
    return f"{method} {address} {headers}: {answer.status_code}", heads + content.decode(errors="replace")


def signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def test_nobody_finds_a_word_that_is_not_for_them(
    people: dict[str, User | None], documents: dict[str, Document]
) -> None:
    leaks, missing, hidden = [], [], []
    for shift, person in enumerate(PEOPLE):
        client = signed_in(people[person])
        for turn, (kind, allowed) in enumerate(KINDS.items()):
            document = documents[kind]
            if person in allowed:
                answer = client.get(document.url)
                if answer.status_code != 200 or word(kind).encode() not in answer.getvalue():
                    missing.append(f"{person} {kind}: {answer.status_code}")
                continue
            for asked, came in answers(client, document, odd=person in ODD_FOR, turn=turn + shift):
                if word(kind) in came or ": 500" in asked or "X-Accel" in came:
                    leaks.append(f"{person} {kind} {asked}")
                elif asked.startswith(f"GET {document.url} "):
                    hidden.append(asked.rpartition(": ")[2])
    assert leaks == []
    assert missing == []
    assert set(hidden) == {"404"}, "a document that is not open is not there"


def test_the_proxy_is_handed_nothing_either(settings: Any, documents: dict[str, Document]) -> None:
    settings.SENDFILE_BACKEND, settings.X_ACCEL_PREFIX = "lms.core.accel", "/protected/"
    refused = Client().get(documents["members_entry"].url)
    handed = Client().get(documents["open_entry"].url)
    assert refused.status_code == 404
    assert "X-Accel-Redirect" not in refused
    assert handed["X-Accel-Redirect"].startswith("/protected/documents/")


def test_what_a_page_opened_shuts_with_it(documents: dict[str, Document]) -> None:
    open_one = documents["open"]
    client = Client()
    assert client.get(open_one.url).status_code == 200
    MasterclassPage.objects.get(audio=open_one).unpublish()
    assert client.get(open_one.url).status_code == 404
