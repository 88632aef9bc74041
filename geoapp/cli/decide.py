"""geoapp decide."""

from dataclasses import replace
from datetime import UTC, datetime

import typer

from geoapp.cli.options import AsJson
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_build
from geoapp.planners.audit import Act, record, user_of_system
from geoapp.planners.decisions import write_decision
from geoapp.planners.scenarios import freeze, load, path_of
from geoapp.settings import read_settings
from layers.decide.scenarios import with_activity
from layers.errors import RecordError
from layers.terms import AdminLevel


def decide(
    name: str = typer.Argument(help="Qué se decide, en pocas palabras."),
    reason: str = typer.Option(..., help="Por qué."),
    who: str = typer.Option(..., help="Quién decide: persona, grupo o cargo."),
    scenario: str = typer.Option(None, help="Escenario guardado; el de por omisión si no se da."),
    level: AdminLevel = typer.Option(
        AdminLevel.DISTRICT, help="Nivel; el del escenario guardado si se da uno."
    ),
    as_json: AsJson = False,
) -> None:
    """Deja constancia de una decisión: escenario, fuentes, orden y motivo, que ya no cambian.

    Ejemplo: geoapp decide "Apertura 2026" --scenario norte --who "Comité" --reason "Acta 12"
    """
    settings = read_settings()
    built, catalogue = open_build(settings)
    if scenario:
        kept = load(path_of(settings.kept, scenario))
        saved = freeze(built, kept.scenario, kept.level, catalogue)
        if saved != kept:
            raise RecordError(
                "scenario {scenario} gives something else today; geoapp scenario replay "
                "{scenario} says what, and saving it under a new name makes it decidable",
                scenario=scenario,
            )
    else:
        agreed = with_activity(settings.country.scenario, catalogue)
        default = replace(agreed, vintage=built.hash)
        saved = freeze(built, default, level, catalogue)
    path = write_decision(
        saved,
        built,
        settings.kept,
        name=name,
        reason=reason,
        who=who,
        when=datetime.now(UTC),
    )
    facts = {"name": name, "file": path.name, "scenario": saved.scenario.hash}
    record(settings.store, user_of_system(), Act.DECISION, **facts)
    if as_json:
        print_json(
            {
                "file": str(path),
                "name": name,
                "scenario": saved.scenario.hash,
                "build": built.hash,
                "answer": saved.answer,
            }
        )
        return
    print(path)
