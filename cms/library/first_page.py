"""The first page of a PDF as a picture, in a process of its own: the file may be hostile.

Run as a script with the path of the file. It writes a line with the number of pages, then the picture as WebP. It gets
little memory and little time, and whatever goes wrong ends this process only, with a code that is not 0.
"""

import io
import resource
import sys
from math import ceil, isfinite

MEMORY = 1024**3
SECONDS = 10
WIDE, HIGH = 480, 960
THINNEST = 24
LARGEST = 60_000
QUALITIES = (82, 70, 55, 40, 25)


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def scale_for(width: float, height: float) -> float:
    """What makes a page of this many points fit; raises ValueError for a page that is no page."""
    if not (isfinite(width) and isfinite(height) and width > 0 and height > 0):
        raise ValueError("a page without a size")
    scale = min(WIDE / width, HIGH / height)
    if min(width, height) * scale < THINNEST:
        raise ValueError("a page too thin to show")
    return scale


def draw(path: str) -> tuple[int, bytes]:
    """The number of pages, and the first one as WebP of at most LARGEST bytes."""
    import pypdfium2  # after the limits are set

    document = pypdfium2.PdfDocument(path)
    page = document[0]
    picture = page.render(scale=scale_for(*page.get_size()), may_draw_forms=False).to_pil().convert("RGB")
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            picture.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= LARGEST:
                return len(document), out.getvalue()
        picture = picture.resize((ceil(picture.width / 2), ceil(picture.height / 2)))


if __name__ == "__main__":
    limit()
    pages, shown = draw(sys.argv[1])
    sys.stdout.buffer.write(b"%d\n" % pages + shown)
