"""Insight: what follows from a judgement: flip points, questions, robustness and contributions.

Everything is worked out through the real chain from fact to verdict; a report only shows it.
"""

from credscore.insight.difference import difference
from credscore.insight.enrich import enrich
from credscore.insight.explanation import explain
from credscore.insight.priorities import weigh
from credscore.insight.standing import compare, several_goals

__all__ = ["compare", "difference", "enrich", "explain", "several_goals", "weigh"]
