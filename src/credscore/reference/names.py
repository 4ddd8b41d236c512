"""Names: when two ways of writing one are the same.

Case, accents, punctuation and spacing never tell names apart; near misses are for RapidFuzz to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

ASCII_SPACED = {c: " " for c in range(128) if not chr(c).isalnum() and chr(c) not in "+#"} | {
    ord("."): "",
    ord("'"): "",
}
DROPPED = frozenset({"the", "of", "and", "for", "in", "a", "an", "on"})


@lru_cache(maxsize=65536)
def normal_name(name: str) -> str:
    """The name without case, accents, punctuation and small words.

    >>> normal_name("Commission on Collegiate  Nursing-Education")
    'commission collegiate nursing education'
    """
    words = (name.lower().translate(ASCII_SPACED) if name.isascii() else _letters_of(name)).split()
    kept = [word for word in words if word not in DROPPED]
    return " ".join(kept or words)


def _letters_of(name: str) -> str:
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(
        c if c.isalnum() or c in "+#" else " " for c in decomposed if not unicodedata.combining(c) and c not in ".'’"
    )


def same_name(a: str, b: str) -> bool:
    """Whether two names are one, written differently."""
    return normal_name(a) == normal_name(b)


@lru_cache(maxsize=65536)
def _letters(name: str) -> Counter[str]:
    return Counter(name)


def _could_be_like(a: str, b: str, threshold: float) -> bool:
    """Whether two names share enough letters for a likeness at all: an upper bound of RapidFuzz's ratio."""
    letters = len(a) + len(b)
    if 200 * min(len(a), len(b)) < threshold * letters:
        return False
    return 200 * sum((_letters(a) & _letters(b)).values()) >= threshold * letters


@lru_cache(maxsize=65536)
def likeness(a: str, b: str, threshold: float) -> float:
    """How alike two normal names are, words in any order (0 to 100); 0 below the threshold."""
    if not _could_be_like(a, b, threshold):
        return 0.0
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(a, b, score_cutoff=threshold))


def closest(name: str, known: Iterable[str], threshold: float) -> str | None:
    """The known name most like this one, if their likeness (0 to 100, words in any order) reaches the threshold."""
    wanted, best, found = normal_name(name), 0.0, None
    for other in known:
        like = likeness(wanted, normal_name(other), threshold)
        if like > best:
            best, found = like, other
    return found
