"""How reliably personas are served: pass^k, the chance that k tries with the same persona all go well.

After Yao et al. (2024), "τ-bench": pass^k is the mean over tasks of C(c, k) / C(n, k), with c of n tries passed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb

MOST_TRIES = 4


def pass_hat(tries: Mapping[str, Sequence[bool]], k: int) -> float | None:
    """pass^k over tasks with at least `k` tries; None where there is none."""
    shares = [comb(sum(passed), k) / comb(len(passed), k) for passed in tries.values() if len(passed) >= k]
    return sum(shares) / len(shares) if shares else None
