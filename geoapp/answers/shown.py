"""An answer as a notebook shows it: a title, a table and sentences, all of it inert text."""

import html
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Answer:
    """One answer; ``data`` is what the command line prints with ``--json``."""

    title: str
    table: pd.DataFrame
    """What is shown, with the words of a language."""
    data: dict[str, Any]
    sentences: tuple[str, ...] = ()
    origin: str = ""
    """Build and scenario that it was made from."""

    def _repr_html_(self) -> str:
        said = "".join(
            f'<p style="white-space:pre-wrap">{html.escape(one)}</p>' for one in self.sentences
        )
        table = "" if self.table.empty else self.table.to_html(index=False, escape=True, na_rep="–")
        return (
            f"<h4>{html.escape(self.title)}</h4>{said}{table}"
            f"<p><small>{html.escape(self.origin)}</small></p>"
        )

    def __repr__(self) -> str:
        table = "" if self.table.empty else self.table.to_string(index=False, na_rep="–")
        return "\n".join(filter(None, (self.title, *self.sentences, table, self.origin)))
