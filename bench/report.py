"""The numbers as a table that is Markdown and reads well in a terminal."""

from collections.abc import Mapping, Sequence

from bench.measure import Measure

_HEAD = ("what", "median", "least", "most", "target", "")


def report(measures: Sequence[Measure], machine: Mapping[str, str], date: str, runs: int) -> str:
    """Return the whole report.

    Parameters
    ----------
    measures : sequence of Measure
        In the order of the table.
    machine : Mapping
        What they were measured on.
    date : str
        Day of the run, ISO 8601.
    runs : int
        Samples behind each median.

    Returns
    -------
    str
        Markdown.
    """
    lines = [
        "# Bench",
        "",
        f"{date}, medians of {runs}. Written by `python -m bench --write`; times are of one machine on",
        "one day. A target that is missed says *fuera* and fails nothing. KB are 1,000 bytes.",
        "Where the load is above the cores, other work ran beside it and times are too long.",
        "",
        *(f"- {name}: {value}" for name, value in machine.items()),
        "",
        *_table([_row(measure) for measure in measures]),
    ]
    return "\n".join(lines) + "\n"


def _row(measure: Measure) -> tuple[str, ...]:
    return (
        measure.name,
        _number(measure.median, measure.unit),
        _number(min(measure.samples), measure.unit),
        _number(max(measure.samples), measure.unit),
        "" if measure.target is None else f"≤ {_number(measure.target, measure.unit)}",
        measure.verdict,
    )


def _number(value: float, unit: str) -> str:
    decimals = 2 if unit == "s" else 1 if value < 100 else 0
    return f"{value:,.{0 if unit == 'requests' else decimals}f} {unit}"


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    cells = [_HEAD, *rows]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(_HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]
