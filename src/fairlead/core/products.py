"""Sums of products on one thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE: Final = 8_192
"""Numbers whose products are summed at once; ``@`` hands rows of more than 10,000 to several threads."""


def dot(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Sum the products of two rows of numbers, however long, on one thread.

    Parameters
    ----------
    left, right
        Rows of one length.

    Returns
    -------
    float
        ``left @ right``, in pieces where it is long.

    Notes
    -----
    A sum over 10,000 numbers takes a few millionths of a second. Waking a second thread takes longer, and
    each waits busily for the next: the severities of 10,000 raters took half as long again.

    Examples
    --------
    >>> import numpy as np
    >>> dot(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    if len(left) <= AT_ONCE:
        return float(left @ right)
    pieces = range(0, len(left), AT_ONCE)
    return float(sum(left[at : at + AT_ONCE] @ right[at : at + AT_ONCE] for at in pieces))
