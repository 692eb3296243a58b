"""A letter: what a mail to a person says, before it is put into text and HTML."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in plain words. Nothing in it is HTML; everything is escaped when rendered.

    `button` is (label, absolute address or a path of this site). `preheader` is the line a mail program shows beside the
    subject. `code` is a code to type, shown large.
    """

    subject: str
    paragraphs: list[str] = field(default_factory=list)
    button: tuple[str, str] | None = None
    preheader: str = ""
    code: str = ""
