"""``python -m bench.crowd``: a hundred people in the five views at once, against a server here.

It starts ``geoapp serve`` on a free port of this machine, ends by itself, and prints how long
the acts took, what failed, and the memory of the server each minute with its slope.
"""

import argparse
import datetime
import itertools
import os
import random
import re
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.acts import LATER, OPEN, VIEWS, Person
from bench.clicks import BROWSER, click_along
from bench.machine import describe, load
from bench.server import Served, served
from bench.wire import Wire
from geoapp.settings import read_settings
from geoapp.store.builds import Stored, read_build

PAGE = Path(__file__).resolve().parents[1] / "docs" / "carga.md"
_HEAD = """# Carga

{day}. Escrito por `python -m bench.crowd --write`: personas que usan las cinco vistas a la vez, cada
una con su mano, contra un servidor de esta máquina, que también hace de todas ellas. Un acto dura hasta
que llega lo último que el servidor responde por él; los de `browser` son de un Chromium de verdad y
duran hasta que se ve. `figures that come later` se piden después de la respuesta y nadie las espera: no
cuentan en el total. La memoria es la del servidor y la de los procesos que abre.

```
{told}```
"""
TARGET = 200.0
"""Milliseconds that 95 of 100 interactions may take."""
_LOST = 0.05


@dataclass(frozen=True)
class Plan:
    """How many people, for how long, and how they think."""

    people: int = 100
    seconds: float = 120.0
    browsers: int = 2
    think: tuple[float, float] = (5.0, 15.0)
    ramp: float = 30.0
    """Seconds over which people arrive; what is measured begins after."""
    every: float = 60.0
    """Seconds between two looks at the memory."""
    acts: int | None = None
    """Acts after which a person leaves; None by the clock alone."""


@dataclass
class Log:
    """What was seen."""

    samples: dict[str, list[float]] = field(default_factory=dict)
    """Milliseconds by act."""
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Minutes since the start, and MB."""
    is_measured: threading.Event = field(default_factory=threading.Event)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, act: str, took: float) -> None:
        """Keep how long an act took; while people arrive, only the opening."""
        if self.is_measured.is_set() or act == OPEN:
            with self._turn:
                self.samples.setdefault(act, []).append(took)

    def fail(self, what: str) -> None:
        """Keep an error."""
        with self._turn:
            self.errors.append(what)

    @property
    def interactions(self) -> list[float]:
        """All acts for whose answer somebody waits; a real browser's hold its drawing too."""
        return [
            took
            for act, all_ in self.samples.items()
            if act not in (OPEN, LATER) and not act.startswith(BROWSER)
            for took in all_
        ]


def crowd(stored: Stored, served_at: Served, plan: Plan) -> Log:
    """Let people use a server and return what was seen.

    Parameters
    ----------
    stored : Stored
        The build that is served, for what can be chosen.
    served_at : Served
        The server.
    plan : Plan
        How many, and for how long; it ends by itself.

    Returns
    -------
    Log
        Of all people together.
    """
    log, over = Log(), threading.Event()
    people = [
        threading.Thread(
            target=_live, args=(_person(stored, served_at, log, n), plan, n, log, over)
        )
        for n in range(plan.people)
    ]
    people += [
        threading.Thread(target=click_along, args=(served_at.home, over, log.tell, log.fail))
        for _ in range(plan.browsers)
    ]
    for one in people:
        one.start()
    started, until = time.monotonic(), plan.ramp + plan.seconds
    while (now := time.monotonic() - started) < until and any(one.is_alive() for one in people):
        if now >= plan.ramp:
            log.is_measured.set()
        if now >= plan.ramp + len(log.memory) * plan.every:
            log.memory.append(((now - plan.ramp) / 60, memory_of(served_at.process.pid)))
        time.sleep(_LOST)
    over.set()
    log.memory.append(((now - plan.ramp) / 60, memory_of(served_at.process.pid)))
    for one in people:
        one.join()
    return log


def _person(stored: Stored, at: Served, log: Log, number: int) -> Person:
    finest = stored.build.levels[next(iter(stored.build.levels))]
    values = finest.table.values
    return Person(
        wire=Wire(at.home),
        chance=random.Random(number),
        tell=log.tell,
        layers=list(values.columns[values.notna().any()]),
        units=list(finest.units.index),
        levels=[level.value for level in stored.build.levels],
        box=tuple(finest.units.total_bounds),
    )


def _live(person: Person, plan: Plan, number: int, log: Log, over: threading.Event) -> None:
    try:
        if over.wait(plan.ramp * number / plan.people):
            return
        person.open(*addresses_of(person.wire), VIEWS[number % len(VIEWS)])
        for _ in itertools.count() if plan.acts is None else range(plan.acts):
            if over.wait(person.chance.uniform(*plan.think)):
                return
            try:
                person.act()
            except (RuntimeError, OSError, ValueError, KeyError, TypeError) as error:
                log.fail(f"{type(error).__name__}: {error}")
    except (RuntimeError, OSError) as error:
        log.fail(f"{OPEN}: {error}")
    finally:
        person.wire.close()


def addresses_of(wire: Wire) -> tuple[list[str], list[str]]:
    """Return scripts and styles of the page, and the geometry that it asks for at once."""
    page = wire.get("/").body.decode()
    found = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    return [one for one in found if "/geometry/" not in one], [
        one for one in found if "/geometry/" in one
    ]


def memory_of(process: int) -> float:
    """Return the resident memory of a process and of those that it started, in MB."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        tasks = list(Path(f"/proc/{process}/task").glob("*/children"))
        children = {int(child) for task in tasks for child in task.read_text().split()}
    except OSError:
        # It ended meanwhile.
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    own = int(found[1]) / 1024 if found else 0.0
    return own + sum(memory_of(child) for child in children)


def slope_of(memory: list[tuple[float, float]]) -> float:
    """Return MB a minute by which memory rises, by least squares; 0 of one look."""
    minutes, sizes = zip(*memory, strict=True)
    return statistics.linear_regression(minutes, sizes).slope if len(set(minutes)) > 1 else 0.0


def lines_of(log: Log) -> Iterator[str]:
    """Yield what is printed: a line an act, then all interactions, errors and memory."""
    yield f"{'act':<34}{'count':>7}{'p50':>8}{'p95':>8}{'p99':>8}{'most':>8}  ms"
    for act in sorted(log.samples):
        yield _line(act, log.samples[act])
    took = log.interactions
    if took:
        verdict = "within" if _part(took, 0.95) <= TARGET else "beyond"
        yield _line("ALL INTERACTIONS", took) + f"  p95 {verdict} {TARGET:.0f} ms"
    yield f"errors: {len(log.errors)}"
    yield from (f"  {error[:160]}" for error in sorted(set(log.errors))[:10])
    sizes = ", ".join(f"{minute:.0f} min {size:.0f}" for minute, size in log.memory)
    yield f"memory of the server, MB: {sizes}; {slope_of(log.memory):+.2f} MB/min"


def _line(act: str, took: list[float]) -> str:
    parts = [_part(took, share) for share in (0.5, 0.95, 0.99)]
    told = "".join(f"{number:>8.0f}" for number in (*parts, max(took)))
    return f"{act:<34}{len(took):>7}{told}"


def _part(took: list[float], share: float) -> float:
    """Return the sample below which a share of them lies (nearest rank)."""
    ordered = sorted(took)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


def main() -> int:
    """Measure, print, and exit 1 where the target is missed or something failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    minutes = float(os.environ.get("LOAD_MINUTES") or 2)
    parser.add_argument("--people", type=int, default=Plan.people)
    parser.add_argument("--minutes", type=float, default=minutes, help="LOAD_MINUTES, or 2")
    parser.add_argument("--browsers", type=int, default=Plan.browsers, help="real ones beside them")
    parser.add_argument("--write", action="store_true", help=f"also write docs/{PAGE.name}")
    given = parser.parse_args()
    settings = read_settings()
    stored = read_build(settings.builds)
    plan = Plan(people=given.people, seconds=60 * given.minutes, browsers=given.browsers)
    before = load()
    with served(settings.store) as at:
        log = crowd(stored, at, plan)
    pace = f"{plan.think[0]:g} to {plan.think[1]:g} s between two acts"
    people = f"{plan.people}, {pace}, arriving within {plan.ramp:g} s; {plan.browsers} browsers"
    machine = describe() | {"people": people, "load, before and after": f"{before}, {load()}"}
    told = "\n".join((*(f"{what}: {value}" for what, value in machine.items()), *lines_of(log), ""))
    sys.stdout.write(told)
    if given.write:
        day = datetime.date.today().isoformat()
        PAGE.write_text(_HEAD.format(day=day, told=told), encoding="utf-8", newline="\n")
    return int(bool(log.errors) or _part(log.interactions, 0.95) > TARGET)


if __name__ == "__main__":
    sys.exit(main())
