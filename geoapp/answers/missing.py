"""Data that is awaited, as plain data: the same for ``geoapp missing`` and for the page."""

from typing import Any

from geoapp.words import say
from layers.spec import AwaitedSpec, Catalogue, LoadedFile
from layers.table.dependence import stake_of
from layers.table.units import UnitTable


def missing_row(
    spec: AwaitedSpec, loaded: LoadedFile | None, starter: str, language: str = "es"
) -> dict[str, Any]:
    """Describe one kind of file that is awaited.

    Parameters
    ----------
    spec : AwaitedSpec
        The kind.
    loaded : LoadedFile, optional
        The file of that kind that was loaded.
    starter : str
        Folder of the templates.
    language : str
        A language of the product.

    Returns
    -------
    dict
        id, title, description, kind, formats, publisher, landing, template, layers, change,
        loaded, load.
    """
    file = f"archivo.{spec.formats[0].replace('geotiff', 'tif')}"
    return {
        "id": spec.id,
        "title": say(f"awaited.{spec.id}.title", language),
        "description": say(f"awaited.{spec.id}.description", language),
        "kind": spec.kind.value,
        "formats": list(spec.formats),
        "publisher": spec.publisher,
        "landing": spec.landing or None,
        "template": f"{starter}/{spec.template}" if spec.template else None,
        "layers": list(spec.feeds),
        "change": say(f"awaited.{spec.id}.change", language),
        "loaded": f"{loaded.publisher}, {loaded.vintage}" if loaded else None,
        "load": f"geoapp load {spec.id} {file} --publisher … --vintage …",
    }


def stake_row(
    spec: AwaitedSpec,
    table: UnitTable,
    catalogue: Catalogue,
    weights: dict[str, float],
    ranked: int,
) -> dict[str, Any]:
    """Say what hangs on data that is awaited.

    Parameters
    ----------
    spec : AwaitedSpec
        The kind.
    table : UnitTable
        The level that is shown.
    catalogue : Catalogue
        Declares inputs.
    weights : dict
        Of the scenario that is shown.
    ranked : int
        Units that have a rank.

    Returns
    -------
    dict
        units (without a figure of their own), of, weight (0 to 100) and ranks that rest on it.
    """
    stake = stake_of(table, catalogue, spec.feeds, weights)
    return {
        "units": stake.units,
        "of": stake.of,
        "weight": stake.weight,
        "ranks": ranked if stake.weight else 0,
    }
