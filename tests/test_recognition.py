"""Recognition: deciders, job ads, employers, registers and warning signs, worked by hand."""

from __future__ import annotations

from datetime import date
from math import inf, isnan
from typing import Any

import pytest

from credscore.api import load_rubric
from credscore.measures import MEASURES, Given, read_case
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.program.terms import KINDS

GIVEN, DAY = Given(load_rubric("standard").assumptions), date(2026, 11, 24)


def ask(name: str, goal: dict[str, Any] | None = None, *, kind: str = "bootcamp", **rooms: Any) -> Any:
    """The answer of a recognition measure for a program that states these rooms; an estimate as low, likely, high."""
    program = Program.model_validate({"name": "p", "provider": "q", "kind": kind, **rooms})
    case = read_case(program, Goal.model_validate({"name": "g", "aim": "switch", **(goal or {})}), GIVEN, DAY)
    found = MEASURES[f"recognition.{name}"](case)
    return (found.low, found.likely, found.high) if isinstance(found, Estimate) else found


def shown(name: str, role: str) -> dict[str, str]:
    return {"name": name, "role": role, "source": "https://example.org"}


@pytest.mark.parametrize(("asked", "wanted"), [
    ("Université de Liège", "UNIVERSITE DE LIEGE"), ("O'Brien & Sons, Inc.", "OBrien - Sons inc"), ("The Board of Nursing", "board nursing"),
    ("Société  Générale", "Socie\u0301te\u0301 ge\u0301ne\u0301rale"), ("Straße", "STRASSE"), ("C++ Institute", "c++ institute"),
    ("日本 大学", "日本-大学"),
])  # fmt: skip
@pytest.mark.parametrize("accepts", [True, False])
def test_a_decider_is_known_however_it_is_written(asked: str, wanted: str, accepts: bool) -> None:
    """Case, accents, punctuation, spacing and small words never tell a decider from itself."""
    reply = {"replies": [{"name": "other", "accepts": not accepts}, {"name": asked, "accepts": accepts}]}
    assert ask("decider_accepts", {"target": {"decider": wanted}}, recognition=reply) == Truth.of(accepts)


@pytest.mark.parametrize(("decider", "replies"), [
    ("C++ Institute", [{"name": "C Institute", "accepts": True}]), ("Acme", []), ("Acme", "suppressed"),
    ("Acme", [{"name": "Acme Europe", "accepts": False}]), (None, [{"name": "Acme", "accepts": True}]),
])  # fmt: skip
def test_no_answer_of_the_decider_is_open(decider: str | None, replies: Any) -> None:
    """Others' answers, an empty list of answers and a goal without a decider settle nothing."""
    target = {} if decider is None else {"decider": decider}
    assert ask("decider_accepts", {"target": target}, recognition={"replies": replies}) == Truth.OPEN


@pytest.mark.parametrize(("share", "n", "bounds"), [
    (0.05, 100, (0.02154, 0.05, 0.11175)), (0, 30, (0, 0, 0.11352)), (0, 0, (0, 0, 0.79346)), (0, None, (0, 0, 0.79346)), (1, 100, (0.96301, 1, 1)),
    ({"low": 0.04, "high": 0.06}, 1e12, (0.04, 0.05, 0.06)),
])  # fmt: skip
def test_a_share_of_job_ads_is_as_wide_as_few_ads_make_it(
    share: Any, n: float | None, bounds: tuple[float, ...]
) -> None:
    """Five of a hundred ads are 2.2 to 11.2 % by Wilson; none of 30 is up to 3.84/33.84, none of none like none of one."""
    read = {} if n is None else {"n": n}
    found = ask("postings_share", recognition={"postings": {"share": share, **read}})
    assert found == pytest.approx(bounds, abs=2e-5)


@pytest.mark.parametrize(("employers", "word"), [
    ([shown("A", "hires"), shown("B", "interviews")], "committed"), ([shown("A", "hires"), shown("A", "interviews")], "single"),
    ([shown("A", "hires"), {"name": "B", "role": "hires"}], "single"), ([shown("A", "hires"), shown("B", "co-designed")], "co-designed"),
    ([shown("A", "advisory")], "co-designed"), ([shown("A", "logo")], "named"), ([{"name": "A", "role": "hires"}], "none"),
    ([], "none"), ("not-reported", None),
])  # fmt: skip
def test_employers_count_by_what_is_documented(employers: Any, word: str | None) -> None:
    """Two that promise in writing are committed, one twice is one, a name without a source is none, silence unknown."""
    assert ask("employers", recognition={"employers": employers}) == word


@pytest.mark.parametrize(("places", "word"), [
    *((place, "credential") for place in ("state-licence", "federal-licence", "satisfies-licence", "registered-apprenticeship",
                                          "ncca", "ice", "ansi-17024", "dod-cool")),
    *((place, "programme") for place in ("wioa-etpl", "va-weams", "exam-body-recognised")),
])  # fmt: skip
def test_a_register_lists_the_credential_or_only_the_programme(places: str, word: str) -> None:
    """The law's credential route is more than its programme route, alone or beside a place of the other kind."""
    assert ask("register", recognition={"designations": [places]}) == word
    assert ask("register", recognition={"designations": ["wioa-etpl", places]}) == word


@pytest.mark.parametrize(("places", "word"), [([], "none"), ("unreadable", None), ("not-reported", None)])
def test_no_register_is_not_an_unknown_one(places: Any, word: str | None) -> None:
    """An empty list says that there is no place; a gap says nothing."""
    assert ask("register", recognition={"designations": places}) == word


@pytest.mark.parametrize("word", ["none", "unproctored-quiz", "independent-third-party"])
def test_an_assessment_is_told_as_stated(word: str) -> None:
    """How the award is earned is the program's own word, and unknown where it is withheld."""
    assert ask("assessment", recognition={"assessment": {"type": word}}) == word
    assert ask("assessment", recognition={"assessment": {"type": "suppressed"}}) is None


@pytest.mark.parametrize(("first", "years"), [
    (date(2018, 11, 24), 8), (date(2026, 11, 24), 0), (date(2027, 1, 1), 0), (2020, 6 + 327 / 365),
])  # fmt: skip
def test_years_since_it_was_first_offered(first: Any, years: float) -> None:
    """A plain year is its first of January, 327 days before this day of the year; what has not begun is no year old."""
    assert ask("years_offered", recognition={"first_offered": first}) == pytest.approx((years,) * 3, abs=0.01)


@pytest.mark.parametrize(("holders", "openings", "ratio"), [(3000, 100, 30), (3000, 0, inf), (0, 0, 0), (0, 50, 0)])
def test_holders_for_each_opening(holders: float, openings: float, ratio: float) -> None:
    """Three thousand for a hundred openings are thirty each; for none there is no bound."""
    assert ask("holders_per_opening", recognition={"holders": holders, "openings": openings}) == (ratio,) * 3


@pytest.mark.parametrize("field", ["completion_rate", "pass_rate", "placement_rate"])
@pytest.mark.parametrize(("fact", "bare", "tiny"), [
    (0.9, True, False), ({"value": 0.9, "n": 29}, False, True), ({"value": 0.9, "n": 30}, False, False),
    ({"value": 0.9, "tier": "administrative"}, False, False), ({"value": 0.9, "tier": "independent"}, False, False),
    ({"value": 0.9, "tier": "disclosed"}, True, False), ({"value": 1, "tier": "advertised"}, True, False),
    ({"value": "suppressed", "n": 5}, False, False),
])  # fmt: skip
def test_a_rate_says_of_how_many(field: str, fact: Any, bare: bool, tiny: bool) -> None:
    """A rate without its number is flagged unless records or a study stand behind it; below thirty is a small cohort."""
    assert ask("rate_without_denominator", outcomes={field: fact}) == Truth.of(bare)
    assert ask("tiny_cohort", outcomes={field: fact}) == Truth.of(tiny)


FLAGS = ("job_guaranteed", "risk_free", "incentivised_reviews", "fast_finish")


@pytest.mark.parametrize(("claims", "raised"), [
    (["job-guarantee"], {"job_guaranteed"}), (["risk-free"], {"risk_free"}), (["not-a-loan"], {"risk_free"}),
    (["incentivised-reviews"], {"incentivised_reviews"}), (["fast-finish", "job-guarantee"], {"fast_finish", "job_guaranteed"}),
    ([], set()), ("not-reported", set()),
])  # fmt: skip
def test_claims_that_authorities_warn_of_are_flagged(claims: Any, raised: set[str]) -> None:
    """Each claim raises its own flag and no other; where none is told none is seen."""
    assert {name for name in FLAGS if ask(name, recognition={"claims": claims}) == Truth.YES} == raised
    assert {name for name in FLAGS if ask(name, recognition={"claims": claims}) == Truth.NO} == set(FLAGS) - raised


def test_figures_that_nobody_checked_are_told() -> None:
    """Claims and slogans are named with their amount; what is disclosed, studied or recorded is not."""
    outcomes = {
        "completion_rate": 0.9, "pass_rate": {"value": 0.8, "tier": "disclosed"}, "placement_rate": {"value": 1, "tier": "advertised"},
        "advancement_rate": {"value": 0.2, "tier": "independent"}, "median_earnings": {"value": 61_500, "period": "year"},
    }  # fmt: skip
    told = "completion 90 %, placement 100 %, median earnings 61,500 a year"
    assert ask("claimed", outcomes=outcomes) == told
    assert ask("claimed", outcomes={"pass_rate": outcomes["pass_rate"]}) is None


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_program_no_recognition_is_known(kind: str) -> None:
    """Nothing is known and no flag is raised."""
    for name in (n.removeprefix("recognition.") for n in MEASURES if n.startswith("recognition.")):
        found = ask(name, {"target": {"decider": "Acme"}}, kind=kind)
        if name in (*FLAGS, "rate_without_denominator", "tiny_cohort"):
            assert found == Truth.NO, name
        else:
            assert found is None or found == Truth.OPEN or (isinstance(found, tuple) and isnan(found[1])), name
