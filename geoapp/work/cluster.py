"""Workers in other processes or on other machines, by dask.distributed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from geoapp.work.beside import Beside
from layers.errors import LayersError
from layers.workers import HERE, Units, Workers

if TYPE_CHECKING:
    from distributed import Client

Part = TypeVar("Part")
Made = TypeVar("Made")
_SCHEMES = ("tcp://", "tls://")
_SECONDS = 20


class Cluster:
    """The workers of a dask scheduler; the product is installed on each."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    @property
    def count(self) -> int:
        """How many workers there are now."""
        return max(1, len(self._client.nthreads()))

    def map(self, do: Callable[[Part], Made], parts: Sequence[Part]) -> list[Made]:
        """Send each part to a worker and wait for all; what one raises is raised here."""
        if len(parts) == 1:
            return [do(parts[0])]
        held = self._client.scatter(list(parts), hash=False)
        made: list[Made] = self._client.gather(self._client.map(do, held, pure=False))
        return made

    def expect(self, count: int) -> None:
        """Wait for it: the workers are there."""

    def whole(self, do: Callable[[Units], Made], units: Units) -> Made:
        """Do it in this process, which has the units."""
        return do(units)


def refuse_strange(named: str) -> None:
    """Refuse a name that can be no workers.

    Parameters
    ----------
    named : str
        As `workers_of` takes it.

    Raises
    ------
    LayersError
        With what it may be.
    """
    is_number = named.isdecimal() and int(named) > 0
    if named and not is_number and not named.startswith(_SCHEMES):
        raise LayersError(
            "--workers {named!r} is neither a number of processes nor tcp://host:port of a dask "
            "scheduler",
            named=named,
        )


@contextmanager
def workers_of(named: str) -> Iterator[Workers]:
    """Open the workers that an option names, and close them at the end.

    Parameters
    ----------
    named : str
        Number of processes of this machine, 1 for this one alone, or the address of a dask
        scheduler; empty for this process and one beside it.

    Yields
    ------
    Workers
        To be handed to the pipeline.

    Raises
    ------
    LayersError
        Where it is neither, dask is absent or the scheduler does not answer.
    """
    refuse_strange(named)
    if named == "1":
        yield HERE
        return
    if not named:
        with Beside() as beside:
            yield beside
        return
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise LayersError("several workers need dask; run pip install 'geoapp[scale]'") from error
    with ExitStack() as held:
        address: Any = named
        if named.isdecimal():
            local = LocalCluster(int(named), threads_per_worker=1, dashboard_address=None)
            address = held.enter_context(local)
        try:
            client = held.enter_context(Client(address, timeout=_SECONDS))
        except OSError as error:
            raise LayersError(
                "no dask scheduler answers at {named}; start one with: dask scheduler",
                named=named,
            ) from error
        yield Cluster(client)
