"""Write docs/marco.md: the results frame, and what each sector, hazard and theme serves."""

import sys

from generated import DOCS, table, write_or_check

from geoapp.words import say
from layers.catalogue import CATALOGUE
from layers.catalogue.frame import FRAME

HEAD = """# El marco de resultados

Escrito por `docs/write_frame.py` desde el catálogo; no se edita a mano.

La tabla de la Estrategia da los ODS y los objetivos del Pacto Mundial **por pilar**: aquí también son del
pilar, y ninguna capa, sector ni informe dice algo más fino. Los objetivos a los que sirve cada sector, amenaza
y dimensión son una elección de diseño, hecha con las palabras de la Estrategia; una capa hereda los de su
dimensión, sus sectores (también el sector cuya carencia mide) y su amenaza, y puede añadir los suyos
(`LayerSpec.objectives`). `geoapp layers --objective 1.1` lista las capas de un objetivo, la página las filtra
(`?objective=1.1`) y `geoapp show 240101 --frame` agrupa así las cifras de una unidad.
"""


def page() -> str:
    """Return the text of the page."""
    counts = {
        objective: sum(objective in CATALOGUE.objectives_of(name) for name in CATALOGUE.layers)
        for objective in FRAME.objectives
    }
    lines = [HEAD, "## Pilares y objetivos", ""]
    for pillar in FRAME.pillars:
        lines += [f"### {pillar.id}. {say(f'pillar.{pillar.id}', 'es')}", ""]
        lines += [
            f'- <a id="{name}"></a>**{name}** {say(f"objective.{name}", "es")}: {counts[name]} capas'
            for name in pillar.objectives
        ]
        areas = ", ".join(say(f"area.{name}", "es") for name in pillar.areas)
        lines += [f"- Áreas: {areas}", f"- {_goals(pillar.sdgs, pillar.gcm)}", ""]
    rows = [
        *(_row("sector", name, spec.objectives) for name, spec in CATALOGUE.sectors.items()),
        *(_row("hazard", name, spec.objectives) for name, spec in CATALOGUE.hazards.items()),
        *(_row("dimension", name, tags) for name, tags in FRAME.dimensions.items()),
    ]
    lines += ["## Quién sirve a qué", "", *table(("qué", "id", "nombre", "objetivos"), rows), ""]
    return "\n".join(lines)


def _goals(sdgs: tuple[int, ...], gcm: tuple[int, ...]) -> str:
    return say("frame.goals", "es", sdgs=", ".join(map(str, sdgs)), gcm=", ".join(map(str, gcm)))


def _row(kind: str, name: str, objectives: tuple[str, ...]) -> tuple[str, str, str, str]:
    kinds = {"sector": "sector", "hazard": "amenaza", "dimension": "dimensión"}
    return kinds[kind], f"`{name}`", say(f"{kind}.{name}", "es"), ", ".join(objectives)


if __name__ == "__main__":
    sys.exit(write_or_check({DOCS / "marco.md": page()}, __doc__))
