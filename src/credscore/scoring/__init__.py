"""Scoring: measures and a rubric make an Evaluation.

The plan asks, the judge decides on cells, and the rest puts it into words.
"""

from credscore.scoring.evaluate import evaluate

__all__ = ["evaluate"]
