"""Alignment: fit to this learner's goal.

Skills in ``skills``, what is required, held and conferred in ``requirements``, what became of graduates in ``outcomes``.
"""

from credscore.measures.alignment import outcomes, requirements, skills
from credscore.measures.alignment.outcomes import expected_pay, placement

__all__ = ["expected_pay", "outcomes", "placement", "requirements", "skills"]
