"""Find the file of a source on this machine. Never opens a socket."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from layers.errors import Sentence, SourceDamagedError, SourceUnavailableError
from layers.sources.verify import verify
from layers.spec import SourceSpec


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where files may lie: the local store first, then a mirror folder, then the starter pack."""

    store: Path
    starter: Path
    mirror: Path | None = None
    loaded: Path | None = None
    """Copies of what planners loaded, each named by its sha256."""


def starter_folder() -> Path:
    """Return the folder of the starter pack, in an installed wheel or a checkout."""
    packaged = Path(str(resources.files("layers"))) / "_data"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "data"


def candidates(spec: SourceSpec, places: Places) -> Mapping[str, Path]:
    """Return the paths where a source may lie, in the order in which they are tried.

    Parameters
    ----------
    spec : SourceSpec
        The source.
    places : Places
        The folders of this machine.

    Returns
    -------
    Mapping
        From the name of the place (``loaded``, ``store``, ``mirror``, ``starter``) to the path.
    """
    if spec.is_loaded:
        return {"loaded": places.loaded / spec.sha256} if places.loaded else {}
    found = {"store": places.store / spec.id}
    if spec.mirror and places.mirror:
        found["mirror"] = places.mirror / spec.mirror
    if spec.starter:
        found["starter"] = places.starter / spec.starter
    return found


class Finder:
    """Finds the files of sources, each looked for and checked once."""

    def __init__(self, places: Places) -> None:
        """Look in the folders of this machine."""
        self.places = places
        self._found: dict[SourceSpec, tuple[str, Path]] = {}

    def locate(self, spec: SourceSpec) -> tuple[str, Path]:
        """Return what `locate` returns; it raises the same."""
        if spec not in self._found:
            self._found[spec] = locate(spec, self.places)
        return self._found[spec]

    def place_of(self, spec: SourceSpec) -> str:
        """Return the place that holds a source, or why none does."""
        try:
            return self.locate(spec)[0]
        except (SourceUnavailableError, SourceDamagedError) as error:
            return str(error)


def locate(spec: SourceSpec, places: Places) -> tuple[str, Path]:
    """Return the first place that holds a source, with its size and hash checked.

    Parameters
    ----------
    spec : SourceSpec
        The source.
    places : Places
        The folders of this machine.

    Returns
    -------
    tuple
        Name of the place and path of the file.

    Raises
    ------
    SourceUnavailableError
        Where no place holds it.
    SourceDamagedError
        Where the file found is not the one declared.
    """
    for place, path in candidates(spec, places).items():
        if path.is_file():
            verify(path, spec)
            return place, path
    if spec.is_loaded:
        raise SourceUnavailableError(
            "the copy of {source} is gone from the store; load {file} again",
            source=spec.id,
            file=spec.citation,
        )
    remedy = (
        Sentence("run geoapp fetch, or set GEOAPP_MIRROR to a folder that holds it")
        if spec.url
        else Sentence(
            "set GEOAPP_MIRROR to a folder that holds {file}; the original is at {landing}",
            file=spec.mirror,
            landing=spec.landing,
        )
    )
    raise SourceUnavailableError(
        "source {source} is not on this machine; {remedy}", source=spec.id, remedy=remedy
    )
