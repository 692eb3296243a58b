"""The podcast's cover: a square picture as directories ask, the editors' or ours."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture
from wagtail.images.models import Image

from cms.models import MasterclassesPage
from cms.published import forget
from tests.cms.podcast.reading import channel, one
from tests.factories.cms import MasterclassesPageFactory

pytestmark = pytest.mark.django_db
FEED = "/podcast/feed.xml"
SITE = "http://localhost:8000"


@pytest.fixture
def show() -> MasterclassesPage:
    return MasterclassesPageFactory.create()


def picture(width: int, height: int) -> Image:
    """As an editor uploads one."""
    file = BytesIO()
    Picture.new("RGB", (width, height), "teal").save(file, "PNG")
    return Image.objects.create(title="Cover", file=ImageFile(file, "cover.png"))


def measured(path: str | Path) -> tuple[str | None, tuple[int, int], str]:
    with Picture.open(path) as found:
        return found.format, found.size, found.mode


def test_our_own_cover_is_as_apple_asks() -> None:
    found = finders.find("landfall/podcast-cover.png")
    kind, (width, height), mode = measured(str(found))
    assert (kind, mode) == ("PNG", "RGB")
    assert 1400 <= width == height <= 3000


@pytest.mark.parametrize(
    ("width", "height", "size"), [(1400, 1400, 1400), (3010, 3010, 3000), (1399, 1399, None), (1600, 1500, None)]
)
def test_an_editors_cover_is_used_or_gives_way(
    client: Client, show: MasterclassesPage, settings: Any, width: int, height: int, size: int | None
) -> None:
    MasterclassesPage.objects.filter(pk=show.pk).update(cover=picture(width, height))  # as from before the rule
    forget()
    address = one(channel(client.get(FEED)), "itunes:image").attrib["href"]
    if size is None:
        assert address == f"{SITE}/static/landfall/podcast-cover.png"
        return
    assert address.startswith(f"{SITE}/media/")
    kind, measures, _mode = measured(Path(settings.MEDIA_ROOT) / address.partition("/media/")[2])
    assert (kind, measures) == ("JPEG", (size, size))


def test_a_cover_that_directories_refuse_is_refused_in_words(show: MasterclassesPage) -> None:
    show.cover = picture(1600, 1500)
    with pytest.raises(ValidationError) as refused:
        show.full_clean()
    assert "this picture has 1600 × 1500" in refused.value.message_dict["cover"][0]
    show.cover = picture(1400, 1400)
    show.full_clean()


def test_a_cover_whose_file_is_gone_gives_way(client: Client, show: MasterclassesPage) -> None:
    show.cover = picture(1500, 1500)
    show.save_revision().publish()
    Path(show.cover.file.path).unlink()
    assert "podcast-cover" in one(channel(client.get(FEED)), "itunes:image").attrib["href"]
