"""Where an exported file comes from: build, scenario, version and day."""

from geoapp.edition import edition_line
from geoapp.words import say, words
from layers.built import Build
from layers.decide.scenario import Scenario
from layers.spec import Catalogue, LayerSpec
from layers.table.units import UnitTable
from layers.terms import AdminLevel


def provenance_of(
    built: Build, level: AdminLevel, scenario: Scenario, date: str, left_out: tuple[str, ...]
) -> dict[str, str]:
    """Say where a file comes from, as names and texts.

    Parameters
    ----------
    built : Build
        The build.
    level : AdminLevel
        The level of the rows.
    scenario : Scenario
        The weights of rank and score.
    date : str
        Day of the export.
    left_out : tuple of str
        What no licence lets pass on.

    Returns
    -------
    dict
        ``pesos`` is written as ``--weight`` reads it, so that it can be pasted.
    """
    return {
        "producto": "geoapp",
        "version": built.version,
        "construccion": built.hash,
        "edicion": edition_line(built, "es") or say("access.edition_full", "es"),
        "pais": built.country,
        "nivel": level.value,
        "escenario": scenario.id,
        "escenario_hash": scenario.hash,
        "pesos": " ".join(f"{layer}:{weight:g}" for layer, weight in scenario.weights),
        "fecha": date,
        "confianza_al": built.on.isoformat(),
        "cadena_de_una_celda": say("why.command", "es", layer="CAPA"),
        "dejado_fuera": " ".join(left_out),
    }


def formulas_of(table: UnitTable, catalogue: Catalogue) -> dict[str, str]:
    """Say of each layer of a file how its figures are made, the same for every unit.

    Parameters
    ----------
    table : UnitTable
        Knows the sources of each layer at its level.
    catalogue : Catalogue
        Declares models, inputs and parameters.

    Returns
    -------
    dict
        ``capa.<layer>``: formula or columns, inputs, parameters and sources.
    """
    return {f"capa.{layer}": _formula(catalogue.layer(layer), table) for layer in table.sources}


def _formula(layer: LayerSpec, table: UnitTable) -> str:
    known = words("es")
    parts = [layer.model.value if layer.model else layer.to_unit.value]
    for name, listed in (
        ("entradas", layer.inputs),
        ("columnas", layer.columns),
        ("filas", tuple(f"{column}={'|'.join(texts)}" for column, texts in layer.where)),
        ("fuentes", table.sources[layer.id]),
    ):
        if listed:
            parts.append(f"{name}: {', '.join(listed)}")
    if layer.figure:
        parts.append(f"total nacional: {layer.figure}")
    if layer.factor != 1:
        parts.append(f"factor: {layer.factor:g}")
    if isinstance(layer.limits, tuple):
        parts.append(f"límites: {layer.limits[0]:g} a {layer.limits[1]:g}")
    description = known.get(f"layer.{layer.id}.description", "")
    return "; ".join(parts) + (f". {description}" if description else "")
