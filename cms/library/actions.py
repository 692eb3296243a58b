"""What the library writes: downloads counted, previews made."""

import logging
from datetime import date

from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from wagtail.utils.file import hash_filelike

from cms.library.previews import Preview, first_page
from cms.models import Document, DownloadDay
from cms.published import bump

logger = logging.getLogger(__name__)

_DAYS = DownloadDay._meta.db_table
COUNT = (
    f"INSERT INTO {_DAYS} (document_id, day, count) VALUES (%s, %s, 1)"  # noqa: S608 - our own table's name
    f" ON CONFLICT (document_id, day) DO UPDATE SET count = {_DAYS}.count + 1"
)


def count_download(document_id: int, day: date) -> None:
    """One download more on that day, however many are counted at once. One statement.

    A count that fails never costs anybody the file.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [document_id, day.isoformat()])
    except DatabaseError:
        logger.exception("download not counted: document=%s", document_id)


def make_preview(document: Document) -> bool:
    """Try to make a document's preview. Whether one came of it; either way its file is not tried again."""
    try:
        with document.open_file() as file:
            digest = document.file_hash or hash_filelike(file)
            file.seek(0)
            made = first_page(file, size=document.file.size)
    except OSError:  # the file is not where it should be
        digest, made = document.file_hash or "none", None
    _keep(document, digest, made)
    return made is not None


def _keep(document: Document, digest: str, made: Preview | None) -> None:
    storage, name = document.preview.storage, ""
    if made is not None:
        name = storage.save(f"previews/{document.pk}-{digest[:12]}.webp", ContentFile(made.picture))
    with transaction.atomic():
        rows = Document.objects.select_for_update().filter(pk=document.pk, file=document.file.name)
        before = rows.values_list("preview", flat=True).first()
        if before is not None:
            rows.update(
                preview=name,
                preview_of=digest,
                file_hash=document.file_hash or ("" if digest == "none" else digest),
                pages=made.pages if made else None,
            )
            bump()
    gone = name if before is None else before  # replaced or deleted meanwhile, or the preview of an older file
    if gone and (before is None or gone != name):
        storage.delete(gone)
