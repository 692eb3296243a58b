"""Every icon of the site, drawn at 16 units with a line of 1.5: the shapes inside the `<svg>`, by name."""

from types import MappingProxyType

_SHALLOW, _MIDDLE, _DEEP = (f"M1.5 {y}q3.25-3 6.5 0t6.5 0" for y in ("4.0", "8.2", "12.4"))


def _depth(level: int) -> str:
    """Three waves, as many of them in full colour as the level is deep."""
    waves = enumerate((_SHALLOW, _MIDDLE, _DEEP), start=1)
    return "".join(f'<path d="{wave}"/>' if n <= level else f'<path class="faint" d="{wave}"/>' for n, wave in waves)


ICONS = MappingProxyType(
    {
        "arrow": '<path d="M2 8h12M9.5 3.5L14 8l-4.5 4.5"/>',
        "attention": '<path d="M8 2l6.5 12h-13zM8 6.5v3.5M8 12v.2"/>',
        "back": '<path d="M14 8H2M6.5 3.5L2 8l4.5 4.5"/>',
        "calendar": '<path d="M2 3.5h12v11H2zM2 6.5h12M5 1.5v3M11 1.5v3"/>',
        "certificate": '<circle cx="8" cy="6" r="4.5"/><path d="M5.5 10l-1 5L8 13l3.5 2-1-5"/>',
        "course": '<path d="M8 3.5C6 2 3.5 2 1.5 2.5v10.5c2-.5 4.5-.5 6.5 1 2-1.5 4.5-1.5 6.5-1V2.5C12.5 2 10 2 8 3.5zM8 3.5V14"/>',
        "cross": '<path d="M3 3l10 10M13 3L3 13"/>',
        "document": '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 7.5h5M5.5 10.5h5"/>',
        "download": '<path d="M8 2v9M4 7.5L8 11l4-3.5M2 14h12"/>',
        "half": '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor"/>',
        "level-1": _depth(1),
        "level-2": _depth(2),
        "level-3": _depth(3),
        "link": '<path d="M6.5 9.5l3-3M7.5 4l2-2a3 3 0 0 1 4.5 4.5l-2 2M8.5 12l-2 2A3 3 0 0 1 2 9.5l2-2"/>',
        "lock": '<path d="M3 7.5h10v7H3zM5 7.5V5a3 3 0 0 1 6 0v2.5"/>',
        "menu": '<path d="M1.5 4h13M1.5 8h13M1.5 12h13"/>',
        "offer": '<path d="M1.5 8.5v-7h7l6 6-7 7zM5 4.5v.5"/>',
        "open": '<circle cx="8" cy="8" r="6"/>',
        "pause": '<path d="M4 2.5h2.5v11H4zM9.5 2.5H12v11H9.5z"/>',
        "people": '<circle cx="6" cy="5" r="2.5"/><path d="M1.5 13.5a4.5 4.5 0 0 1 9 0M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12 9.6a4.5 4.5 0 0 1 2.5 3.9"/>',
        "play": '<path d="M4.5 2.5l8.5 5.5-8.5 5.5z"/>',
        "plus": '<path d="M8 2.5v11M2.5 8h11"/>',
        "podcast": '<path d="M8 1.5a2 2 0 0 1 2 2v4a2 2 0 0 1-4 0v-4a2 2 0 0 1 2-2zM3.5 7.5a4.5 4.5 0 0 0 9 0M8 12v2.5M5.5 14.5h5"/>',
        "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5l4 4"/>',
        "theme": '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
        "tick": '<path d="M2.5 8.5l3.5 4 7.5-9"/>',
        "video": '<path d="M1.5 2.5h13v9h-13zM5 14.5h6M6.5 5l3.5 2-3.5 2z"/>',
    }
)
