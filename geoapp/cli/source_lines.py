"""What is known of each source on this machine, for the commands that speak of sources."""

from dataclasses import dataclass

from layers.countries import Country
from layers.errors import Sentence, SourceDamagedError, SourceUnavailableError
from layers.sources.locate import Places, candidates, locate
from layers.spec import SourceSpec

ROLES = {
    "boundaries": "los límites de los distritos",
    "names": "los nombres oficiales",
    "neighbours": "los países vecinos del fondo",
}


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """What is known of one source on this machine."""

    id: str
    publisher: str
    vintage: str
    licence: str
    landing: str
    url: str | None
    bytes: int
    place: str | None
    """store, mirror or starter; None where the source is absent."""
    path: str | None
    verified: bool
    """True where size and hash are those declared."""
    problem: Sentence | None
    roles: tuple[str, ...]
    """What it is to a country beyond its layers: boundaries, names, neighbours."""
    layers: tuple[str, ...]
    """Layers that hang on it."""
    remedy: str | None
    """What to do, in Spanish, where it is absent or damaged."""


def describe(spec: SourceSpec, country: Country, places: Places) -> SourceLine:
    """Look for one source on this machine, without a network.

    Parameters
    ----------
    spec : SourceSpec
        The source.
    country : Country
        Declares the layers that hang on it.
    places : Places
        The folders of this machine.

    Returns
    -------
    SourceLine
        With its size and hash checked.
    """
    place, problem, verified = None, None, False
    paths = candidates(spec, places)
    try:
        place, _ = locate(spec, places)
        verified = True
    except SourceDamagedError as error:
        place = next(name for name, path in paths.items() if path.is_file())
        problem = error.sentence
    except SourceUnavailableError as error:
        problem = error.sentence
    return SourceLine(
        id=spec.id,
        publisher=spec.publisher,
        vintage=spec.vintage,
        licence=spec.licence.value,
        landing=spec.landing,
        url=spec.url,
        bytes=spec.bytes,
        place=place,
        path=str(paths[place]) if place else None,
        verified=verified,
        problem=problem,
        roles=roles(spec.id, country),
        layers=country.catalogue.layers_on(spec.id),
        remedy=None if verified else remedy(spec, place),
    )


def remedy(spec: SourceSpec, place: str | None) -> str:
    """Say in Spanish what brings a source that is absent or damaged.

    Parameters
    ----------
    spec : SourceSpec
        The source.
    place : str or None
        Where a damaged copy lies; None where there is none.

    Returns
    -------
    str
        One sentence without a full stop.
    """
    if place == "mirror":
        return f"copie de nuevo {spec.mirror} en la carpeta de GEOAPP_MIRROR"
    if spec.url:
        first = "borre la copia dañada y ejecute" if place else "ejecute"
        return f"{first} geoapp fetch {spec.id}, o indique GEOAPP_MIRROR"
    if spec.mirror:
        return (
            f"indique en GEOAPP_MIRROR una carpeta que contenga {spec.mirror}; "
            f"el original está en {spec.landing}"
        )
    return f"reinstale geoapp: {spec.starter} viene incluido; el original está en {spec.landing}"


def roles(source_id: str, country: Country) -> tuple[str, ...]:
    """Return what a source is to a country beyond its layers.

    Parameters
    ----------
    source_id : str
        The source.
    country : Country
        The country.

    Returns
    -------
    tuple of str
        Of boundaries, names and neighbours.
    """
    return tuple(role for role in ROLES if getattr(country, role) == source_id)


def lost(source_id: str, country: Country) -> str:
    """Say in Spanish what the map loses without a source.

    Parameters
    ----------
    source_id : str
        The source.
    country : Country
        Declares its layers.

    Returns
    -------
    str
        One sentence.
    """
    costs = [ROLES[role] for role in roles(source_id, country)]
    if layers := country.catalogue.layers_on(source_id):
        costs.append(f"las capas {', '.join(layers)}")
    return f"Sin ella faltan: {'; '.join(costs)}." if costs else "Ninguna capa depende de ella."
