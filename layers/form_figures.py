"""What one answer to a form counts: choices that are ticked, numbers of people, or itself."""

from collections.abc import Sequence

import pandas as pd

from layers.errors import SourceDamagedError
from layers.sources.form_export import Question, one_called
from layers.sources.user_columns import header_key
from layers.spec import AwaitedColumn, AwaitedSpec

_YES = frozenset({"1", "true", "si", "yes", "1.0"})
_NO = frozenset({"0", "false", "no", "0.0"})


def figures_of_answers(
    frame: pd.DataFrame, asked: Sequence[Question], awaited: AwaitedSpec, file: str
) -> tuple[pd.DataFrame, set[str]]:
    """Return the figure of each answer by column of the kind, and the columns that told them.

    Parameters
    ----------
    frame : DataFrame of str
        Answers, indexed by row of the file.
    asked : sequence of Question
        What was asked.
    awaited : AwaitedSpec
        The kind of table that the counts become.
    file : str
        Named in the errors.

    Returns
    -------
    tuple
        Missing where a question was not answered; no column told where each answer is a person.

    Raises
    ------
    SourceDamagedError
        Where no question is called as a figure, or two could be it.
    """
    told = {one.names[0]: one_called(asked, one.names, file) for one in awaited.columns}
    questions = {name: one for name, one in told.items() if one}
    if questions:
        made = {name: _number(frame[one.column], one, file) for name, one in questions.items()}
        return pd.DataFrame(made), {one.column for one in questions.values()}
    listed = _listed(frame, asked, awaited.columns, file)
    if listed is not None:
        return _ticked(frame[listed.column], awaited.columns), {listed.column}
    if len(awaited.columns) == 1:
        return pd.DataFrame({awaited.columns[0].names[0]: 1.0}, index=frame.index), set()
    raise SourceDamagedError(
        "{path} has no question that is called as a figure of {kind}; copy the names of "
        "data/{template} into the form",
        path=file,
        kind=awaited.id,
        template=awaited.template,
    )


def _number(cells: pd.Series, question: Question, file: str) -> pd.Series:
    plain = cells.map(header_key)
    if plain.isin(_YES | _NO | {""}).all():
        return plain.isin(_YES).astype(float).where(plain != "")
    numbers = cells.where(cells != "")
    if not numbers.dropna().str.fullmatch(r"\d+(\.0+)?").all():
        raise SourceDamagedError(
            "{file}: column {column!r} holds neither choices nor whole numbers of people",
            file=file,
            column=question.column,
        )
    return numbers.astype(float)


def _listed(
    frame: pd.DataFrame, asked: Sequence[Question], columns: Sequence[AwaitedColumn], file: str
) -> Question | None:
    """Return the question whose cells list choices that are called as figures: ``salud agua``."""
    names = {name for one in columns for name in one.names}
    found = [
        one
        for one in asked
        if len(columns) > 1
        and names & {word for cell in frame[one.column] for word in _words(cell)}
    ]
    if len(found) > 1:
        raise SourceDamagedError(
            "{file}: columns {names} all list choices of that kind; keep the one that is meant",
            file=file,
            names=", ".join(repr(one.column) for one in found),
        )
    return found[0] if found else None


def _ticked(cells: pd.Series, columns: Sequence[AwaitedColumn]) -> pd.DataFrame:
    chosen = cells.map(lambda cell: set(_words(cell)))
    named = {name for words in chosen for name in words}
    return pd.DataFrame(
        {
            one.names[0]: chosen.map(
                lambda words, of=one: float(bool(words & set(of.names)))
            ).where(cells != "")
            for one in columns
            if named & set(one.names)
        }
    )


def _words(cell: str) -> list[str]:
    return [header_key(word) for word in cell.split()]
