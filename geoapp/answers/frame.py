"""The figures of a unit by objective of the results frame, as a dict and as Markdown."""

from typing import Any

from geoapp.answers.build import unit_answer
from geoapp.numbers import is_told, shown_cell
from geoapp.words import say
from layers.built import Build
from layers.errors import UnknownIdError
from layers.spec import Catalogue, ResultsFrame


def frame_of(catalogue: Catalogue) -> ResultsFrame:
    """Return the results frame of a catalogue, or say that it has none."""
    if catalogue.frame is None:
        raise UnknownIdError("this country declares no results frame; leave the objectives out")
    return catalogue.frame


def frame_answer(built: Build, catalogue: Catalogue, ubigeo: str) -> dict[str, Any]:
    """Group the figures of a unit by the objectives that they serve.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Declares layers, sources and the results frame.
    ubigeo : str
        Code of a region, province or district.

    Returns
    -------
    dict
        ubigeo, name, level, frame and objectives: each with pillar, the goals of its pillar
        (sdgs, gcm; the frame gives none by objective) and layers. A figure that serves
        several objectives stands in each; an objective that no figure serves is there, empty.

    Raises
    ------
    UnknownIdError
        Where the catalogue has no frame.
    InvalidUbigeoError, UnknownUbigeoError, StoreError
        As ``unit_answer``.
    """
    frame = frame_of(catalogue)
    unit = unit_answer(built, catalogue, ubigeo)
    served = {layer: catalogue.objectives_of(layer) for layer in unit["layers"]}
    return {
        **{key: unit[key] for key in ("ubigeo", "name", "level")},
        "frame": frame.id,
        "objectives": {
            objective: {
                "pillar": frame.pillar_of(objective).id,
                "sdgs": list(frame.sdgs_of((objective,))),
                "gcm": list(frame.gcm_of((objective,))),
                "layers": {
                    layer: cell
                    for layer, cell in unit["layers"].items()
                    if objective in served[layer]
                },
            }
            for objective in frame.objectives
        },
    }


def heading(objective: str, found: dict[str, Any], language: str) -> tuple[str, str]:
    """Return the title of an objective and the line of the goals of its pillar."""
    pillar = say(f"pillar.{found['pillar']}", language)
    goals = say(
        "frame.goals",
        language,
        sdgs=", ".join(map(str, found["sdgs"])),
        gcm=", ".join(map(str, found["gcm"])),
    )
    return f"{objective} {say(f'objective.{objective}', language)} ({pillar})", goals


def figure_line(layer: str, cell: dict[str, Any], language: str) -> tuple[str, str, str, str, str]:
    """Return title, value with unit, method, publisher and vintage of a figure."""
    value = shown_cell(cell)
    unit = "" if not is_told(cell) else f" {say('unit.' + cell['unit'], language)}"
    return (
        say(f"layer.{layer}.title", language),
        f"{value}{unit}",
        say(f"method.{cell['method']}", language),
        cell["publisher"],
        cell["vintage"],
    )


def frame_markdown(answer: dict[str, Any], language: str) -> str:
    """Write the figures of a unit by objective as Markdown.

    Parameters
    ----------
    answer : dict
        As ``frame_answer`` returns it.
    language : str
        A language of the product.

    Returns
    -------
    str
        A section with one table per objective that some figure serves.
    """
    frame = say(f"frame.{answer['frame']}", language)
    lines = [
        f"## {say('frame.by_objective', language)}: {_cell(answer['name'])} ({answer['ubigeo']})",
        "",
        f"{frame}. {say('frame.serves_many', language)}",
        "",
    ]
    columns = [
        say(f"frame.{name}", language)
        for name in ("figure", "value", "method", "source", "vintage")
    ]
    for objective, found in answer["objectives"].items():
        if not found["layers"]:
            continue
        title, goals = heading(objective, found, language)
        lines += [f"### {title}", "", f"{goals}.", "", _row(columns), _row(["---"] * len(columns))]
        lines += [
            _row(list(figure_line(layer, cell, language)))
            for layer, cell in found["layers"].items()
        ]
        lines.append("")
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Return a text that neither ends a cell nor begins a tag."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
