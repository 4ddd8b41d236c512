"""The ladder: the first rung that holds decides, and every cap that bit is kept."""

from __future__ import annotations

from typing import Any

import pytest

from credscore.model.estimate import Estimate, Truth
from credscore.model.verdict import Ladder
from credscore.scoring.ladder import Caps, Reading, climb

LADDER = Ladder.model_validate({
    "bands": [{"at_least": 75, "verdict": "worth-it"}, {"at_least": 60, "verdict": "worth-it-if"},
              {"at_least": 40, "verdict": "compare-first"}, {"at_least": 0, "verdict": "not-worth-it"}],
    "too_wide": {"low_below": 40, "high_at_least": 75},
    "weak_criterion": [{"high_below": 40, "at_most": "compare-first"}, {"high_below": 60, "at_most": "worth-it-if"}],
    "weak_importance": 2, "open_question_cap": "worth-it-if", "headlines": {}, "cite": ["judged"],
})  # fmt: skip


def reading(likely: float = 80.0, *, low: float | None = None, high: float | None = None, **changed: Any) -> Reading:
    """A reading on which nothing stands in the way of a plain yes but what is changed."""
    facts: dict[str, Any] = {
        "score": Estimate(likely if low is None else low, likely, likely if high is None else high),
        "integrity": Truth.YES, "eligibility": Truth.YES, "requirement": Truth.YES, "undecided": False,
        "small": False, "severe": False, "weak": ((90.0, 3.0), (90.0, 2.0)), "price_known": True, "decided": True,
        "open_risk": (),
    }  # fmt: skip
    return Reading(**facts | changed)


def verdict(found: Reading) -> str:
    """The word the standard ladder ends on."""
    return str(climb(LADDER, found)[1])


def caps(found: Reading) -> Caps:
    """The caps that bit."""
    return climb(LADDER, found)[0]


@pytest.mark.parametrize(
    ("likely", "word"),
    [(100.0, "worth-it"), (75.0, "worth-it"), (74.999, "worth-it-if"), (60.0, "worth-it-if"), (59.999, "compare-first"),
     (40.0, "compare-first"), (39.999, "not-worth-it"), (0.0, "not-worth-it")],
)  # fmt: skip
def test_a_band_begins_at_its_own_score(likely: float, word: str) -> None:
    """A score on the edge belongs to the band above; a hair below it does not."""
    assert verdict(reading(likely)) == word


@pytest.mark.parametrize(
    ("failed", "word"),
    [({"integrity": Truth.NO}, "avoid"), ({"eligibility": Truth.NO}, "not-eligible-yet"), ({"requirement": Truth.NO}, "not-worth-it")],
)  # fmt: skip
def test_a_failed_gate_decides_whatever_the_score(failed: dict[str, Any], word: str) -> None:
    """A perfect score does not rescue a program from a gate, nor do small stakes."""
    assert verdict(reading(100.0, small=True, **failed)) == word


def test_gates_are_read_in_order() -> None:
    """Integrity before eligibility, eligibility before requirement, and all before thin evidence."""
    everything = {"integrity": Truth.NO, "eligibility": Truth.NO, "requirement": Truth.NO, "undecided": True}

    assert verdict(reading(**everything)) == "avoid"
    assert verdict(reading(**everything | {"integrity": Truth.OPEN})) == "not-eligible-yet"
    assert verdict(reading(**everything | {"integrity": Truth.YES, "eligibility": Truth.OPEN})) == "not-worth-it"


def test_integrity_undecided_where_it_matters_says_too_little() -> None:
    """No other fact can be trusted then, so neither a high nor a low score is read."""
    assert verdict(reading(100.0, integrity=Truth.OPEN, undecided=True)) == "insufficient-evidence"
    assert verdict(reading(5.0, integrity=Truth.OPEN, undecided=True)) == "insufficient-evidence"
    assert verdict(reading(100.0, undecided=True, small=True)) == "insufficient-evidence"


def test_integrity_open_where_nothing_rests_on_it_holds_nothing_back() -> None:
    """An unanswered mill checklist alone is no reason against a plain yes."""
    assert verdict(reading(integrity=Truth.OPEN)) == "worth-it"


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [(39.9, 75.0, "insufficient-evidence"), (39.9, 74.9, "worth-it-if"), (40.0, 75.0, "worth-it-if"), (0.0, 100.0, "insufficient-evidence")],
)  # fmt: skip
def test_a_range_from_a_no_to_a_yes_says_too_little(low: float, high: float, word: str) -> None:
    """Both ends count: below 40 at one and at least 75 at the other."""
    assert verdict(reading(65.0, low=low, high=high)) == word


def test_small_stakes_need_little_evidence() -> None:
    """What costs almost nothing may be tried on a range from 0 to 100."""
    found = reading(80.0, low=0.0, high=100.0, small=True)

    assert verdict(found) == "worth-it"
    assert caps(found).too_wide is False


def test_severe_stakes_are_read_at_the_low_end() -> None:
    """Where failing would cost more than there is, the worst reading decides and a wide range is no excuse."""
    found = reading(90.0, low=41.0, high=100.0, severe=True)
    wide = reading(90.0, low=10.0, high=100.0, severe=True)

    assert verdict(found) == "compare-first"
    assert verdict(wide) == "not-worth-it"
    assert caps(found).read_low is True


def test_a_severe_loss_may_still_be_a_plain_yes() -> None:
    """If even the low end reaches the top band, it is worth it."""
    assert verdict(reading(90.0, low=75.0, high=100.0, severe=True)) == "worth-it"


@pytest.mark.parametrize(
    ("high", "importance", "word"),
    [(59.9, 2.0, "worth-it-if"), (39.9, 2.0, "compare-first"), (60.0, 2.0, "worth-it"), (40.0, 3.0, "worth-it-if"), (0.0, 1.0, "worth-it")],
)  # fmt: skip
def test_a_criterion_that_matters_and_cannot_reach_the_bar_holds_the_verdict(
    high: float, importance: float, word: str
) -> None:
    """Known weakness vetoes by the high end, and only where importance is 2 or more."""
    assert verdict(reading(90.0, weak=((100.0, 3.0), (high, importance), (100.0, 3.0)))) == word


def test_the_lowest_cap_stands_whatever_their_order() -> None:
    """A later, milder cap does not lift what an earlier one held down, nor the other way round."""
    for weak in (((39.0, 2.0), (59.0, 2.0)), ((59.0, 2.0), (39.0, 2.0))):
        assert verdict(reading(90.0, weak=weak)) == "compare-first"


@pytest.mark.parametrize(
    ("changed", "cap"),
    [({"requirement": Truth.OPEN}, "gate"), ({"eligibility": Truth.OPEN}, "gate"), ({"price_known": False}, "price"), ({"decided": False}, "deciding")],
)  # fmt: skip
def test_what_is_open_makes_a_plain_yes_conditional(changed: dict[str, Any], cap: str) -> None:
    """An unknown gate, an unknown price and an unanswered deciding question each hold at worth-it-if."""
    found = reading(95.0, **changed)

    assert verdict(found) == "worth-it-if"
    assert getattr(caps(found), cap) is True


def test_a_cap_that_changed_nothing_is_not_kept() -> None:
    """A verdict that is lower already is not held, so no condition is printed for it."""
    found = caps(reading(65.0, requirement=Truth.OPEN, price_known=False, decided=False))

    assert (found.gate, found.price, found.deciding) == (False, False, False)


def test_a_cap_never_lifts() -> None:
    """Every cap at once leaves a low score where it is."""
    found = reading(20.0, requirement=Truth.OPEN, price_known=False, decided=False, weak=((59.0, 3.0),))

    assert verdict(found) == "not-worth-it"


def test_one_open_question_that_could_undo_a_plain_yes_holds_it() -> None:
    """80 less the 6 points an open question lends is 74: conditional; less 5 it is still a plain yes."""
    held = reading(80.0, open_risk=((True, 5.0), (True, 6.0), (False, 50.0), (True, 5.0)))

    assert verdict(held) == "worth-it-if"
    assert caps(held).open == (False, True, False, False)
    assert verdict(reading(80.0, open_risk=((True, 5.0), (False, 50.0)))) == "worth-it"


def test_open_questions_do_not_add_up() -> None:
    """The rule asks of each single question whether it could undo the yes."""
    assert verdict(reading(80.0, open_risk=((True, 5.0), (True, 5.0), (True, 5.0)))) == "worth-it"


def test_small_stakes_let_open_questions_stand() -> None:
    """A plain yes about little money need not survive every open question."""
    assert verdict(reading(80.0, small=True, open_risk=((True, 30.0),))) == "worth-it"


def test_an_open_question_holds_a_plain_yes_where_stakes_are_severe() -> None:
    """Rule 8b speaks wherever stakes are not small; read at the low end the open question lends nothing there."""
    found = reading(90.0, low=78.0, high=100.0, severe=True, open_risk=((True, 0.0),))

    assert verdict(found) == "worth-it"


def test_wide_is_remembered_below_a_gate() -> None:
    """A failed gate is printed, yet the range is still known to be too wide."""
    found = reading(60.0, low=0.0, high=100.0, requirement=Truth.NO)

    assert verdict(found) == "not-worth-it"
    assert caps(found).too_wide is True


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_bands_come_from_the_rubric(scale: float) -> None:
    """The ladder holds no number of its own: halve every bar and every score, and the word is the same."""
    ladder = LADDER.model_copy(update={
        "bands": tuple(b.model_copy(update={"at_least": b.at_least * scale}) for b in LADDER.bands),
        "too_wide": LADDER.too_wide.model_copy(update={"low_below": 40 * scale, "high_at_least": 75 * scale}),
    })  # fmt: skip

    words = [climb(ladder, reading(x * scale))[1] for x in (80.0, 70.0, 50.0, 30.0)]

    assert words == ["worth-it", "worth-it-if", "compare-first", "not-worth-it"]
