"""Scoring: measures and a rubric make an Evaluation.

The plan asks, the judge decides on cells, and the telling puts it into words.
"""

from credscore.scoring.assessment import Assessment, assess

__all__ = ["Assessment", "assess"]
