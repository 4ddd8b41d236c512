"""Tidy: other people's text made harmless before it is shown, and scores that never flatter.

Control and direction marks never reach a terminal or a page, and nothing runs on for ever.
"""

from __future__ import annotations

LONGEST = 400
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
JOINERS = "\u200d\u200c"


def tidy(text: str, longest: int = LONGEST) -> str:
    """The text on one line, without control, format or direction marks, at most so many characters.

    >>> tidy("a\\x1b[31mred\\u202eb\\nc")
    'a[31mredb c'
    """
    text = text[: longest * 4]
    shown = " ".join((text if text.isprintable() else _printable(text)).split(" ")).strip()
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _printable(text: str) -> str:
    from unicodedata import category

    return "".join(c if category(c) not in HIDDEN or c in JOINERS else " " if c in "\n\r\t" else "" for c in text)


def escape_markdown(text: str, longest: int = LONGEST) -> str:
    """The text tidied, with Markdown and HTML signs made literal.

    >>> escape_markdown("[x](javascript:y) <b>|*")
    '\\\\[x\\\\](javascript:y) &lt;b&gt;\\\\|\\\\*'
    """
    shown = tidy(text, longest).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{c}" if c in "\\`*_[]|#" else c for c in shown)


def code(text: str, longest: int = LONGEST) -> str:
    """The text tidied for a span of Markdown code, which no backquote may end.

    >>> code("a`b")
    "a'b"
    """
    return tidy(text, longest).replace("`", "'")
