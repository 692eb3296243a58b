"""Sound and film for tests: the smallest files that readers accept, of any length."""

import struct
from io import BytesIO

import pypdfium2

_FRAME = b"\xff\xf3\x10\xc4" + b"\0" * 22
"""A frame of silence: MPEG 2 layer III, 8 kbit/s, 22 050 Hz. 1149 of them are 30 seconds."""


def mp3(seconds: int = 30) -> bytes:
    return _FRAME * round(seconds * 22_050 / 576)


def mp4(seconds: int = 30, *tracks: bytes) -> bytes:
    """With these tracks, by default sound and film (`soun`, `vide`)."""
    head = _full(struct.pack(">4I", 0, 0, 1000, seconds * 1000) + b"\0" * 80)
    parts = [_atom(b"mvhd", head)]
    for kind in tracks or (b"soun", b"vide"):
        times = _atom(b"mdhd", _full(struct.pack(">4IHH", 0, 0, 1000, seconds * 1000, 0, 0)))
        handler = _atom(b"hdlr", _full(b"\0" * 4 + kind + b"\0" * 13))
        parts.append(_atom(b"trak", _atom(b"mdia", times + handler)))
    return _atom(b"ftyp", b"isom\0\0\0\0isom") + _atom(b"moov", b"".join(parts)) + _atom(b"mdat", b"\0" * 64)


def pdf(pages: int = 2) -> bytes:
    document, content = pypdfium2.PdfDocument.new(), BytesIO()
    for _number in range(pages):
        document.new_page(200, 200)
    document.save(content)
    return content.getvalue()


def _atom(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def _full(content: bytes) -> bytes:
    return b"\0\0\0\0" + content
