"""Outcomes: what became of those who started."""

from typing import Annotated

from credscore.model.fact import Fact
from credscore.model.notation import FactKind
from credscore.model.program.terms import ABSENT, Answer, Days, Pay, Rate
from credscore.model.record import Record


class Outcomes(Record):
    """What became of those who started."""

    completion_rate: Rate = ABSENT
    completion_within: Annotated[Fact, FactKind("number", unit="multiples of normal time")] = ABSENT
    pass_rate: Rate = ABSENT
    placement_rate: Rate = ABSENT
    placement_in_field: Answer = ABSENT
    placement_days: Days = ABSENT
    advancement_rate: Rate = ABSENT
    median_earnings: Pay = ABSENT
    upper_quartile_earnings: Pay = ABSENT
    days_to_job: Days = ABSENT
