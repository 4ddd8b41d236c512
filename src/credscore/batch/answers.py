"""Answers: the columns of a batch, as cells of one judgement or of a whole table's.

Sets of gates and flags travel as one number each and become words once, for each set that occurs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args

from credscore.measures.cost.price import net_price
from credscore.model.cell import Flag, Number, lookup, where
from credscore.model.estimate import Estimate, Truth
from credscore.model.rubric import Rubric
from credscore.model.verdict import Verdict
from credscore.scoring.judge import Judgement, concerns, holds
from credscore.scoring.ladder import rank

IDENTITY = ("source", "row", "id", "name", "provider", "kind", "goal")
ENDS = ("low", "likely", "high")
RANKING = {word: rank(word) for word in get_args(Verdict)}


class Sets(NamedTuple):
    """The words that the bits of each set stand for."""

    gates: tuple[str, ...]
    flags: tuple[str, ...]

    def words(self, column: str, bits: float) -> str:
        """The words of one set, in rubric order, joined by spaces."""
        names = self.flags if column == "flags" else self.gates
        return " ".join(name for place, name in enumerate(names) if int(bits) >> place & 1)


SETS = ("gates.failed", "gates.unknown", "flags")
TEXT = frozenset({"source", "id", "name", "provider", "kind", "goal", "verdict", "stakes", *SETS, "reasons"})
"""Columns of words; sets hold words only once they are shown."""


def sets_of(rubric: Rubric) -> Sets:
    """The sets of a rubric."""
    return Sets(tuple(g.id for g in rubric.gates), tuple(f.id for f in rubric.flags))


def columns_of(rubric: Rubric, *, reasons: bool = False) -> tuple[str, ...]:
    """The columns of a batch in their order: who, the verdict, gates and flags, the price, each criterion."""
    criteria = tuple(f"{name}.{end}" for name in rubric.criteria for end in (*ENDS, "known"))
    return (
        *IDENTITY, "verdict", *(f"score.{end}" for end in ENDS), "known", "stakes", *SETS,
        *(f"net_price.{end}" for end in ENDS), *criteria, *(("reasons",) if reasons else ()),
    )  # fmt: skip


def answers_of(judgement: Judgement) -> dict[str, Any]:
    """What a batch tells of a judgement, beside who it is about: cells by column."""
    rubric, case = judgement.plan.rubric, judgement.case
    outcomes = {o.gate.id: o.passed for o in judgement.gates}
    found: dict[str, Any] = {"verdict": judgement.verdict, **_ends("score", judgement.score)}
    found |= {"known": judgement.coverage, "stakes": judgement.stakes.level}
    gates = [outcomes.get(g.id) for g in rubric.gates]
    found["gates.failed"] = _bits(_failed(passed) for passed in gates)
    found["gates.unknown"] = _bits(False if passed is None else passed.unknown for passed in gates)
    raised = (
        holds(case, f.when).certain if f.applies.to(case.goal) else False for f in rubric.flags
    )  # fmt: skip
    concerned = (concerns(case, f.applies) for f in rubric.flags)
    found["flags"] = _bits(where(c, r, False) if c is not True else r for r, c in zip(raised, concerned, strict=True))
    found |= _ends("net_price", net_price(case))
    for scored in judgement.criteria:
        needed = scored.asked.weight > 0
        found |= _ends(scored.asked.id, scored.score if needed else None)
        found[f"{scored.asked.id}.known"] = scored.coverage if needed else None
    return found


def _failed(passed: Truth | None) -> Flag:
    return False if passed is None else (~passed).certain


def _ends(name: str, estimate: Estimate | None) -> dict[str, Number | None]:
    return {f"{name}.{end}": None if estimate is None else getattr(estimate, end) for end in ENDS}


def _bits(flags: Iterable[Flag]) -> Number:
    """One number that holds which of up to fifty flags are raised."""
    total: Number = 0.0
    for place, flag in enumerate(flags):
        if flag is not False:
            total = where(flag, float(2**place), 0.0) + total
    return total


def rank_of(answers: Mapping[str, Any]) -> Number:
    """How good the verdict is, for sorting (rank)."""
    return lookup(answers["verdict"], RANKING)
