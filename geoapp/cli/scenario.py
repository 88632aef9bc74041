"""geoapp scenario: save, list, diff and replay."""

from dataclasses import replace
from typing import Any

import typer

from geoapp.cli.choose import chosen_scenario, weight_of
from geoapp.cli.help_words import Command, Group
from geoapp.cli.options import AsJson, UnitLevel, Weights
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_build
from geoapp.planners.audit import Act, record, user_of_system
from geoapp.planners.scenarios import Saved, compare, folder_of, freeze, load, path_of
from geoapp.planners.scenarios import save as save_scenario
from geoapp.settings import read_settings
from geoapp.store.builds import Stored, read_build
from geoapp.words import say
from layers.decide.difference import State, split_change
from layers.errors import LayersError
from layers.loaded_catalogue import with_loaded
from layers.terms import AdminLevel, Aggregation, Cause

SHOWN = 20
"""Units that are listed on the screen; JSON has all."""

commands = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False)


@commands.callback()
def scenario() -> None:
    """Guarda, lista, compara y repite escenarios.

    Ejemplo: geoapp scenario list
    """


@commands.command(cls=Command)
def save(
    name: str = typer.Argument(help="Nombre nuevo, o un archivo .json."),
    weight: Weights = None,
    base: str = typer.Option(None, "--from", help="Escenario guardado del que se parte."),
    level: UnitLevel = AdminLevel.DISTRICT,
    place: list[str] = typer.Option(
        [], help="Solo estas regiones o provincias, por UBIGEO; se repite."
    ),
    least: list[str] = typer.Option(
        [], help="Solo unidades desde una cifra, como population_people:5000; se repite."
    ),
    aggregation: Aggregation = typer.Option(
        Aggregation.ARITHMETIC, help="Cómo se combinan las capas."
    ),
    seed: int = typer.Option(1, min=0, help="Semilla de los sorteos."),
    note: str = typer.Option("", help="Nota de quien lo guarda."),
    author: str = typer.Option("", help="Quién lo guarda."),
    as_json: AsJson = False,
) -> None:
    """Guarda un escenario con lo que da hoy; uno que existe no se cambia.

    Ejemplo: geoapp scenario save norte --weight venezuelan_people:5 --place 20 --place 24
    """
    settings = read_settings()
    built, catalogue = open_build(settings)
    path = path_of(settings.kept, name)
    scenario = replace(
        chosen_scenario(settings, catalogue, base, weight),
        id=path.stem,
        note=note,
        author=author,
        places=tuple(place),
        least=tuple(weight_of(text, "--least") for text in least),
        aggregation=aggregation,
        seed=seed,
        vintage=built.hash,
    )
    saved = freeze(built, scenario, level, catalogue)
    save_scenario(saved, path)
    facts = {"name": path.stem, "hash": scenario.hash, "weights": dict(scenario.weights)}
    record(settings.store, user_of_system(), Act.SCENARIO, **facts)
    if as_json:
        print_json({"file": str(path), **_facts(saved)})
        return
    print(f"{path}  {scenario.hash}")


@commands.command("list", cls=Command)
def list_all(as_json: AsJson = False) -> None:
    """Lista los escenarios guardados.

    Ejemplo: geoapp scenario list --json
    """
    folder = folder_of(read_settings().kept)
    paths = [folder / name for name in sorted(path.name for path in folder.glob("*.json"))]
    found = [{"file": str(path), **_facts(load(path))} for path in paths]
    if as_json:
        print_json(found)
        return
    for one in found:
        weights = " ".join(f"{layer}:{number:g}" for layer, number in one["weights"].items())
        print(f"{one['name']}  {one['hash']}  {one['level']}  {weights}  {one['note']}".rstrip())


@commands.command(cls=Command)
def diff(
    one: str = typer.Argument(help="Escenario de antes: nombre o archivo."),
    other: str = typer.Argument(help="Escenario de después."),
    as_json: AsJson = False,
) -> None:
    """Dice en qué difieren dos escenarios y qué parte de cada cambio se debe a qué.

    Las causas (datos, pesos, método, límites y filtros) suman el cambio de puesto. Faltan
    (null) si el almacén ya no tiene los datos con que se guardó alguno.

    Ejemplo: geoapp scenario diff norte norte_2 --json
    """
    store = read_settings().kept
    before, after = (load(path_of(store, name)) for name in (one, other))
    answer = compare(before, after)
    _add_causes(answer, before, after)
    if as_json:
        print_json(answer)
        return
    _print_changes(answer)


@commands.command(cls=Command)
def replay(
    name: str = typer.Argument(help="Escenario o decisión: nombre o archivo."),
    as_json: AsJson = False,
) -> None:
    """Repite un escenario guardado, o una decisión, y dice si da lo mismo.

    Sale con 0 si es idéntico byte a byte, con 1 si algo cambió.

    Ejemplo: geoapp scenario replay norte --json
    """
    settings = read_settings()
    built, catalogue = open_build(settings)
    saved = load(path_of(settings.kept, name))
    made = freeze(built, saved.scenario, saved.level, catalogue)
    answer = {"identical": made == saved, "builds": [saved.scenario.vintage, built.hash]}
    answer |= compare(saved, made)
    now = replace(made, scenario=replace(made.scenario, vintage=built.hash))
    _add_causes(answer, saved, now)
    if as_json:
        print_json(answer)
    else:
        print("Idéntico byte a byte." if answer["identical"] else "Da otra cosa.")
        _print_changes(answer)
    if not answer["identical"]:
        raise typer.Exit(1)


def _facts(saved: Saved) -> dict[str, Any]:
    scenario = saved.scenario
    return {
        "name": scenario.id,
        "hash": scenario.hash,
        "level": saved.level.value,
        "weights": dict(scenario.weights),
        "places": list(scenario.places),
        "least": dict(scenario.least),
        "aggregation": scenario.aggregation.value,
        "seed": scenario.seed,
        "note": scenario.note,
        "author": scenario.author,
        "build": scenario.vintage,
        "answer": saved.answer,
    }


def _add_causes(answer: dict[str, Any], before: Saved, after: Saved) -> None:
    """Split each change of place into causes where the store still has both builds."""
    states = _state(before), _state(after)
    for unit in answer["moved"]:
        unit["causes"] = None
    if before.level is not after.level or states[0] is None or states[1] is None:
        return
    parts = split_change(states[0], states[1]).units
    for unit in answer["moved"]:
        row = parts.loc[unit["ubigeo"]]
        unit["causes"] = {cause.value: round(float(row[cause.value]), 9) for cause in Cause}


def _state(saved: Saved) -> State | None:
    stored = _stored(saved.scenario.vintage)
    if stored is None:
        return None
    catalogue = with_loaded(read_settings().country.catalogue, stored.build.loaded)
    return State(stored.build.levels[saved.level].table, saved.scenario, catalogue)


def _stored(vintage: str) -> Stored | None:
    settings = read_settings()
    try:
        return read_build(settings.builds, settings.country.catalogue, vintage)
    except LayersError:
        return None


def _print_changes(answer: dict[str, Any]) -> None:
    for name, (old, new) in answer["settings"].items():
        print(f"{name}: {old} → {new}")
    if answer["inputs"]:
        print(f"fuentes que cambiaron: {', '.join(answer['inputs'])}")
    for unit in answer["moved"][:SHOWN]:
        causes = "; ".join(
            f"{say(f'cause.{name}', 'es')} {part:+.1f}"
            for name, part in (unit["causes"] or {}).items()
            if part
        )
        print(
            f"{unit['ubigeo']}: {unit['before'] or '–'} → {unit['after'] or '–'}  {causes}".rstrip()
        )
    print(f"{len(answer['moved'])} unidades cambian de puesto.")
