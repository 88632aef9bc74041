"""What a country of more units costs: ``python -m bench.growth``.

Each size runs in a process of its own, so that its memory is its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.machine import describe, load
from bench.more_units import grow
from geoapp.exports.csv import write_csv
from geoapp.exports.frame import make_frame
from geoapp.outlines.arcs import page_arcs
from geoapp.outlines.unit_tiles import unit_tiles
from geoapp.settings import Settings, read_settings
from geoapp.store.builds import read_build
from layers.built import Build
from layers.decide.draws import Rules
from layers.decide.inputs import weigh_inputs
from layers.decide.robust import rank_robustly
from layers.decide.score import rank_units
from layers.spec import Catalogue
from layers.terms import AdminLevel

SIZES = (1_891, 50_000, 400_000)
DRAWS = 200
"""Of the robust ranking; the product draws 10,000, whose time is as many times longer."""
LINEAR = 1.15
"""Largest exponent of growth that is called linear."""
_MB = 1e6
_LEAST_SECONDS, _LEAST_MEGABYTES = 0.1, 30.0
"""Less is the noise of the machine, of which no growth is told."""
_TOP = 50


def steps_of(
    built: Build, catalogue: Catalogue, settings: Settings, folder: Path
) -> dict[str, Callable[[], object]]:
    """Return what is measured at each size, by its name."""
    level, made = next(iter(built.levels.items()))
    scenario = settings.country.scenario

    def join() -> object:
        return made.units.join([made.table.names, made.table.values])

    def encode() -> object:
        carried = pd.DataFrame({"u": made.units.index}, index=made.units.index)
        return page_arcs(made.outlines, carried)

    def robust() -> object:
        inputs = weigh_inputs(made.table, scenario, catalogue)
        rules = Rules(draws=DRAWS)
        return rank_robustly(inputs, scenario.aggregation, rules, top=_TOP)

    def export() -> object:
        profile = settings.country
        frame = make_frame(built, level, scenario, catalogue, profile, date="2026-01-01")
        return write_csv(frame, folder / "units.csv")

    return {
        "tabla unida": join,
        "orden": lambda: rank_units(made.table, scenario, catalogue),
        f"orden robusto, {DRAWS} sorteos": robust,
        "exportación CSV": export,
        "geometría de la página, un archivo": encode,
        "geometría de la página, teselas": lambda: unit_tiles(made.outlines),
    }


def measure_size(wanted: int) -> dict[str, Any]:
    """Measure every step at one size, in this process.

    Parameters
    ----------
    wanted : int
        About how many units.

    Returns
    -------
    dict
        units, and by step its seconds of the processor and the megabytes that it took beyond
        what was there.
    """
    settings = read_settings()
    built = read_build(settings.builds, settings.country.catalogue).build
    catalogue, level = settings.country.catalogue, AdminLevel.DISTRICT
    layers = [name for name, _ in settings.country.scenario.weights]
    layers.append(settings.country.population)
    grown = grow(built.levels[level], catalogue, list(dict.fromkeys(layers)), wanted)
    whole = replace(built, levels={level: grown})
    found: dict[str, Any] = {"units": len(grown.units), "steps": {}}
    with tempfile.TemporaryDirectory(prefix="geoapp-growth-") as folder:
        for name, act in steps_of(whole, catalogue, settings, Path(folder)).items():
            found["steps"][name] = _cost(act)
    return found


def _cost(act: Callable[[], object]) -> dict[str, float]:
    before = _reset_peak()
    # Seconds of the processor, not of the clock: other work beside it does not count.
    started = time.process_time()
    act()
    seconds = time.process_time() - started
    return {"seconds": seconds, "megabytes": (_status("VmHWM") - before) / _MB}


def _reset_peak() -> float:
    """Let the peak of this process begin anew, and return what it holds now; Linux alone."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status("VmRSS")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(float(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return k of cost ~ size^k, by least squares of the logarithms; 1 is linear."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def page(measured: Sequence[Mapping[str, Any]], machine: Mapping[str, str]) -> str:
    """Return the table of growth as Markdown.

    Parameters
    ----------
    measured : sequence of dict
        As `measure_size` returns them, the smallest first.
    machine : mapping
        What they were measured on.

    Returns
    -------
    str
        Times, memory and exponents; which sizes were measured and which follow from them.
    """
    sizes = [found["units"] for found in measured]
    head = [f"{size:,}".replace(",", " ") + " unidades" for size in sizes]
    largest = slice(-2, None)
    lines = [
        f"Medido el {date.today().isoformat()} por `python -m bench.growth --write docs/escala.md`, una",
        "vez cada tamaño, en un proceso aparte; segundos de procesador y memoria por encima de la que",
        "ya estaba ocupada. Exponentes entre los dos tamaños mayores (1 es lineal; hasta "
        f"{LINEAR} se llama lineal):",
        "",
        *(f"- {name}: {value}" for name, value in machine.items()),
        "",
        f"| paso | {' | '.join(head)} | tiempo, exponente | memoria, exponente |",
        "|---" * (len(sizes) + 3) + "|",
    ]
    for name in measured[0]["steps"]:
        costs = [found["steps"][name] for found in measured]
        seconds = [max(cost["seconds"], _LEAST_SECONDS) for cost in costs]
        megabytes = [max(cost["megabytes"], _LEAST_MEGABYTES) for cost in costs]
        cells = [f"{cost['seconds']:.2f} s, {cost['megabytes']:.0f} MB" for cost in costs]
        # What starting costs would hide the growth of small sizes: the largest two tell it.
        grown = [_told(exponent(sizes[largest], kind[largest])) for kind in (seconds, megabytes)]
        lines.append(f"| {name} | {' | '.join(cells)} | {' | '.join(grown)} |")
    return "\n".join([*lines, ""])


def _told(power: float) -> str:
    if abs(power) < 1e-9:
        return "no se nota"
    return f"{power:.2f}, {'lineal' if power <= LINEAR else 'más que lineal'}"


def main() -> int:
    """Measure each size in a process of its own, print the table and write it where asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="about how many units")
    parser.add_argument("--one", type=int, help="measure one size here and print JSON")
    parser.add_argument("--write", type=Path, help="also put the table into this page")
    given = parser.parse_args()
    if given.one:
        sys.stdout.write(json.dumps(measure_size(given.one)))
        return 0
    measured = []
    before = load()
    for size in given.sizes:
        sys.stderr.write(f"growth: {size}\n")
        command = [sys.executable, "-m", "bench.growth", "--one", str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        measured.append(json.loads(done.stdout))
    machine = describe() | {"load, before and after": f"{before}, {load()}"}
    text = page(measured, machine)
    sys.stdout.write(text)
    if given.write:
        put_into(given.write, text)
    return 0


def put_into(path: Path, text: str, marks: str = "bench.growth") -> None:
    """Put a text between the marks of a page, in the place of the one that is there."""
    begin, end = f"<!-- {marks} -->\n", f"<!-- /{marks} -->\n"
    whole = path.read_text("utf-8")
    head, _, rest = whole.partition(begin)
    _, _, tail = rest.partition(end)
    path.write_text(f"{head}{begin}{text}{end}{tail}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
