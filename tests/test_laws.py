"""Laws of the verdict: what must hold of every program, goal and shipped rubric, whatever their numbers.

The laws and their provisos are those of the standard rubric's rules; a law that fails is a defect or a lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import worlds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import (
    DAY,
    PAYS,
    RUBRICS,
    SLACK,
    Data,
    alike,
    case_of,
    ends,
    judged,
    look,
    not_better,
    offers,
    put,
    wants,
    wider,
    words,
)

from credscore.api import evaluate
from credscore.measures import MEASURES, Given
from credscore.measures.evidence import UNCHECKED
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import PER_YEAR
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.reference.currency import rate_between
from credscore.rubrics import shipped
from credscore.scoring.judge import Judgement
from credscore.scoring.points import points_for

laws = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
every_rubric = pytest.mark.parametrize("rubric", shipped())

# Price


@every_rubric
@laws
@given(offers, wants, st.floats(0.001, 40_000), words(["all", "low", "high"]))
def test_dearer_is_never_better(rubric: str, data: Data, goal: Data, more: float, end: str) -> None:
    """A higher price, or a higher end of its range, lifts no end of the score and no verdict."""
    before = judged(data, goal, rubric)
    for name in worlds.PRICES:
        price = look(data, name)
        if isinstance(price, dict):
            low, high = price["low"] + more * (end != "high"), price["high"] + more * (end != "low")
            dearer: Any = {"low": min(low, high), "high": high}
        elif isinstance(price, int | float):
            dearer = price + more if end == "all" else {"low": price, "value": price, "high": price + more}
        else:
            continue
        after = judged(put(data, name, dearer), goal, rubric)
        assert all(b <= a + SLACK for a, b in zip(ends(before), ends(after), strict=True)), name
        assert not_better(after, before), name


@every_rubric
@laws
@given(offers, wants, st.floats(0, 60_000), st.floats(0, 1))
def test_more_means_are_never_worse(rubric: str, data: Data, goal: Data, more: float, support: float) -> None:
    """More savings, or a larger share paid by a sponsor, never give a worse verdict."""
    richer = put(goal, "means.savings", (look(goal, "means.savings") or 0) + more)
    helped = put(goal, "means.sponsor_pays", max(look(goal, "means.sponsor_pays") or 0, support))
    poorer = goal if look(goal, "means.savings") is not None else put(goal, "means.savings", 0)

    assert not_better(judged(data, poorer, rubric), judged(data, richer, rubric))
    assert not_better(judged(data, goal, rubric), judged(data, helped, rubric))


# Silence and evidence


def stood_in(data: Data, less: Data, goal: Data, rubric: str, name: str) -> bool:
    """Whether what stands in for a removed fact leaves out what it stated: then the file contradicted itself."""
    measures = next((found for pattern, found in worlds.STAND_INS.items() if re.fullmatch(pattern, name)), ())
    full, bare = case_of(data, goal, rubric), case_of(less, goal, rubric)
    for measure in measures:
        stated, left = MEASURES[measure](full), MEASURES[measure](bare)
        assert isinstance(stated, Estimate) and isinstance(left, Estimate)
        if left.known and not (stated.known and left.low <= stated.low + SLACK and stated.high <= left.high + SLACK):
            return True
    return False


def gates_of(found: Judgement) -> dict[str, Truth]:
    """Each gate's answer by its name."""
    return {outcome.gate.id: outcome.passed for outcome in found.gates}


def removals(data: Data, goal: Data, rubric: str) -> Iterator[tuple[str, Data]]:
    """Every fact that a file states whose removal leaves a gap, with the file that lacks it."""
    for name in worlds.places(data):
        less = put(data, name, None)
        if name not in worlds.NOT_A_GAP and not stood_in(data, less, goal, rubric, name):
            yield name, less


@every_rubric
@laws
@given(offers, wants)
def test_silence_never_narrows(rubric: str, data: Data, goal: Data) -> None:
    """Leaving out a fact never raises the low end of the score and never lowers its high end."""
    before = judged(data, goal, rubric)
    for name, less in removals(data, goal, rubric):
        after = judged(less, goal, rubric)
        assert wider(after, before), name


def unsettled(less: Data, goal: Data, rubric: str, before: Judgement) -> bool:
    """Whether no gate turned to its opposite, and each failed gate that opened holds the verdict and is named."""
    after, was = judged(less, goal, rubric), gates_of(before)
    told = evaluate(Program.model_validate(less), Goal.model_validate(goal), RUBRICS[rubric], as_of=DAY, brief=True)
    opened = [o.gate.id for o in after.gates if o.passed.unknown and not was[o.gate.id].possible]
    if any(not now.unknown and not was[name].unknown and now != was[name] for name, now in gates_of(after).items()):
        return False
    named = after.verdict != "worth-it-if" or all(
        any(g.says.endswith(c) for c in told.conditions) for g in told.gates if g.id in opened
    )
    return not opened or (after.verdict != "worth-it" and named)


@every_rubric
@laws
@given(offers, wants)
def test_silence_settles_no_gate(rubric: str, data: Data, goal: Data) -> None:
    """Removal turns no gate to its opposite; a failed one that opens leaves at most worth-it-if, as a condition."""
    before = judged(data, goal, rubric)
    for name, less in removals(data, goal, rubric):
        if name in worlds.SPOKEN_FOR:
            continue
        assert unsettled(less, goal, rubric, before), name


@every_rubric
@laws
@given(offers, wants, words(worlds.ELASTIC))
def test_weaker_evidence_never_narrows(rubric: str, data: Data, goal: Data, tier: str) -> None:
    """The same figure from a weaker source, of nobody knows how many or how many answered, never narrows the range."""
    before = judged(data, goal, rubric)
    for name in (*worlds.RATES, *PAYS):
        fact = look(data, name)
        if not isinstance(fact, dict):
            continue
        was = fact.get("tier", "claimed")
        if worlds.ELASTIC.index(tier) > worlds.ELASTIC.index(was):
            assert wider(judged(put(data, name, fact | {"tier": tier}), goal, rubric), before), (name, tier)
        # The records of an administration cover everybody unless they say otherwise.
        for key in ("n",) if was == "administrative" else ("n", "response_rate"):
            bare = {k: v for k, v in fact.items() if k != key}
            assert wider(judged(put(data, name, bare), goal, rubric), before), (name, key)


@every_rubric
@laws
@given(offers, wants, words(UNCHECKED), st.floats(0, 1), words(worlds.RATES))
def test_a_bare_claim_lifts_nothing(rubric: str, data: Data, goal: Data, tier: str, share: float, name: str) -> None:
    """An unchecked claim above the base rate, raised, lifts no likely value; a bare 100 % is no better than silence."""
    base = f"{name.removeprefix('outcomes.').removesuffix('_rate')}-base"
    floor = Given(RUBRICS[rubric].assumptions).by(base, data["kind"])
    claim = floor + (1 - floor) * share
    evidence = {"tier": tier} | ({"n": 40} if share > 0.5 else {})
    lower, higher = (judged(put(data, name, {"value": v, **evidence}), goal, rubric) for v in (claim, (claim + 1) / 2))
    bare, silent = judged(put(data, name, 1.0), goal, rubric), judged(put(data, name, None), goal, rubric)

    assert ends(higher)[1] <= ends(lower)[1] + SLACK
    assert not_better(bare, silent)


@every_rubric
@laws
@given(offers, wants)
def test_known_bad_never_beats_unknown(rubric: str, data: Data, goal: Data) -> None:
    """The worst answer never reaches a higher high end than none, and every score keeps 0 ≤ low ≤ likely ≤ high ≤ 100."""
    for name, worst in worlds.WORST.items():
        bad, silent = (judged(put(data, name, value), goal, rubric) for value in (worst, None))
        assert ends(bad)[2] <= ends(silent)[2] + SLACK, name
        for found in (bad, silent):
            low, likely, high = ends(found)
            assert -SLACK <= low <= likely + SLACK <= high + 2 * SLACK <= 100 + 3 * SLACK, name


@every_rubric
@pytest.mark.parametrize("name", worlds.ZEROES)
@settings(laws, max_examples=5)
@given(wants)
def test_zero_is_not_unknown(rubric: str, name: str, goal: Data) -> None:
    """What nobody states spans 0 to 100 points; a stated nothing narrows them."""
    goal = put(put(put(goal, "means.sponsor_pays", None), "means.budget", 900), "means.hours_per_week", 9)
    silence = {"name": "A program", "provider": "A provider", "kind": "bootcamp", "time": {"pacing": "self-paced"}}
    zero = {"value": 0.0, "tier": "administrative", "n": 500} if name in worlds.RATES else 0.0
    silent, stated = (case_of(put(silence, name, value), goal, rubric) for value in (None, zero))
    for indicator in RUBRICS[rubric].indicators:
        if indicator.measure == worlds.ZEROES[name]:
            unknown, known = points_for(silent, indicator), points_for(stated, indicator)
            assert (unknown.low, unknown.high) == (0, 100)
            assert (known.low, known.likely) == (0, 0) or known.low == 100 or known.high < 100


# Saying the same in other words


@every_rubric
@laws
@given(offers, wants, words([p for p in PER_YEAR if p != "year"]))
def test_another_period_changes_nothing(rubric: str, data: Data, goal: Data, period: str) -> None:
    """Pay by the month, week or hour says the same as the same pay by the year."""
    before = judged(data, goal, rubric)
    for name in PAYS:
        if isinstance(pay := look(data, name), dict):
            data = put(data, name, worlds.scaled(pay, PER_YEAR[pay["period"]] / PER_YEAR[period]) | {"period": period})
    for name in ("means.current_earnings", "target.minimum_earnings", "target.earnings", "means.upkeep"):
        if pay := look(goal, name):
            goal = put(goal, name, worlds.scaled(pay, PER_YEAR[pay["period"]] / PER_YEAR[period]) | {"period": period})

    assert alike(judged(data, goal, rubric), before)


@every_rubric
@laws
@given(offers, wants, words(["EUR", "GBP", "JPY"]))
def test_another_currency_changes_nothing(rubric: str, data: Data, goal: Data, currency: str) -> None:
    """A file in another currency, at the shipped reference rate, says the same."""
    before, rate = judged(data, goal, rubric), rate_between(currency, "USD", DAY)
    for name in (n for n, kind in worlds.FACTS.items() if kind.money):
        data = put(data, name, worlds.scaled(found, 1 / rate)) if (found := look(data, name)) is not None else data

    assert alike(judged(put(data, "cost.currency", currency), goal, rubric), before)


@every_rubric
@laws
@given(offers, wants)
def test_the_order_of_keys_changes_nothing(rubric: str, data: Data, goal: Data) -> None:
    """Keys in another order change no word of the evaluation; a rubric's, no number and no verdict."""
    told, again = (evaluate(Program.model_validate(d), Goal.model_validate(g), RUBRICS[rubric], as_of=DAY, brief=True)
                   for d, g in ((data, goal), (worlds.turned(data), worlds.turned(goal))))  # fmt: skip

    assert told == again
    forth, back = judged(data, goal, rubric), judged(data, goal, f"{rubric} mirrored")
    assert alike(back, forth)


@every_rubric
@laws
@given(offers, wants, st.integers(0, 90_000))
def test_a_goal_moves_only_what_depends_on_it(rubric: str, data: Data, goal: Data, savings: int) -> None:
    """What no measure reads of a goal changes nothing; savings change the stakes and no criterion."""
    before = judged(data, goal, rubric)
    for name, value in worlds.UNREAD.items():
        other = judged(data, put(goal, name, value), rubric)
        assert (ends(other), other.verdict) == (ends(before), before.verdict), name

    other = judged(data, put(goal, "means.savings", savings), rubric)

    assert repr([c.score for c in other.criteria]) == repr([c.score for c in before.criteria])


# Where a law was broken once


@every_rubric
@pytest.mark.parametrize("case", [pytest.param(c, id=i) for i, c in worlds.MENDED.items()])
def test_laws_that_were_broken_stay_mended(rubric: str, case: tuple[str, Data, Data, Data]) -> None:
    """The smallest case of each break that was found: silence, or a dearer end, narrows the range or turns a gate."""
    kind, facts, wanted, change = case
    data, goal = {"name": "A", "provider": "B", "kind": kind, **facts}, {"name": "C", **wanted}
    before, ((name, value),) = judged(data, goal, rubric), change.items()
    if name == "rubric":
        assert alike(judged(data, goal, f"{rubric} {value}"), before)
        return
    after = judged(put(data, name, value), goal, rubric)
    if value is None:
        assert wider(after, before)
        assert unsettled(put(data, name, None), goal, rubric, before)
    elif name in worlds.PRICES:
        assert all(b <= a + SLACK for a, b in zip(ends(before), ends(after), strict=True))
    else:
        assert wider(after, before)
