"""Options that several commands have: the same name, the same words, told once."""

from typing import Annotated

import typer

from layers.terms import AdminLevel

AsJson = Annotated[bool, typer.Option("--json", help="Escribe JSON en la salida.")]
UnitLevel = Annotated[AdminLevel, typer.Option("--level", help="Nivel de las unidades.")]
SavedScenario = Annotated[
    str | None, typer.Option("--scenario", help="Escenario guardado, o su archivo .json.")
]
Weights = Annotated[
    list[str] | None, typer.Option("--weight", help="Peso de una capa, capa:número; se repite.")
]
