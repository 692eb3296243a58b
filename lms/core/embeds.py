"""Films elsewhere: which addresses we can show, and how. Pure."""

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Embed(NamedTuple):
    """A video elsewhere: the frame to load when somebody asks for it, and who shows it."""

    frame: str
    host: str


def read_embed(address: str) -> Embed | None:
    """The frame for a YouTube or Vimeo address; None for every other host and for addresses without a video."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = [part for part in parts.path.split("/") if part]
    if parts.scheme not in {"http", "https"} or not (path or parts.query):
        return None
    if host in {"youtube.com", "youtube-nocookie.com"}:
        watched = parse_qs(parts.query).get("v", [""])[0]
        video = watched or (path[1] if len(path) == 2 and path[0] in {"embed", "shorts", "live", "v"} else "")
    elif host == "youtu.be":
        video = path[0] if path else ""
    elif host in {"vimeo.com", "player.vimeo.com"}:
        number = next((part for part in path if part.isascii() and part.isdigit()), "")
        return Embed(f"https://player.vimeo.com/video/{number}?dnt=1", "Vimeo") if number else None
    else:
        return None
    known = len(video) <= 20 and video.isascii() and video.replace("-", "").replace("_", "").isalnum()
    return Embed(f"https://www.youtube-nocookie.com/embed/{video}", "YouTube") if known else None
