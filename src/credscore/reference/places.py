"""Places: whether one lies in another, by ISO 3166 codes such as ``US`` and ``US-CO``."""

from __future__ import annotations

from collections.abc import Iterable


def lies_in(home: str, place: str) -> bool | None:
    """Whether a home lies in a place; None where only the country of the home is known and the place is a part of it.

    >>> lies_in("US-CO", "US"), lies_in("US", "US-CO"), lies_in("RU-SAM", "RU-SA")
    (True, None, False)
    """
    if home == place or home.startswith(f"{place}-"):
        return True
    return None if place.startswith(f"{home}-") else False


def lies_in_any(home: str | None, places: Iterable[str]) -> bool | None:
    """Whether a home lies in one of several places; None where that cannot be told.

    >>> lies_in_any("US-CO", ["DE", "US"]), lies_in_any(None, ["US"]), lies_in_any("US-CO", [])
    (True, None, False)
    """
    if home is None:
        return None
    found = {lies_in(home, place) for place in places}
    return True if True in found else None if None in found else False
