"""The layers of a catalogue with what they serve, narrowed by objective, goal or sector."""

from typing import Any

from geoapp.answers.frame import frame_of
from geoapp.words import DEFAULT_LANGUAGE, say
from layers.errors import UnknownIdError, nearest
from layers.spec import Catalogue


def list_layers(
    catalogue: Catalogue,
    *,
    objective: str | None = None,
    sdg: int | None = None,
    gcm: int | None = None,
    sector: str = "",
) -> dict[str, Any]:
    """List layers with their tags; every condition that is given must hold.

    Parameters
    ----------
    catalogue : Catalogue
        Declares layers, sectors, hazards and frame.
    objective : str, optional
        Objective of the results frame.
    sdg : int, optional
        Sustainable Development Goal of a pillar that the layer serves.
    gcm : int, optional
        Objective of the Global Compact, likewise of a pillar.
    sector : str
        A declared sector; any if empty.

    Returns
    -------
    dict
        frame, goals_of (always ``pillar``: the frame gives no goals by objective), layers.

    Raises
    ------
    UnknownIdError
        On an objective, goal or sector that is not declared.
    """
    frame = catalogue.frame
    if objective is not None:
        frame_of(catalogue).pillar_of(objective)
    if sector and sector not in catalogue.sectors:
        known = list(catalogue.sectors)
        raise UnknownIdError(
            "no sector {sector!r}{near}; there are {known}",
            sector=sector,
            near=nearest(sector, known),
            known=", ".join(known),
        )
    for kind, goal, known_goals in (
        ("SDG", sdg, frame.sdgs_of(frame.objectives) if frame else ()),
        ("Global Compact objective", gcm, frame.gcm_of(frame.objectives) if frame else ()),
    ):
        if goal is not None and goal not in known_goals:
            raise UnknownIdError(
                "no pillar of the frame serves {kind} {goal}; they serve {known}",
                kind=kind,
                goal=goal,
                known=", ".join(map(str, known_goals)),
            )
    rows = [_described(catalogue, layer) for layer in catalogue.layers]
    return {
        "frame": frame.id if frame else None,
        "goals_of": "pillar",
        "layers": [
            row
            for row in rows
            if objective in (None, *row["objectives"])
            and sdg in (None, *row["sdgs"])
            and gcm in (None, *row["gcm"])
            and (not sector or sector in row["sectors"])
        ],
    }


def _described(catalogue: Catalogue, layer_id: str) -> dict[str, Any]:
    layer = catalogue.layer(layer_id)
    objectives = catalogue.objectives_of(layer_id)
    frame = catalogue.frame
    return {
        "id": layer_id,
        "title": say(f"layer.{layer_id}.title", DEFAULT_LANGUAGE),
        "dimension": layer.dimension.value,
        "unit": layer.unit.value,
        "sectors": list(catalogue.sectors_of(layer_id)),
        "hazard": layer.hazard,
        "objectives": list(objectives),
        "sdgs": list(frame.sdgs_of(objectives)) if frame else [],
        "gcm": list(frame.gcm_of(objectives)) if frame else [],
    }
