"""Occupations: how near two codes lie in their classification.

SOC (and O*NET) codes and ISCO codes are compared within their own scheme, never across.
"""

from __future__ import annotations

import re

SOC = re.compile(r"^(\d{2})-?(\d{4})(?:\.\d{2})?$|^(\d{2})(\d{4})\d{2}$")
ISCO = re.compile(r"^(?:ISCO-?|C)?(\d{4})(?:\.\d+)*$", re.IGNORECASE)
NEARNESS = ("none", "major", "minor", "broad", "detailed")


def _levels(code: str) -> tuple[str, tuple[str, ...]] | None:
    """The scheme of a code, and its prefixes from major group to detailed occupation."""
    text = code.strip()
    if found := ISCO.match(text):
        digits = found.group(1)
        return "isco", (digits[:1], digits[:2], digits[:3], digits)
    if found := SOC.match(text):
        digits = "".join(part for part in found.groups() if part)
        return "soc", (digits[:2], digits[:3], digits[:5], digits)
    return None


def nearness(code: str, target: str) -> str | None:
    """``detailed``, ``broad``, ``minor``, ``major`` or ``none``; None where the codes cannot be compared.

    Source: the 2018 Standard Occupational Classification's four levels; ISCO-08's four digits.

    >>> nearness("15-1254.00", "15-1254"), nearness("15-1252", "15-1254"), nearness("53-3032", "15-1254")
    ('detailed', 'broad', 'none')
    """
    a, b = _levels(code), _levels(target)
    if a is None or b is None or a[0] != b[0]:
        return None
    return NEARNESS[sum(1 for x, y in zip(a[1], b[1], strict=True) if x == y)]
