"""Enrich: an evaluation with what follows from it."""

from __future__ import annotations

from credscore.insight.combinations import combine
from credscore.insight.contributions import contributions
from credscore.insight.questions import questions
from credscore.insight.robustness import robustness
from credscore.insight.scene import Scene
from credscore.insight.search import helpful, search
from credscore.model.evaluation import Evaluation
from credscore.scoring.assessment import Assessment


def enrich(assessment: Assessment) -> Evaluation:
    """The evaluation with flip points, limits, combinations, questions, robustness and contributions."""
    scene = Scene(assessment)
    found = search(scene)
    alone = any(True for _ in helpful(found, scene))
    return assessment.evaluation.model_copy(update={
        "questions": questions(scene),
        "flips": tuple(found.flips),
        "reaches": tuple(found.reaches),
        "combinations": () if alone else combine(scene, found.moves),
        "robustness": robustness(assessment.judgement),
        "contributions": tuple(contributions(assessment.judgement)),
    })  # fmt: skip
