"""Evidence: what a figure is worth, in numbers worked by hand."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credscore.api import load_rubric
from credscore.measures import MEASURES, Case, Given, read_case
from credscore.measures.evidence import pay, rate, wilson
from credscore.model.estimate import Estimate
from credscore.model.goal import Goal
from credscore.model.program import Program

GIVEN = Given(load_rubric("standard").assumptions)
DAY = date(2026, 11, 24)
Z = 1.96


def case_of(outcomes: dict[str, Any], *, kind: str = "bootcamp", **rooms: dict[str, Any]) -> Case:
    """A case of a program that states these outcomes."""
    program = Program.model_validate({"name": "p", "provider": "q", "kind": kind, "outcomes": outcomes, **rooms})
    return read_case(program, Goal.model_validate({"name": "g", "aim": "switch"}), GIVEN, DAY)


def placed(base: float = 0.5, **evidence: Any) -> Estimate:
    """The true placement rate behind a reported one."""
    return rate(case_of({"placement_rate": evidence}), "outcomes.placement_rate", base)


def by_formula(p: float, n: float) -> tuple[float, float]:
    """Wilson's interval by the textbook: roots of n (p - x)^2 = z^2 x (1 - x)."""
    a, b, c = n + Z * Z, -(2 * n * p + Z * Z), n * p * p
    spread = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - spread) / (2 * a), (-b + spread) / (2 * a)


@settings(max_examples=60)
@given(st.floats(0, 1), st.integers(1, 100_000))
def test_wilson_solves_its_own_equation(p: float, n: int) -> None:
    """The closed form agrees with the roots of the quadratic it comes from."""
    found = wilson(p, float(n), Z)

    assert found == pytest.approx(by_formula(p, n), abs=1e-7)


@pytest.mark.parametrize(
    ("p", "n", "low", "high"),
    [(0.5, 10, 0.2366, 0.7634), (0.0, 10, 0.0, 0.2775), (1.0, 10, 0.7225, 1.0), (0.71, 400, 0.6637, 0.7523)],
)  # fmt: skip
def test_wilson_at_known_places(p: float, n: int, low: float, high: float) -> None:
    """Five of ten is 0.24 to 0.76; ten of ten is at least 0.72; 71 % of 400 is 0.66 to 0.75."""
    assert wilson(p, float(n), Z) == pytest.approx((low, high), abs=6e-5)


def test_career_step_lies_between_a_fifth_and_nearly_all() -> None:
    """84 % of the 24 % who answered bounds the truth to [0.84 x 0.24, 0.84 x 0.24 + 0.76] = [0.20, 0.96]."""
    found = placed(value=0.84, tier="disclosed", n=1_000_000, response_rate=0.24)

    assert found.low == pytest.approx(0.2016, abs=1e-3)
    assert found.high == pytest.approx(0.9616, abs=1e-3)
    assert found.likely == pytest.approx(0.84 * 0.24 + 0.5 * 0.76, abs=1e-9)


def test_a_small_perfect_cohort_does_not_beat_a_large_good_one() -> None:
    """100 % of 9 is worth less than 71 % of 400, at its likely value and at its low end."""
    nine = placed(value=1.0, tier="administrative", n=9, response_rate=1.0)
    many = placed(value=0.71, tier="administrative", n=400, response_rate=1.0)

    assert nine.likely < many.likely
    assert nine.low < many.low


def test_nine_of_nine_is_filled_up_to_thirty_at_the_base_rate() -> None:
    """(9 x 1 + 21 x 0.5) / 30 = 0.65, which is below Wilson's 0.70 for 9 of 9."""
    found = placed(value=1.0, tier="administrative", n=9, response_rate=1.0)

    assert found.likely == pytest.approx(0.65)
    assert found.low == pytest.approx(by_formula(0.65, 9)[0])
    assert found.high == pytest.approx(1.0)


def test_an_unaudited_86_is_not_86() -> None:
    """A claim without a denominator stays open from 0 to 1, and its likely value is the base rate."""
    found = placed(value=0.86, tier="claimed")

    assert (found.low, found.likely, found.high) == pytest.approx((0.0, 0.5, 1.0), abs=1e-9)


def test_an_audited_86_of_thousands_is_86() -> None:
    """Wage records count everybody."""
    found = placed(value=0.86, tier="administrative", n=1_000_000)

    assert (found.low, found.likely, found.high) == pytest.approx((0.86, 0.86, 0.86), abs=1e-3)


def test_no_tier_is_a_claim() -> None:
    """Who does not say how it is known is taken to claim it."""
    bare, claimed = placed(value=0.3), placed(value=0.3, tier="claimed")

    assert (bare.low, bare.likely, bare.high) == (claimed.low, claimed.likely, claimed.high)


@pytest.mark.parametrize(
    ("tier", "assumed"), [("claimed", 0.24), ("advertised", 0.05), ("disclosed", 0.24), ("independent", 0.40)]
)
def test_an_undisclosed_response_counts_as_the_tiers_for_the_likely_value_only(tier: str, assumed: float) -> None:
    """A bad figure pulls the likely value down by the assumed response; the range stays as open as with none."""
    found = placed(value=0.10, tier=tier, n=400)

    assert found.likely == pytest.approx(0.10 * assumed + 0.5 * (1 - assumed))
    assert (found.low, found.high) == pytest.approx((0.0, 1.0))


def test_a_bad_claim_may_lower_the_likely_value() -> None:
    """Nobody advertises against themselves for nothing: 0.2 claimed, all of 400 answering, is 0.2."""
    found = placed(value=0.2, tier="claimed", n=400, response_rate=1.0)

    assert found.likely == pytest.approx(0.2)


def test_silence_is_the_base_rate_and_spans_everything() -> None:
    """Unreported and suppressed are both 0, b and 1."""
    for outcomes in ({}, {"placement_rate": "suppressed"}):
        found = rate(case_of(outcomes), "outcomes.placement_rate", 0.5)

        assert (found.low, found.likely, found.high) == (0.0, 0.5, 1.0)


def test_zero_is_not_silence() -> None:
    """None of 400, counted, is nearly nothing; unreported is anything."""
    none = placed(value=0.0, tier="administrative", n=400)

    assert none.likely == 0.0
    assert none.low == pytest.approx(0.0, abs=1e-12)
    assert none.high == pytest.approx(by_formula(0.0, 400)[1])


def test_a_reported_range_is_widened_at_its_own_ends() -> None:
    """0.6 to 0.8 of 100, all answering, reaches from Wilson's low of 0.6 to his high of 0.8."""
    found = placed(low=0.6, high=0.8, tier="administrative", n=100)

    assert found.low == pytest.approx(by_formula(0.6, 100)[0])
    assert found.high == pytest.approx(by_formula(0.8, 100)[1])
    assert found.likely == pytest.approx(0.7)


@settings(max_examples=60)
@given(
    st.floats(0, 1), st.floats(0, 1), st.integers(1, 500), st.sampled_from(["disclosed", "claimed", "administrative"])
)
def test_the_truth_of_any_answering_share_lies_in_the_range(p: float, r: float, n: int, tier: str) -> None:
    """Whatever those who kept silent did, the true share is inside the bound."""
    found = placed(value=p, response_rate=r, n=n, tier=tier)

    assert found.low - 1e-9 <= p * r <= found.high + 1e-9
    assert found.low - 1e-9 <= p * r + 1 - r <= found.high + 1e-9
    assert 0.0 <= found.low <= found.likely <= found.high <= 1.0


@pytest.mark.parametrize("kind", ["bootcamp", "online-course", "apprenticeship"])
def test_a_placement_base_comes_from_the_kind(kind: str) -> None:
    """Silence about placement is read at the base rate of its kind."""
    found = MEASURES["alignment.placement"](case_of({}, kind=kind))

    expected = {"apprenticeship": 0.92}.get(kind, 0.5)
    assert isinstance(found, Estimate)
    assert found.likely == pytest.approx(min(expected, 0.70))


@pytest.mark.parametrize(("in_field", "low", "likely"), [(True, 0.86, 0.86), (False, 0.70, 0.70), (None, 0.70, 0.70)])
def test_placement_in_any_job_counts_at_most_the_cap(in_field: bool | None, low: float, likely: float) -> None:
    """86 % in any job is read at 70 % in the field; only the high end stays where nobody says."""
    outcomes: dict[str, Any] = {"placement_rate": {"value": 0.86, "tier": "administrative", "n": 10_000_000}}
    if in_field is not None:
        outcomes["placement_in_field"] = in_field

    found = MEASURES["alignment.placement"](case_of(outcomes))

    assert isinstance(found, Estimate)
    assert (found.low, found.likely) == pytest.approx((low, likely), abs=1e-3)
    assert found.high == pytest.approx(0.70 if in_field is False else 0.86, abs=1e-3)


def earned(own: float = 30_000.0, gain: float = 4_000.0, **evidence: Any) -> Estimate:
    """The yearly pay to expect behind a reported median."""
    return pay(case_of({"median_earnings": evidence}), "outcomes.median_earnings", own, gain)


def test_pay_by_the_month_is_pay_by_the_year() -> None:
    """4,000 a month from wage records of very many is 48,000 a year."""
    found = earned(value=4_000, period="month", tier="administrative", n=10_000_000)

    assert (found.low, found.likely, found.high) == pytest.approx((48_000,) * 3, rel=1e-3)


def test_a_median_of_few_is_widened_by_its_standard_error() -> None:
    """1.96 x 0.5 x 1.2533 / sqrt(100) is 12.28 % of the median either way."""
    found = earned(value=50_000, period="year", tier="administrative", n=100)

    assert found.low == pytest.approx(50_000 * (1 - 0.1228234))
    assert found.high == pytest.approx(50_000 * (1 + 0.1228234))
    assert found.likely == 50_000


def test_the_silent_are_taken_to_earn_what_they_did() -> None:
    """80,000 among the 40 % who answered: at worst the others stay at 30,000, likely they gain the base 4,000."""
    found = earned(value=80_000, period="year", tier="disclosed", n=100_000_000, response_rate=0.4)

    assert found.low == pytest.approx(0.4 * 80_000 + 0.6 * 30_000, rel=1e-3)
    assert found.likely == pytest.approx(0.4 * 80_000 + 0.6 * 34_000)


def test_a_claimed_median_never_lifts_the_likely_pay_above_the_base() -> None:
    """An unaudited 120,000 is worth the base gain and no more; an unaudited 20,000 is believed downwards."""
    rich = earned(value=120_000, period="year", tier="claimed", n=100, response_rate=1.0)
    poor = earned(value=20_000, period="year", tier="claimed", n=100, response_rate=1.0)

    assert rich.likely == 34_000
    assert poor.likely == 20_000


def test_unreported_pay_is_unknown() -> None:
    """No figure is no pay, and not pay of nothing."""
    found = pay(case_of({}), "outcomes.median_earnings", 30_000.0, 4_000.0)

    assert math.isnan(found.likely)


def test_postings_are_a_sample() -> None:
    """3 of 50 job advertisements is 6 %, somewhere between 2.1 % and 16.2 %."""
    recognition = {"postings": {"share": 0.06, "n": 50}}

    found = MEASURES["recognition.postings_share"](case_of({}, recognition=recognition))

    assert isinstance(found, Estimate)
    assert (found.low, found.likely, found.high) == pytest.approx(
        (*by_formula(0.06, 50)[:1], 0.06, by_formula(0.06, 50)[1])
    )
