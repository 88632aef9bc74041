"""What is chosen: some of many sites, for demand at given distances."""

from dataclasses import dataclass

import numpy as np

from layers.errors import FocusError


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A question: which ``sites`` of the columns are opened?"""

    demand: np.ndarray
    """From 0 up, one a row; sums to 1, so that its scale moves nothing."""
    distances: np.ndarray
    """From 0 up, one row per place of demand and one column per possible site."""
    sites: int
    """How many are opened."""
    required: tuple[int, ...] = ()
    """Columns that are opened in any case."""
    forbidden: tuple[int, ...] = ()
    """Columns that are not opened."""

    def __post_init__(self) -> None:
        if both := set(self.required) & set(self.forbidden):
            raise FocusError(
                "{count} sites are required and forbidden at once; choose one", count=len(both)
            )
        if not len(self.required) <= self.sites <= len(self.allowed):
            raise FocusError(
                "{sites} offices cannot be placed: {fixed} sites are fixed and {allowed} are "
                "allowed; ask for a number between them",
                sites=self.sites,
                fixed=len(self.required),
                allowed=len(self.allowed),
            )

    @property
    def allowed(self) -> np.ndarray:
        """Columns that may be opened, in order."""
        return np.setdiff1d(np.arange(self.distances.shape[1]), self.forbidden)


def share_of(demand: np.ndarray) -> np.ndarray:
    """Return demand as shares that sum to 1, the same ones for any multiple of it.

    Parameters
    ----------
    demand : ndarray
        From 0 up.

    Returns
    -------
    ndarray
        Twelve decimals of the largest one are kept, so that rounding of a multiple is no
        difference.

    Raises
    ------
    FocusError
        Where there is no demand.
    """
    largest = demand.max(initial=0.0)
    if largest <= 0:
        raise FocusError("there is nobody to serve: the demand is 0 everywhere; choose another one")
    shares = np.round(demand / largest, 12)
    return np.asarray(shares / shares.sum())
