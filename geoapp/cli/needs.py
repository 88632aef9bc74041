"""geoapp needs and geoapp decide-need."""

from datetime import date
from typing import Annotated, Any

import typer

from geoapp.answers.needs import Needs, needs_answer, needs_of
from geoapp.cli.options import AsJson, UnitLevel
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_store
from geoapp.numbers import show_number
from geoapp.planners.audit import Act, record, user_of_system
from geoapp.settings import Settings, read_settings
from geoapp.store.loaded import LoadedFolder
from geoapp.words import say
from layers.catalogue.sectors import VOCABULARIES
from layers.codes import clean_code
from layers.errors import Sentence, UnknownUbigeoError, either
from layers.spec import Vocabulary
from layers.table.need_decisions import FIGURES, NeedDecision, decisions_as_csv
from layers.terms import AdminLevel
from layers.user_files import read_decisions

_VOCABULARIES = {one.id: one for one in VOCABULARIES}


def _vocabulary(name: str) -> str:
    if name not in _VOCABULARIES:
        raise typer.BadParameter(Sentence("{name!r} is no vocabulary; use r4v or jiaf2", name=name))
    return name


def _figure(name: str) -> str:
    if name not in FIGURES:
        raise typer.BadParameter(
            Sentence(
                "{name!r} cannot be decided; write {figures}", name=name, figures=either(FIGURES)
            )
        )
    return name


def needs(
    level: UnitLevel = AdminLevel.DISTRICT,
    ubigeo: Annotated[str, typer.Option(help="Una sola unidad de ese nivel.")] = "",
    vocabulary: Annotated[
        str, typer.Option(callback=_vocabulary, help="Los sectores de quién: r4v o jiaf2.")
    ] = "r4v",
    top: Annotated[int, typer.Option(min=1, help="Cuántas unidades, de más a menos gente.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Personas con necesidades por sector y conjuntas, severidad, señales y lo decidido.

    Ejemplo: geoapp needs --ubigeo 150132 --json
    """
    settings = read_settings()
    found = _needs(settings, level, _VOCABULARIES[vocabulary])
    order = found.assessed.joint["low"].sort_values(ascending=False, kind="stable").index
    units = [_known(found, clean_code(ubigeo))] if ubigeo else [str(code) for code in order[:top]]
    answer = needs_answer(found, units)
    if as_json:
        print_json(answer)
        return
    print("\n".join(_lines(answer)))


def decide_need(
    ubigeo: Annotated[str, typer.Argument(help="Código del distrito.")],
    value: Annotated[float | None, typer.Option(help="Personas, o fase de 1 a 5.")] = None,
    reason: Annotated[str, typer.Option(help="Por qué, en palabras del grupo.")] = "",
    by: Annotated[str, typer.Option(help="Quién lo decidió.")] = "",
    on: Annotated[str, typer.Option(help="Cuándo, como 2026-03-31; hoy si no se da.")] = "",
    figure: Annotated[
        str, typer.Option(callback=_figure, help="Qué se decide: pin_joint o severity.")
    ] = FIGURES[0],
    remove: Annotated[bool, typer.Option("--remove", help="Quita lo decidido.")] = False,
    as_json: AsJson = False,
) -> None:
    """Guarda lo que el grupo decidió de un distrito, con su razón; geoapp needs lo usa.

    Una decisión nueva toma el lugar de la anterior. Un distrito sin señal queda señalado a mano.

    Ejemplo: geoapp decide-need 150132 --value 52000 --reason "conteo propio" --by "GTRM Lima"
    """
    settings = read_settings()
    folder = LoadedFolder(settings.kept / "loaded")
    code = clean_code(ubigeo)
    seen = folder.decisions()
    before = _decisions(folder, seen)
    kept = tuple(one for one in before if (one.ubigeo, one.figure) != (code, figure))
    if remove and len(kept) == len(before):
        raise UnknownUbigeoError(
            "nothing is decided for {code}; geoapp needs shows what is", code=code
        )
    if not remove:
        kept = (*kept, _decision(code, figure, value, reason, by, on))
    found = _needs(settings, AdminLevel.DISTRICT, _VOCABULARIES["r4v"], kept)
    _known(found, code)
    folder.decide(seen, decisions_as_csv(kept))
    facts = {"ubigeo": code, "figure": figure, "value": None if remove else value}
    record(settings.store, user_of_system(), Act.NEED, **facts)
    answer = needs_answer(found, [code])
    if as_json:
        print_json(answer)
        return
    print("\n".join(_lines(answer)))


def _decision(
    code: str, figure: str, value: float | None, reason: str, by: str, on: str
) -> NeedDecision:
    if value is None:
        raise typer.BadParameter(
            Sentence("give the figure with --value, or --remove to take the decision back")
        )
    try:
        when = date.fromisoformat(on) if on else date.today()
    except ValueError as error:
        raise typer.BadParameter(
            Sentence("{text!r} is not a date; write 2026-03-31", text=on)
        ) from error
    return NeedDecision(
        ubigeo=code, figure=figure, value=value, reason=reason, decided_by=by, decided_on=when
    )


def _decisions(folder: LoadedFolder, seen: bytes | None) -> tuple[NeedDecision, ...]:
    # A file with its header only holds no decision.
    if seen is None or seen.count(b"\n") < 2:
        return ()
    return read_decisions(folder.decisions_file(seen))


def _needs(
    settings: Settings,
    level: AdminLevel,
    vocabulary: Vocabulary,
    decisions: tuple[NeedDecision, ...] | None = None,
) -> Needs:
    folder = LoadedFolder(settings.kept / "loaded")
    given = _decisions(folder, folder.decisions()) if decisions is None else decisions
    return needs_of(open_store(settings).build, level, vocabulary, given, folder)


def _known(found: Needs, code: str) -> str:
    if code not in found.in_need.index:
        raise UnknownUbigeoError(
            "no {level} of this table bears the UBIGEO {code!r}; give one of its codes",
            level=found.level,
            code=code,
        )
    return code


def _lines(answer: dict[str, Any]) -> list[str]:
    total = answer["total"]
    lines = [
        f"{say(answer['standing'], 'es')}. {say('vocabulary.' + answer['vocabulary'], 'es')}: "
        f"{_sectors(answer['sectors'])}.",
        f"En todos: entre {show_number(total['low'], 0)} y {show_number(total['high'], 0)} personas; "
        f"con lo decidido, {show_number(total['final'], 0)}.",
    ]
    if answer["entering"] or answer["leaving"]:
        enter, leave = _sectors(answer["entering"]), _sectors(answer["leaving"])
        lines.append(say("need.switched", "es", enter=enter, leave=leave))
    if answer["beyond"]:
        lines.append(f"Con más necesidades que personas: {', '.join(answer['beyond'][:10])}.")
    for unit in answer["units"]:
        lines += _unit_lines(unit)
    return lines


def _unit_lines(unit: dict[str, Any]) -> list[str]:
    place = f" ({unit['region']})" if unit["region"] else ""
    lines = [
        f"{unit['ubigeo']} {unit['name']}{place}",
        f"  Conjunta: {_range(unit['joint'])}{_rest(unit['joint'])}",
        f"  Severidad: {_range(unit['severity'])}{_rest(unit['severity'])}",
    ]
    for name, cell in unit["sectors"].items():
        phase = f"; fase {cell['severity']:.0f}" if cell["severity"] is not None else ""
        method = say(f"method.{cell['method']}", "es")
        people = "–" if cell["people"] is None else show_number(cell["people"], 0)
        lines.append(f"    {say(f'sector.{name}', 'es')}: {people} [{method}]{phase}")
    return lines


def _range(figure: dict[str, Any]) -> str:
    low, high = figure["low"], figure["high"]
    if low is None:
        return "sin dato"
    upper = "?" if high is None else show_number(high, 0)
    return show_number(low, 0) if low == high else f"entre {show_number(low, 0)} y {upper}"


def _rest(figure: dict[str, Any]) -> str:
    flags = "; ".join(say(f"flag.{name}", "es") for name in figure["flags"])
    text = f" [señales: {flags}]" if flags else ""
    if figure["reason"]:
        text += f" → decidido {show_number(figure['final'], 0)}: {figure['reason']}"
    return text


def _sectors(names: list[str]) -> str:
    return ", ".join(say(f"sector.{name}", "es") for name in names) or "ninguno"
