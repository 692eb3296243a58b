"""Media of a course in Wagtail: found by content, uploaded once, and no file left behind by an import that failed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage
from wagtail.images.models import Image, Rendition
from wagtail.models import Collection

from cms.library.files import read
from cms.models import Document
from courses.files.tree import Course, Media
from lms.accounts.models import User

_LISTENING = Lock()
MODELS: dict[str, type[Image] | type[Document]] = {"image": Image, "document": Document}


def collection_of(key: str) -> Collection | None:
    """The collection that holds a course's media; its name is the course's id."""
    found: Collection | None = Collection.objects.filter(name=key).order_by("path").first()
    return found


def known(course: Course, collection: Collection | None) -> dict[tuple[str, str], int]:
    """(kind, digest) to Wagtail's id, for the media that are there already."""
    found: dict[tuple[str, str], int] = {}
    for kind, model in MODELS.items():
        digests = {media.digest for name, media in course.media() if name == kind}
        rows = model.objects.filter(collection=collection, file_hash__in=digests).order_by("-pk") if collection else ()
        found |= {(kind, row.file_hash): row.pk for row in rows}
    return found


def upload(course: Course, *, by: User | None) -> dict[tuple[str, str], int]:
    """Every file of the course in its collection; those that are there already are not uploaded again."""
    collection = collection_of(course.key) or Collection.get_first_root_node().add_child(name=course.key)
    ids = known(course, collection)
    for kind, media in course.media():
        if (kind, media.digest) not in ids:
            ids[kind, media.digest] = _store(kind, media, collection, by)
    return ids


def _store(kind: str, media: Media, collection: Collection, by: User | None) -> int:
    with media.open() as content:
        stored = MODELS[kind](
            title=media.name,
            file=File(content, name=media.name),
            file_size=media.size,
            file_hash=media.digest,
            collection=collection,
            uploaded_by_user=by,
        )
        if isinstance(stored, Document):
            facts = read(File(content, name=media.name))
            stored.media_type, stored.duration, stored.pages = facts.media_type, facts.duration, facts.pages
        stored.save()
    return int(stored.pk)


@contextmanager
def none_left_behind() -> Iterator[None]:
    """Delete the media files written inside, pictures in other sizes included, if what is inside fails.

    Listens at the storage: pictures in other sizes are made by rendering, in bulk, and are unknown after a rollback.
    """
    models = (Image, Document, Rendition)
    storages = {id(storage): storage for model in models for storage in [model._meta.get_field("file").storage]}
    written: list[tuple[Storage, str]] = []
    with _LISTENING:
        for storage in storages.values():
            storage.save = _remembering(storage, storage.save, written)
        try:
            yield
        except BaseException:
            for storage, name in written:
                storage.delete(name)
            raise
        finally:
            for storage in storages.values():
                del storage.save


def _remembering(storage: Storage, save: Callable[..., str], written: list[tuple[Storage, str]]) -> Callable[..., str]:
    """`storage.save`, which adds what this thread writes to `written`."""
    here = get_ident()

    def save_and_remember(*args: Any, **kwargs: Any) -> str:
        name = save(*args, **kwargs)
        if get_ident() == here:
            written.append((storage, name))
        return name

    return save_and_remember
