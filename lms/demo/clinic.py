"""The demo's Scale Clinic: topics, library and masterclasses from the files under `scale_clinic/`.

What is there already is left alone: editors may have changed it since.
"""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site

from cms.library.files import read
from cms.models import Chapter, Document, Guest, MasterclassesPage, MasterclassPage, RelatedPage, Topic
from cms.published import bump
from lms.accounts.models import Cluster, User

FOLDER = Path(__file__).parent / "scale_clinic"
COLLECTION = "Scale Clinic"
UNMODERATED = {"production", "funding"}
"""Topics without a moderator of their own: every moderator is asked."""
FOR_MEMBERS = {"production"}
"""Masterclasses that only people of a company may see, so that the demo shows a podcast of one's own."""
INTRODUCTION = "Talks of three minutes, one topic each. Listen, read along, and take three things with you."
PODCAST = {
    "podcast_title": "Scale Clinic",
    "podcast_summary": (
        "Short talks for health technology companies that want to grow: who pays, what must be proven, how things are "
        "made, and how markets at home and abroad are opened. Demo episodes with synthetic voices."
    ),
    "podcast_author": "Landfall demo",
    "podcast_email": "podcast@demo.example",
    "funding_url": "https://www.innovasjonnorge.no/",
    "funding_text": "Scale Clinic is mainly funded by Innovation Norway",
}


def masterclass_folders() -> list[Path]:
    """The demo masterclasses, in the order they were published."""
    return sorted(
        (path.parent for path in FOLDER.glob("masterclasses/*/masterclass.toml")),
        key=lambda folder: str(_toml(folder / "masterclass.toml")["published"]),
    )


def steps() -> int:
    """How often `ensure_clinic` ticks."""
    return len(masterclass_folders()) + 2


def ensure_clinic(moderator: User | None, editor: User | None, tick: Callable[[], object]) -> MasterclassesPage:
    """Make what is missing; returns the list of masterclasses. The first time, something waits on the editors' desk."""
    topics = ensure_topics()
    if moderator and not Topic.moderators.through.objects.exists():
        for slug in topics.keys() - UNMODERATED:
            topics[slug].moderators.add(moderator)
    tick()
    documents = ensure_library(topics)
    tick()
    parent = ensure_list()
    fresh = not MasterclassPage.objects.child_of(parent).exists()
    for folder in masterclass_folders():
        about = _toml(folder / "masterclass.toml")
        if not MasterclassPage.objects.child_of(parent).filter(slug=about["slug"]).exists():
            make_masterclass(parent, folder, about, topics, documents)
        tick()
    if fresh and editor:
        leave_work(parent, editor, topics["regulatory"])
    bump()
    return parent


def leave_work(parent: MasterclassesPage, editor: User, topic: Topic) -> None:
    """What an editor has begun: a masterclass without its recording yet, and a change that waits for a moderator."""
    begun = MasterclassPage(
        title="Regulatory, in one calendar",
        slug="regulatory",
        summary="Two class systems, one plan: what to ask whom, and in which month.",
        locale=parent.locale,
        live=False,
        owner=editor,
    )
    parent.add_child(instance=begun)
    begun.topics.set([topic])
    begun.guests.set([Guest(name="Demo Founder", role="Founder of an example medical device company")])
    begun.save_revision(user=editor)
    page = MasterclassPage.objects.child_of(parent).get(slug="market-access-norway")
    page.summary = f"{page.summary} With three things to take along."
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)


def ensure_topics() -> dict[str, Topic]:
    """The seven topics by slug. Courses name theirs, so this comes before courses."""
    found = {}
    for place, words in enumerate(_toml(FOLDER / "topics.toml")["topics"], start=1):
        topic, _made = Topic.objects.get_or_create(slug=words["slug"], defaults={**words, "place": place})
        found[topic.slug] = topic
    return found


def ensure_library(topics: dict[str, Topic]) -> dict[str, Document]:
    """The library's entries by their name in library.toml."""
    found = {}
    for words in _toml(FOLDER / "library.toml")["items"]:
        entry = Document.objects.filter(title=words["title"], publisher=words.get("publisher", "")).first()
        found[words["slug"]] = entry or _entry(words, topics)
    return found


def _entry(words: dict[str, Any], topics: dict[str, Topic]) -> Document:
    plain = ("title", "kind", "publisher", "year", "edition", "language", "level", "summary", "link", "review_by")
    fields = {name: words[name] for name in plain if name in words}
    entry = Document(audience=words["access"], collection=collection(), **fields)
    if "file" in words:
        store(entry, FOLDER / words["file"])
    else:
        entry.save()
    entry.topics.set([topics[slug] for slug in words["topics"]])
    entry.clusters.set(Cluster.objects.filter(name__in=words.get("clusters", ())))
    return entry


def ensure_list() -> MasterclassesPage:
    """The page that lists them, below the front page of the default site."""
    home = Site.objects.get(is_default_site=True).root_page
    found = MasterclassesPage.objects.child_of(home).first()
    if found is None:
        found = home.add_child(
            instance=MasterclassesPage(
                title="Masterclasses",
                slug="masterclasses",
                introduction=INTRODUCTION,
                cover=picture(FOLDER / "cover.png", "Scale Clinic"),
                locale=home.locale,
                **PODCAST,
            )
        )
    return found


def make_masterclass(
    parent: MasterclassesPage,
    folder: Path,
    about: dict[str, Any],
    topics: dict[str, Topic],
    documents: dict[str, Document],
) -> MasterclassPage:
    """One masterclass, published on its date, with everything its folder holds."""
    published = datetime.combine(about["published"], time(8), UTC)
    bite = about.get("soundbite", {})
    page = MasterclassPage(
        **{name: about[name] for name in ("title", "slug", "summary", "level")},
        locale=parent.locale,
        live=False,
        audio=recording(folder / "audio.mp3", about["title"]),
        video=recording(folder / "video.mp4", about["title"]),
        poster=picture(folder / "poster.png", about["title"]),
        captions=(folder / "captions.vtt").read_text(encoding="utf-8"),
        notes=(folder / "notes.md").read_text(encoding="utf-8"),
        audience="members" if about["slug"] in FOR_MEMBERS else "everyone",
        soundbite_start=round(bite["start"]) if bite else None,
        soundbite_seconds=round(bite["duration"]) if bite else None,
        first_published_at=published,
    )
    parent.add_child(instance=page)
    page.topics.set([topics[slug] for slug in about["topics"]])
    page.documents.set([documents[slug] for slug in about["related_documents"]])
    page.guests.set(
        [Guest(**guest, consent_on=about["published"], consent_note="Synthetic voice") for guest in about["guests"]]
    )
    page.chapters.set([Chapter(**chapter) for chapter in about["chapters"]])
    courses = Page.objects.filter(slug__in=about["related_courses"], locale=parent.locale)
    page.related.set([RelatedPage(target=course) for course in courses])
    page.save_revision().publish()
    MasterclassPage.objects.filter(pk=page.pk).update(first_published_at=published, last_published_at=published)
    return page


def recording(path: Path, title: str) -> Document | None:
    """Sound or film as a document, with what the file says of itself; None where there is no such file."""
    if not path.exists():
        return None
    document = Document(title=f"{title}, {path.suffix.removeprefix('.').upper()}", collection=collection())
    return store(document, path, name=f"{path.parent.name}{path.suffix}")


def store(document: Document, path: Path, *, name: str = "") -> Document:
    with path.open("rb") as content:
        file = File(content, name=name or path.name)
        facts = read(file)
        if facts.problem:
            raise ValueError(f"{path}: {facts.problem}")
        document.media_type, document.duration, document.pages = facts.media_type, facts.duration, facts.pages
        document.file = file
        document._set_document_file_metadata()
        document.save()
    return document


def picture(path: Path, title: str) -> Any:
    if not path.exists():
        return None
    with path.open("rb") as content:
        return get_image_model().objects.create(title=title, file=ImageFile(content, name=f"{path.parent.name}.png"))


def collection() -> Collection:
    """Where the demo's files lie in the editors' part."""
    found = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
