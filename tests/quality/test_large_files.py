"""Half a gigabyte of film from the running product: by range, and never in memory."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests

from tests.product import Product

SIZE = 500 * 1024 * 1024
MEGABYTE = 1024 * 1024
MAKE = """
from cms.models import Document
film = Document(title="Large film", kind="document", audience="everyone", file="documents/large-film.mp4")
film.file_size, film.media_type = {size}, "video/mp4"
film.save()
print(film.url)
"""
FORGET = """
from cms.models import Document
Document.objects.filter(title="Large film").delete()
"""


@pytest.fixture(scope="module")
def film(product: Product) -> Iterator[str]:
    """The address of a film whose file is all holes, but for its last bytes."""
    folder = product.data / "media" / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    place: Path = folder / "large-film.mp4"
    with place.open("wb") as file:
        file.seek(SIZE - 3)
        file.write(b"end")
    path = product.manage("shell", "--verbosity=0", "-c", MAKE.format(size=SIZE)).split()[-1]
    yield product.url + path
    product.manage("shell", "--verbosity=0", "-c", FORGET)
    place.unlink(missing_ok=True)


def resident(product: Product) -> int:
    """Bytes of memory that the product's processes hold."""
    launcher = psutil.Process(product.process.pid)
    return sum(one.memory_info().rss for one in [launcher, *launcher.children(recursive=True)])


def test_the_whole_film_passes_through_and_stays_nowhere(product: Product, film: str) -> None:
    requests.get(film, headers={"Range": "bytes=0-0"}, timeout=30)  # warm
    before, most, received = resident(product), 0, 0
    with requests.get(film, stream=True, timeout=60) as answer:
        assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(SIZE))
        for number, piece in enumerate(answer.iter_content(4 * MEGABYTE)):
            received += len(piece)
            if number % 10 == 0:
                most = max(most, resident(product))
    assert received == SIZE
    assert most - before < 50 * MEGABYTE


def test_a_player_jumps_to_the_end(film: str) -> None:
    head = requests.head(film, timeout=30)
    assert (head.status_code, head.headers["Accept-Ranges"], head.content) == (200, "bytes", b"")
    last = requests.get(film, headers={"Range": "bytes=-3", "If-Range": head.headers["ETag"]}, timeout=30)
    assert (last.status_code, last.content) == (206, b"end")
    assert last.headers["Content-Range"] == f"bytes {SIZE - 3}-{SIZE - 1}/{SIZE}"
    beyond = requests.get(film, headers={"Range": f"bytes={SIZE}-"}, timeout=30)
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_another_file_than_the_player_began_with_is_sent_whole(film: str) -> None:
    with requests.get(film, headers={"Range": "bytes=-3", "If-Range": '"older"'}, stream=True, timeout=30) as answer:
        assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(SIZE))
        assert "Content-Range" not in answer.headers


def test_whoever_leaves_early_holds_nothing_up(film: str) -> None:
    for _ in range(8):
        with requests.get(film, stream=True, timeout=30) as answer:
            assert next(answer.iter_content(1024))
    assert requests.get(film, headers={"Range": "bytes=-3"}, timeout=30).content == b"end"
