from itertools import combinations

import numpy as np
import pytest

from creative.bulk.codes import digits, field, field_sizes, words


@pytest.mark.parametrize("q", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27])
def test_every_element_but_zero_has_an_inverse_and_sums_cancel(q):
    add, times = field(q)

    assert all(1 in times[x].tolist() for x in range(1, q))
    assert all(sorted(add[x].tolist()) == list(range(q)) for x in range(q))
    assert np.array_equal(times[:, add[1, 1]], add[times[:, 1], times[:, 1]])


@pytest.mark.parametrize(("q", "places", "length"), [(5, 2, 6), (7, 3, 6), (8, 3, 8), (4, 2, 5)])
def test_two_words_agree_in_fewer_slots_than_they_have_coefficients(q, places, length):
    found = words(q, length, digits(np.arange(q**places), q, places))

    assert max(int((one == other).sum()) for one, other in combinations(found, 2)) == places - 1


def test_fields_have_the_sizes_of_primes_and_their_powers():
    assert field_sizes(20) == [2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 19]
