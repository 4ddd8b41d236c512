"""Cost: what it really takes from this learner, and whether that comes back.

Prices in ``price``, what is lost meanwhile in ``forgone``, borrowing in ``financing``, the return in ``returns``.
"""

from credscore.measures.cost import aid, financing, forgone, price, returns

__all__ = ["aid", "financing", "forgone", "price", "returns"]
