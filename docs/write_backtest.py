"""Write the tables of docs/methods/prueba-de-2017.md from the sources of a mirror.

``python docs/write_backtest.py`` writes them; with ``--check`` it writes nothing and
exits 1 where they are stale, and 0 where no mirror is at hand.
"""

import argparse
import os
import sys
from pathlib import Path

from geoapp.numbers import show_number
from geoapp.settings import read_settings
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.countries import COUNTRIES
from layers.decide.backtest_2017 import Backtest, run_test_of_2017
from layers.indicators.needs import POPULATION_SHARE
from layers.pipeline import build
from layers.terms import AdminLevel

PAGE = Path(__file__).resolve().parent / "methods" / "prueba-de-2017.md"
START, END = "<!-- tabla: docs/write_backtest.py -->\n", "<!-- fin -->"
NAMES = {
    "population_2017": "población 2017",
    "population_2022": "población 2022",
    "other_nationalities": "otras nacionalidades (clave sin Venezuela)",
    "population_by_root_of_density": "población × raíz de la densidad",
    "dwellings": "viviendas",
    "dwellings_with_public_water": "viviendas con agua de red",
    "insured_people": "personas con seguro",
    "uninsured_people": "personas sin seguro",
    "half_other_nationalities_half_density": "½ otras nacionalidades + ½ población × raíz de la densidad",
    "three_quarters_other_nationalities_one_quarter_population": "¾ otras nacionalidades + ¼ población",
}
SHOWN = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0)


def tables(found: Backtest) -> str:
    """Return the two tables as Markdown."""

    def percent(share: float, decimals: int = 1) -> str:
        return f"{show_number(100 * share, decimals)} %"

    lines = [
        f"{show_number(found.people, 0)} personas, {show_number(found.units, 0)} distritos.",
        "",
        "| peso | mal ubicadas | error mediano | rangos | 50 mayores |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {NAMES[str(name)]} | {percent(row['misplaced_share'])} | "
        f"{show_number(row['median_absolute_error'], 2)} | "
        f"{show_number(row['rank_correlation'], 2)} | {percent(row['top_hits'], 0)} |"
        for name, row in found.scores.iterrows()
    ]
    lines += [
        "",
        "Mal ubicadas según λ:",
        "",
        "| λ | las mismas personas | otras personas | otras personas, sin Lima ni Callao |",
        "|--:|--:|--:|--:|",
    ]
    for share in SHOWN:
        row = found.curves.loc[share]
        lines.append(
            f"| {show_number(share, 2)} | {percent(row['same_people'])} | "
            f"{percent(row['other_key'], 2)} | {percent(row['other_key_outside'])} |"
        )
    best = {name: show_number(float(curve.idxmin()), 2) for name, curve in found.curves.items()}
    lines += [
        "",
        f"El mejor λ: {best['same_people']} con las mismas personas, {best['other_key']} con otras, "
        f"{best['other_key_outside']} con otras fuera de Lima y Callao. "
        f"Por la regla: {show_number(found.chosen, 2)}; en uso: {show_number(POPULATION_SHARE, 2)}.",
        "",
    ]
    return "\n".join(lines)


def page_of(built: Build) -> str:
    """Return the page with the tables of a build of Peru."""
    found = run_test_of_2017(built.levels[AdminLevel.DISTRICT].table, CATALOGUE)
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    return before + START + "\n" + tables(found) + "\n" + END + rest.partition(END)[2]


def main() -> int:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    settings = read_settings(os.environ)
    if settings.mirror is None:
        print("no mirror: the tables are not checked", file=sys.stderr)
        return 0 if check else 1
    wanted = page_of(build(CATALOGUE, COUNTRIES["per"], settings.places))
    if check and wanted != PAGE.read_text("utf-8"):
        print(f"{PAGE} is stale; run python docs/write_backtest.py", file=sys.stderr)
        return 1
    if not check:
        PAGE.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
