"""What services are, and what became of asking them, for ``geoapp fetch``."""

from typing import Any

from geoapp.cli.output import tell
from layers.sources.fetched import path_of, read_fetched
from layers.sources.locate import Places
from layers.sources.outcome import Outcome
from layers.sources.services import ServiceResult, Wanted
from layers.spec import ServiceSpec, Takes

_TAKES = {Takes.DATASET: "CONJUNTO", Takes.LAYER: "CAPA", Takes.NOTHING: ""}


def request_of(spec: ServiceSpec) -> str:
    """Return how a service is asked, as one types it."""
    return f"geoapp fetch {spec.id} {_TAKES[spec.takes]}".strip()


def list_lines(services: tuple[ServiceSpec, ...], places: Places) -> list[str]:
    """Say of each service what it gives and what is kept of it."""
    lines = []
    for spec in services:
        lines.append(f"{request_of(spec)}: {spec.publisher} <{spec.landing}>")
        fed = sorted({spec.feeds, *(kind for *_, kind in spec.known)} - {""})
        lines.append(f"  Se carga como: {', '.join(fed) or 'lo que usted diga'}")
        if spec.known:
            lines.append(f"  Con nombre: {', '.join(name for name, *_ in spec.known)}")
        if not spec.takes and (kept := read_fetched(places, spec.id)):
            lines.append(
                f"  Aquí: de {kept.vintage or 'fecha desconocida'}, traído {_day(kept.retrieved)}"
            )
    return lines


def plain_result(result: ServiceResult, places: Places) -> dict[str, Any]:
    """Return what became of one question, in the shape of ``geoapp fetch --json``."""
    kept = result.kept
    return {
        "id": result.wanted.name,
        "outcome": result.outcome.value,
        "place": "store" if kept else None,
        "path": str(path_of(places, kept)) if kept else None,
        "tries": 0 if result.outcome is Outcome.PLANNED else 1,
        "reason": result.reason.value if result.reason else None,
        "problem": result.problem,
        "landing": result.wanted.spec.landing,
        "url": result.wanted.spec.url,
        "roles": [],
        "layers": [],
    }


def result_line(result: ServiceResult) -> str:
    """Return what became of one question, in one or two sentences."""
    kept, name = result.kept, result.wanted.name
    if result.outcome is Outcome.PLANNED:
        return f"{name}: se preguntaría a {result.wanted.spec.url}."
    if result.outcome is Outcome.FAILED:
        told = tell(result.problem or "").removesuffix(".")
        stays = f"queda lo traído el {_day(kept.retrieved)}" if kept else "no había nada de antes"
        return f"{told}; {stays}."
    if kept is None:
        return f"{name}: nada."
    if result.outcome is Outcome.PRESENT:
        return f"{name}: sin cambios desde el {_day(kept.retrieved)}. {_next(result.wanted)}"
    rows = f"{kept.rows} filas, " if kept.rows is not None else ""
    return (
        f"{name}: {rows}{kept.bytes:,} bytes, de {kept.vintage or 'fecha que no dice'}, "
        f"licencia {kept.licence or 'que no dice'}. {_next(result.wanted)}"
    )


def _next(wanted: Wanted) -> str:
    kind = wanted.spec.fed_by(wanted.argument)
    return f"Se usa con: geoapp load {kind or 'TIPO'} --fetched '{wanted.name}'"


def _day(retrieved: str) -> str:
    return retrieved.partition("T")[0]
