"""Words that agree in few places: where a search for distinct ads begins.

A Reed-Solomon code: the polynomials of degree < k over a field of q elements, each evaluated at one point per slot.
Two of them agree in at most k - 1 slots, and there are q^k: as many as can be where every slot has q choices (the
Singleton bound). Random picking stops at about half of that.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Digits = NDArray[np.int64]

_POWERS = {
    4: (2, (1, 1, 1)),
    8: (2, (1, 0, 1, 1)),
    16: (2, (1, 0, 0, 1, 1)),
    32: (2, (1, 0, 0, 1, 0, 1)),
    64: (2, (1, 0, 0, 0, 0, 1, 1)),
    128: (2, (1, 0, 0, 0, 0, 0, 1, 1)),
    9: (3, (1, 0, 1)),
    27: (3, (1, 0, 2, 1)),
    81: (3, (1, 0, 1, 1, 1)),
    25: (5, (1, 1, 1)),
    125: (5, (1, 0, 1, 1)),
    49: (7, (1, 0, 1)),
    121: (11, (1, 0, 1)),
}
"""Fields that are no primes: characteristic and an irreducible polynomial, constant first."""


def field_sizes(most: int) -> list[int]:
    """The sizes of fields up to `most` that are known here, ascending: primes and small prime powers."""
    return [q for q in range(2, most + 1) if q in _POWERS or all(q % d for d in range(2, int(q**0.5) + 1))]


@cache
def field(q: int) -> tuple[Digits, Digits]:
    """Tables of sum and product of a field of q elements, q x q."""
    if q not in _POWERS:
        one = np.arange(q)
        return np.add.outer(one, one) % q, np.multiply.outer(one, one) % q
    prime, modulus = _POWERS[q]
    degree = len(modulus) - 1
    elements = [each[::-1] for each in product(range(prime), repeat=degree)]
    number = {element: index for index, element in enumerate(elements)}
    add = [[number[tuple((a + b) % prime for a, b in zip(x, y, strict=True))] for y in elements] for x in elements]
    times = [[number[_multiplied(x, y, modulus, prime)] for y in elements] for x in elements]
    return np.array(add), np.array(times)


def _multiplied(x: tuple[int, ...], y: tuple[int, ...], modulus: tuple[int, ...], prime: int) -> tuple[int, ...]:
    """The product of two polynomials, reduced."""
    degree = len(modulus) - 1
    result = [0] * (2 * degree - 1)
    for i, a in enumerate(x):
        for j, b in enumerate(y):
            result[i + j] = (result[i + j] + a * b) % prime
    for top in range(len(result) - 1, degree - 1, -1):
        lead = result[top]
        for i, c in enumerate(modulus):
            result[top - degree + i] = (result[top - degree + i] - lead * c) % prime
    return tuple(result[:degree])


def words(q: int, length: int, coefficients: Digits) -> Digits:
    """Words of `length` symbols (at most q + 1) for rows of coefficients, constant first; n x k to n x length.

    The symbol past the last point of the field is the leading coefficient ("the point at infinity").
    """
    add, times = field(q)
    result = np.empty((len(coefficients), length), dtype=np.int64)
    for point in range(min(length, q)):
        value = np.zeros(len(coefficients), dtype=np.int64)
        for place in range(coefficients.shape[1] - 1, -1, -1):
            value = add[times[value, point], coefficients[:, place]]
        result[:, point] = value
    if length > q:
        result[:, q] = coefficients[:, -1]
    return result


def digits(numbers: Digits, q: int, count: int) -> Digits:
    """The last `count` digits of numbers in base q, lowest first; n to n x count."""
    return numbers[:, None] // q ** np.arange(count) % q
