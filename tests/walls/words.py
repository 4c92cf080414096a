"""What a word about agreement says of every answer, found by counting out all that the others can be."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def agreeing(n: int, least: int, most: int, options: int, word: str) -> int:
    """Count what one of n answers can be if their sum is within bounds and the word is true of them.

    By counting out: every pair of sum and sum of squares that the other n - 1 answers can have, squares
    as the bits of one whole number.
    """
    others = _squares(n - 1, options)
    limit = n * (n - 1) * 3 * (options**2 - 1)
    found = 0
    for one in range(options):
        reached = False
        for total in range(max(least, one), min(most, one + len(others) - 1) + 1):
            # alike: 120 (n Q - S²) <= n (n - 1) 3 (options² - 1), with Q the squares of all n.
            last = (limit + 120 * total**2) // (120 * n) - one**2
            alike = others[total - one] & ((1 << last + 1) - 1) if last >= 0 else 0
            reached |= bool(alike if word == "alike" else others[total - one] ^ alike)
        found += reached
    return found


@lru_cache(maxsize=64)
def _squares(n: int, options: int) -> list[int]:
    """Give for each sum of n answers from 0 the sums of squares that they can have."""
    if n == 0:
        return [1]
    before = _squares(n - 1, options)
    after = [0] * ((n * (options - 1)) + 1)
    for total, squares in enumerate(before):
        for one in range(options):
            after[total + one] |= squares << one**2
    return after
