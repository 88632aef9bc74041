"""The three slowest parts under a profiler: ``python -m bench.profile``."""

import argparse
import cProfile
import datetime
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

import layers
from bench.machine import describe, load
from geoapp.settings import read_settings
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.countries import COUNTRIES
from layers.decide.draws import Rules, lay_out
from layers.decide.inputs import weigh_inputs
from layers.decide.robust import COMPARED
from layers.decide.scenarios import DEFAULT
from layers.decide.score import rank_units
from layers.decide.tally import count_part
from layers.pipeline import build
from layers.steps import Steps
from layers.terms import AdminLevel

ROOT = Path(layers.__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "perfil.md"
T = TypeVar("T")
_SHOWN = 8
_TOP = 50
_INTRODUCTION = """Escrito por `python -m bench.profile --write`. Los segundos son de procesador bajo
`cProfile`, que alarga lo que llama mucho: sirven para comparar partes entre sí, no con
[las medidas](bench.md). A cada función se le cuenta lo propio y lo de las bibliotecas que llama."""


@dataclass(frozen=True)
class Part:
    """A slow part of the product."""

    title: str
    remedy: str
    """What would make it faster, and at what price."""


BUILD = Part(
    "Construir desde cero",
    "El tiempo está repartido: leer números de los textos de las tablas, pasar cifras de un corte de "
    "distritos a otro y subirlas de nivel, capa por capa, además de bordes y rásteres. Aquí todo corre "
    "en un proceso, que es el que se mide; `geoapp build` mide y dibuja en otro mientras hace las "
    "tablas. Son pasos que se guardan: después de cambiar una tabla corre solo lo que depende de "
    "ella, y si nada cambió, nada. Más rápido sería guardar cada tabla publicada ya leída como "
    "números, que es otra copia que cuidar.",
)
FIRMNESS = Part(
    "Firmeza de los puestos: 5.000 sorteos de pesos y de cifras, la parte de uno de dos hilos",
    "Lo más caro es ordenar las unidades en cada sorteo y contar sus puestos. Menos sorteos lo "
    "acortan en proporción: con 2.500 el intervalo de 95 % de una probabilidad pasa de ±1 a ±2 "
    "puntos. La página no espera: lo cuenta otro proceso, una vez para todos los que preguntan.",
)
WEIGHTS = Part(
    "Cien rankings con pesos nuevos",
    "Cada capa se normaliza una vez para todos los pesos; queda ponderar, sumar y ordenar, con el "
    "rango de cada puesto. Más rápido sería hacerlo en arreglos sin nombres de filas, que se leen "
    "peor; en la página no hace falta, porque el navegador recalcula el puntaje mientras se mueve "
    "el peso y el servidor solo responde al soltarlo.",
)


def main() -> int:
    """Profile, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"also write docs/{PAGE.name}")
    given = parser.parse_args()
    before = load()
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as store:
        text = page(Path(store), before)
    sys.stdout.write(text)
    if given.write:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


def page(store: Path, before: str) -> str:
    """Return the page of the three parts over the real country.

    Parameters
    ----------
    store : Path
        An empty folder.
    before : str
        The load of the machine when it began.

    Returns
    -------
    str
        Markdown.
    """
    country = COUNTRIES["per"]
    places = read_settings({**os.environ, "GEOAPP_STORE": str(store)}).places
    built, cold = profiled(lambda: build(country.catalogue, country, places, steps=Steps()))
    table = built.levels[AdminLevel.DISTRICT].table
    inputs = weigh_inputs(table, DEFAULT, CATALOGUE)
    field = lay_out(inputs, DEFAULT.aggregation, with_ranges=True)
    chosen = np.arange(COMPARED)
    _, firm = profiled(lambda: count_part(field, Rules(), chosen, 0, _TOP))
    _, ranked = profiled(lambda: _rank_often(built))
    machine = describe() | {"load, before and after": f"{before}, {load()}"}
    return "\n".join(
        [
            "# Perfil",
            "",
            f"{datetime.date.today().isoformat()}. {_INTRODUCTION}",
            "",
            *(f"- {name}: {value}" for name, value in machine.items()),
            *_told(BUILD, cold),
            *_told(FIRMNESS, firm),
            *_told(WEIGHTS, ranked),
            "",
        ]
    )


def _rank_often(built: Build) -> None:
    table = built.levels[AdminLevel.DISTRICT].table
    first = DEFAULT.weights[0][0]
    for run in range(100):
        rank_units(table, DEFAULT.with_weights({first: 1 + run / 100}), CATALOGUE)


def profiled(act: Callable[[], T]) -> tuple[T, dict[str, float]]:
    """Do something under the profiler.

    Parameters
    ----------
    act : callable
        What is done; threads that it starts are not seen.

    Returns
    -------
    tuple
        What it gives, and seconds by function of ours, with the libraries that it calls.
    """
    profile = cProfile.Profile(time.process_time)
    found = profile.runcall(act)
    return found, seconds_of_ours(pstats.Stats(profile).stats)  # type: ignore[attr-defined]


def seconds_of_ours(stats: dict[Any, Any]) -> dict[str, float]:
    """Return seconds by function of ours: its own, and those of libraries that it calls.

    Parameters
    ----------
    stats : dict
        As ``pstats.Stats`` holds them: place -> calls, own and whole seconds, and the callers.

    Returns
    -------
    dict
        Seconds by ``module.function``.
    """
    found: dict[str, float] = {}
    for place, (_, _, own, _, callers) in stats.items():
        if name := _ours(place):
            found[name] = found.get(name, 0.0) + own
            continue
        for caller, (_, _, _, whole) in callers.items():
            if name := _ours(caller):
                found[name] = found.get(name, 0.0) + whole
    return found


def _ours(place: tuple[str, int, str]) -> str:
    path = Path(place[0])
    if not path.is_absolute() or not path.is_relative_to(ROOT / "layers"):
        return ""
    return f"{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}.{place[2]}"


def _told(part: Part, seconds: dict[str, float]) -> list[str]:
    whole = sum(seconds.values())
    first = sorted(seconds.items(), key=lambda row: -row[1])[:_SHOWN]
    return [
        "",
        f"## {part.title}: {whole:.1f} s",
        "",
        "| función | s | % |",
        "|---|---:|---:|",
        *(f"| `{name}` | {spent:.2f} | {100 * spent / whole:.0f} |" for name, spent in first),
        "",
        part.remedy,
    ]


if __name__ == "__main__":
    sys.exit(main())
