"""Course folders for tests: the smallest valid one, and one with every kind of block."""

from io import BytesIO
from pathlib import Path

from PIL import Image

COURSE = """id = "course-a"
title = "A course"
level = "foundation"
summary = "About it."
hours = 2
language = "en"
"""
MODULE = """id = "a-1"
title = "First module"
"""
LESSON = """+++
id = "a-1-1"
title = "First lesson"
minutes = 15
+++

A device is **cleared** before it is covered.
"""
QUIZ = """::: quiz
id = "quiz-1"
title = "Check yourself"
file = "quiz.gift"
:::
"""
GIFT = """// [id:q-1]
Which?{
=This.#Right.
~That.
}
"""


def png(width: int = 8, colour: tuple[int, int, int] = (20, 70, 90)) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, 4), colour).save(content, "PNG")
    return content.getvalue()


MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\0" * 64
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\0" * 64
PDF = b"%PDF-1.7\n%%EOF\n"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files, by path from the folder; returns the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def small(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """The smallest valid course; `files` adds to it or takes the place of its files."""
    least: dict[str, str | bytes] = {
        "course.toml": COURSE,
        "01-first/module.toml": MODULE,
        "01-first/01-one.md": LESSON,
    }
    return write(folder, least | (files or {}))


def lesson(key: str, title: str = "A lesson", body: str = "Some text.") -> str:
    return f'+++\nid = "{key}"\ntitle = "{title}"\nminutes = 15\n+++\n\n{body}\n'


def module(key: str, title: str = "A module") -> str:
    return f'id = "{key}"\ntitle = "{title}"\n'


EVERY_KIND = """+++
id = "a-1-1"
title = "Every “kind” of block, with \\"quotes\\" and a \\\\ backslash"
question = "What is there?"
minutes = 25
+++

Text with a line that looks like a directive:

```
\\::: quiz
\\:::
```

::: callout
kind = "judgement"
title = "Our judgement"
---
Markdown, **again**.

\\:::

---
after a rule
:::

::: key-facts
title = "Key facts"

[[facts]]
label = "No single system"
value = "There is no single national health service."
source = "ERISA 1974"
url = "https://example.org/erisa"
checked = 2026-06-30
changes_often = true

[[facts]]
label = "Second"
value = "Another."
source = "Law"
:::

::: table
caption = "Who decides"
header = ["Question", "Who", "Reach"]
rows = [
  ["May it be sold?", "FDA", ""],
  ["Who may treat?", "The state’s board", "That state"],
]
:::

::: image
file = "media/chart.png"
alt = "A chart"
caption = "Figure 1"
credit = "Nobody"
:::

::: audio
file = "media/talk.mp3"
title = "A talk"
credit = "Synthetic voice"
---
Word for word.
:::

::: video
file = "film.mp4"
title = "A film"
captions = "media/film.vtt"
---
What is said.
:::

::: video
embed = "https://www.youtube.com/watch?v=abcdefghijk"
title = "Elsewhere"
:::

::: download
file = "media/sheet.pdf"
title = "A sheet"
description = "To print"
:::

::: quiz
id = "quiz-1"
title = "Check yourself"
file = "first.gift"
:::

::: quiz
id = "quiz-2"
title = "And again"
file = "second.gift"
:::

::: worksheet
id = "ws-1"
title = "Two states"
intro = "Not a choice yet."

[[questions]]
id = "ws-1-a"
prompt = "Name two states."
help = "Where your user is."
section = "states_and_regions"
size = "short"

[[questions]]
id = "ws-1-b"
prompt = "What do you not know?"
:::

The end.
"""
FIRST_GIFT = """$CATEGORY: anything

// [id:q-1]
::One::Which is right?{
=This.#Right, for 50% \\= half.
~%50%Nearly.#Half.
~That.#No.
####As the lesson says.
}

// [id:q-2]
Choose all.{
~%50%A
~%50%B
~%-50%C
}

// [id:q-3]
It is so.{T#Not so.#Right.}
"""
SECOND_GIFT = """// [id:q-1]
How many?\\n\\nThink *twice*.{#
=50:0#All.
=%50%50:1.5#Nearly.
}

// [id:q-2]
Which word?{=word =%50%wor*#Nearly. =a->b}
"""


def every_kind(folder: Path) -> Path:
    """A course whose first lesson has every kind of block, and a second module with two lessons."""
    return write(
        folder,
        {
            "course.toml": COURSE
            + 'slug = "a-course"\naudience = "You"\nprerequisites = "None."\noutcomes = ["One", "Two"]\n'
            + 'gives = "A certificate"\npass_percent = 80\nreviewed = 2026-09-01\nreview_by = 2027-03-01\n',
            "01-first/module.toml": MODULE + 'summary = "What it is."\n',
            "01-first/01-one.md": EVERY_KIND,
            "01-first/first.gift": FIRST_GIFT,
            "01-first/second.gift": SECOND_GIFT,
            "01-first/film.mp4": MP4,
            "02-second/module.toml": module("a-2", "Second module"),
            "02-second/01-two.md": lesson("a-2-1", "Second lesson"),
            "02-second/05-three.md": lesson("a-2-2", "Third lesson"),
            "media/chart.png": png(),
            "media/talk.mp3": MP3,
            "media/film.vtt": VTT,
            "media/sheet.pdf": PDF,
        },
    )
