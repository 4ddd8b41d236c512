"""Notation: how a fact is written in a file, and what is said of one that is not.

A value, a range, a gap word, or a table of them with their evidence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from credscore.model.fact import PER_YEAR, Fact, Gap, Tier

LARGEST = 1e12
EVIDENCE_KEYS = ("source", "as_of", "tier", "n", "response_rate", "note")


def mistake(reason: str, hint: str = "") -> PydanticCustomError:
    """A validation error whose message is ours and whose next step travels with it."""
    return PydanticCustomError("credscore", "{reason}", {"reason": reason, "hint": hint})


def suggestion(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A hint for a misspelt word: the closest known one, else the known words if they are few."""
    close = get_close_matches(str(word), known, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"one of: {', '.join(known)}" if 0 < len(known) <= 16 else ""


def _kept(wrong: list[PydanticCustomError], read: Callable[[], Any]) -> Any:
    """What a reader gives, or None with its mistake kept among those found so far."""
    try:
        return read()
    except PydanticCustomError as error:
        wrong.append(error)
        return None


def _all_of(wrong: list[PydanticCustomError]) -> PydanticCustomError:
    """One mistake that tells all of several, with the next steps of each."""
    told = [w.context or {} for w in wrong]
    return mistake("; ".join(str(t["reason"]) for t in told), "; ".join(str(t["hint"]) for t in told if t["hint"]))


def _evidence(key: str, raw: Any) -> Any:
    """One piece of a fact's evidence, as the record holds it."""
    match key:
        case "as_of":
            return as_date(raw)
        case "tier":
            tiers = tuple(str(t) for t in Tier)
            if raw not in tiers:
                raise mistake(f'no evidence tier "{raw}"', suggestion(str(raw), tiers))
            return Tier(raw)
        case "n":
            n = _plain_number(raw)
            if n < 1 or n != int(n):
                raise mistake(f"n = {n:g} is no sample size", "n counts the people behind the figure: 1 or more")
            return n
        case "response_rate":
            return _share(_plain_number(raw))
        case _:
            if not isinstance(raw, str):
                raise mistake(f"{key} is not text", "put it in quotes")
            return raw


@dataclass(frozen=True, slots=True)
class FactKind:
    """How one kind of fact is written and checked; used as ``Annotated[Fact, FactKind(…)]``.

    ``words`` makes it a choice; ``upper`` bounds a number; ``periods`` makes it pay, which needs a period.
    """

    kind: str  #: "number" | "rate" | "pay" | "word" | "text" | "answer" | "date"
    unit: str = ""
    words: tuple[str, ...] = ()
    negative: bool = False
    money: bool = False

    def read(self, raw: Any) -> Fact:
        """The fact that a raw TOML or JSON value states.

        Raises:
            PydanticCustomError: the value is not of this kind; the message says what would be.
        """
        if isinstance(raw, Fact):
            return raw
        if not isinstance(raw, dict):
            fact = self._value(raw)
            if self.kind == "pay" and fact.stated:
                raise mistake("pay needs its period", f'write {{ value = {raw}, period = "year" }}')
            return fact
        return self._table(raw)

    def _table(self, raw: dict[str, Any]) -> Fact:
        """The fact that a table states, or all that is wrong with it in one mistake."""
        allowed = ["value", *EVIDENCE_KEYS]
        if self.kind in ("number", "rate", "pay"):
            allowed += ["low", "high"]
        if self.kind == "pay":
            allowed += ["period", "years_after"]
        wrong = [mistake(f'no key "{key}" in a fact', suggestion(key, allowed)) for key in raw if key not in allowed]
        fact: Fact | None = _kept(wrong, lambda: self._stated(raw))
        found = {key: _kept(wrong, lambda key=key: _evidence(key, raw[key])) for key in EVIDENCE_KEYS if key in raw}  # type: ignore[misc]
        found |= _kept(wrong, lambda: self._period(raw, fact)) or {}
        if wrong:
            raise _all_of(wrong)
        assert fact is not None
        return replace(fact, **found)

    def _stated(self, raw: dict[str, Any]) -> Fact:
        if "low" in raw or "high" in raw:
            return self._range(raw)
        if "value" in raw:
            return self._value(raw["value"])
        raise mistake("a fact needs a value", "write value = …, or low = … and high = …")

    def _range(self, raw: dict[str, Any]) -> Fact:
        if "low" not in raw or "high" not in raw:
            raise mistake("a range needs both low and high", "for one bound only, give the widest value that is true")
        low, high = (self._number(raw[key]) for key in ("low", "high"))
        if low > high:
            raise mistake(f"low {low:g} is above high {high:g}", "swap them?")
        value = self._number(raw["value"]) if "value" in raw else (low + high) / 2
        if not low <= value <= high:
            raise mistake(f"value {value:g} is outside {low:g} to {high:g}", "the likely value lies within its range")
        return Fact(value=value, low=low, high=high)

    def _period(self, raw: dict[str, Any], fact: Fact | None) -> dict[str, Any]:
        if self.kind != "pay":
            return {}
        period = raw.get("period")
        if period is None and fact is not None and fact.stated:
            raise mistake("pay needs its period", 'add period = "year", "quarter", "month", "week" or "hour"')
        if period is not None and period not in PER_YEAR:
            raise mistake(f'no period "{period}"', suggestion(str(period), tuple(PER_YEAR)))
        after = raw.get("years_after")
        return {"period": period, "years_after": _plain_number(after) if after is not None else None}

    def _value(self, raw: Any) -> Fact:
        if isinstance(raw, str) and raw in _GAPS:
            return Fact(gap=Gap(raw))
        match self.kind:
            case "number" | "rate" | "pay":
                x = self._number(raw)
                return Fact(value=x, low=x, high=x)
            case "answer":
                if not isinstance(raw, bool):
                    raise mistake(f"{raw!r} is neither true nor false", "write true, false or a gap word, unquoted")
                return Fact(value=raw)
            case "date":
                return Fact(value=as_date(raw))
            case _:
                if isinstance(raw, list):
                    raise mistake("takes one word, not a list", f'write "{raw[0]}"' if raw else "leave the key out")
                if not isinstance(raw, str):
                    raise mistake(f"{raw!r} is not text", "put it in quotes")
                if self.words and raw not in self.words:
                    raise mistake(f'"{raw}" is not a known word here', suggestion(raw, self.words))
                return Fact(value=raw)

    def _number(self, raw: Any) -> float:
        if isinstance(raw, str):
            raise mistake(f'"{raw[:40]}" is not a number', self._meant(raw))
        x = _plain_number(raw)
        if self.kind == "rate":
            return _share(x)
        if abs(x) > LARGEST:
            raise mistake(f"{x:g} is larger than anything there is", "check the number of zeros")
        if x < 0 and not self.negative:
            raise mistake(f"{x:g} is below zero", "a price, duration or count is zero or more")
        return x

    def _meant(self, raw: str) -> str:
        """What a text that stands for a number should have been: the number in it, or a gap word."""
        words = suggestion(raw, tuple(_GAPS))
        if words.startswith("did"):
            return words
        digits = re.fullmatch(r"\D{0,4}(\d[\d,]*(?:\.\d+)?)\s*(%?)\D*", raw.strip())
        if digits is None:
            return 'write a plain number, or a gap word such as "not-reported"'
        x = float(digits[1].replace(",", "")) / (100.0 if digits[2] and self.kind == "rate" else 1.0)
        return f"write {x:g}, without quotes or units"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(Fact.plain)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        value = self._value_schema()
        table: dict[str, Any] = {"value": {"anyOf": [value, {"enum": sorted(_GAPS)}]}}
        if self.kind in ("number", "rate", "pay"):
            table |= {"low": value, "high": value}
        if self.kind == "pay":
            table |= {"period": {"enum": list(PER_YEAR)}, "years_after": {"type": "number", "minimum": 0}}
        table |= {
            "source": {"type": "string"},
            "as_of": {"type": "string", "format": "date"},
            "tier": {"enum": [str(t) for t in Tier]},
            "n": {"type": "integer", "minimum": 1},
            "response_rate": {"type": "number", "minimum": 0, "maximum": 1},
            "note": {"type": "string"},
        }
        table_schema = {"type": "object", "properties": table, "additionalProperties": False}
        bare = [] if self.kind == "pay" else [value]
        described = {"description": f"in {self.unit}"} if self.unit else {}
        return {"anyOf": [*bare, {"enum": sorted(_GAPS)}, table_schema], **described}

    def _value_schema(self) -> dict[str, Any]:
        match self.kind:
            case "rate":
                return {"type": "number", "minimum": 0, "maximum": 1}
            case "number" | "pay":
                return {"type": "number"} if self.negative else {"type": "number", "minimum": 0}
            case "answer":
                return {"type": "boolean"}
            case "date":
                return {"type": "string", "format": "date"}
            case _:
                return {"enum": list(self.words)} if self.words else {"type": "string"}


_GAPS = frozenset(str(g) for g in Gap)


def as_date(raw: Any) -> date:
    """A calendar day from a TOML date, an ISO text, or a plain year (its 1 January)."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and 1000 <= raw <= 9999:
        return date(raw, 1, 1)
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            raise mistake(f'"{raw[:40]}" is no date of the calendar', "write YYYY-MM-DD") from None
    raise mistake(f"{raw!r} is no date", "write YYYY-MM-DD, unquoted")


def _plain_number(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise mistake(f"{str(raw)[:40]!r} is not a number", "write a plain number, without quotes or units")
    x = float(raw)
    if not math.isfinite(x):
        raise mistake(f"{x} is not a finite number", 'leave the key out, or write "not-reported"')
    return x


def _share(x: float) -> float:
    if x < 0:
        raise mistake(f"{x:g} is below zero", "a rate is a share of 0 to 1")
    if x > 1:
        hint = f"did you mean {x / 100:g}?" if 2 <= x <= 100 else "a rate is a share of 0 to 1"
        raise mistake(f"{x:g} is above 1", hint)
    return x
