"""What can be asked of ``geoapp focus``, each option with its help."""

from pathlib import Path
from typing import Annotated

import typer

from layers.terms import AdminLevel

Demand = Annotated[
    str | None,
    typer.Option(
        help="Qué se atiende: una capa de conteo, o score (el puntaje); "
        "las personas del escenario si no se dice."
    ),
]

Level = Annotated[
    AdminLevel | None,
    typer.Option(help="Nivel de las unidades; district, o region con --regions."),
]

Sites = Annotated[
    int | None,
    typer.Option(min=1, help="Cuántas oficinas; las de hoy y las exigidas si no se dice."),
]

Within = Annotated[
    float | None,
    typer.Option(min=0.0, help="Alcance de una oficina, en km (u horas con --times)."),
]

Required = Annotated[list[str] | None, typer.Option(help="UBIGEO de una sede exigida; se repite.")]

Forbidden = Annotated[
    list[str] | None, typer.Option(help="UBIGEO de una sede prohibida; se repite.")
]

Capacity = Annotated[
    float | None,
    typer.Option(help="Cuánto puede atender cada oficina, en unidades de --demand."),
]

OneMore = Annotated[bool, typer.Option("--one-more", help="Dónde iría una oficina más y qué gana.")]

Regions = Annotated[
    bool,
    typer.Option("--regions", help="Elige las 12 regiones: las 7 de hoy y cinco más."),
]

EveryDistrict = Annotated[
    bool,
    typer.Option("--every", help="Todo distrito puede ser sede, no solo las capitales."),
]

Times = Annotated[
    Path | None,
    typer.Option(help="CSV de caminos: origin,destination,hours (o km)."),
]
