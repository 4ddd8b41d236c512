"""Comparison: evaluations side by side, before and after a change, of several programs, or for several goals."""

from credscore.model.evaluation import Evaluation, Span
from credscore.model.record import Record


class Moved(Record):
    """Something that a change moved: a criterion, a question or a gate, as it was and as it is."""

    kind: str
    id: str
    title: str
    before: str
    after: str
    change: float | None
    says: str


class Difference(Record):
    """One program before and after some fields were set."""

    assignments: tuple[str, ...]
    before: Evaluation
    after: Evaluation
    moved: tuple[Moved, ...]
    says: str


class Standing(Record):
    """One program among several: its place, and how often it is first under weightings near the stated ones."""

    place: int
    evaluation: Evaluation
    first: float
    says: str


class Lead(Record):
    """Who leads on one criterion; several where the difference lies inside the uncertainty."""

    criterion: str
    title: str
    weight: float
    leaders: tuple[str, ...]
    scores: tuple[Span | None, ...]


class Pair(Record):
    """Two programs held against each other, the better-placed first.

    ``share`` is the share of weightings near the stated ones under which the first scores at least as high, at the
    likely points; ``low`` and ``high`` at the facts' worst and best for it.
    """

    first: str
    second: str
    low: float
    share: float
    high: float
    relation: str  #: "surely better" | "better on every criterion" | "ahead" | "tied"


class Comparison(Record):
    """Several programs for one goal, best first; or one program for several goals."""

    standings: tuple[Standing, ...]
    leads: tuple[Lead, ...] = ()
    pairs: tuple[Pair, ...] = ()
    concentration: float | None = None
    error: float | None = None
    seed: int | None = None
    says: str


class Step(Record):
    """How one question went from facts to points of the score."""

    criterion: str
    id: str
    title: str
    why: str
    formula: str
    unit: str
    value: str
    knots: tuple[tuple[float, float], ...]
    words: dict[str, float]
    place: Span | None
    points: Span
    weight: float
    share: float
    earned: Span
    says: str
    evidence: tuple[str, ...]
    citations: tuple[str, ...]


class Explanation(Record):
    """Every step from fact to points for one program and goal, or for the criterion or question asked about."""

    evaluation: Evaluation
    about: str | None
    steps: tuple[Step, ...]
    gates: tuple[str, ...]


class Weighing(Record):
    """Weights elicited from a learner, the ``[priorities]`` that state them, and what they trade against each other."""

    method: str  #: "swing" | "rank"
    weights: dict[str, float]
    priorities: dict[str, float]
    trade_offs: tuple[str, ...]
