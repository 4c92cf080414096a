"""Sums of products in pieces are the sums of products."""

import numpy as np
import pytest

from fairlead.core.products import AT_ONCE, dot


@pytest.mark.parametrize("length", [0, 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
def test_a_row_in_pieces_has_the_sum_of_all_its_products(length):
    rng = np.random.default_rng(length)
    left, right = rng.integers(-9, 10, length), rng.integers(-9, 10, length)
    assert dot(left.astype(float), right.astype(float)) == sum(
        int(one) * int(other) for one, other in zip(left, right, strict=True)
    )
