"""The ranking table. The only module that knows dash-ag-grid."""

from typing import Any

import dash_ag_grid as dag

from geoapp.app import ids
from geoapp.style import INK, INK_SOFT, LINE, SELECTED, SURFACE
from geoapp.words import say
from layers.terms import AdminLevel

_THEME = (
    "themeQuartz.withParams({fontFamily: 'inherit', fontSize: 13, wrapperBorder: false,"
    " wrapperBorderRadius: 0, columnBorder: false, headerColumnResizeHandleColor: 'transparent',"
    f" foregroundColor: '{INK}', rowBorder: {{color: '{LINE}'}}, headerTextColor: '{INK_SOFT}',"
    f" headerBackgroundColor: '{SURFACE}', selectedRowBackgroundColor: '{SELECTED}',"
    f" rowHoverColor: '{SELECTED}', headerFontSize: 12, spacing: 6, cellHorizontalPadding: 8}})"
)


def ranking_table(columns: list[dict[str, Any]], unit: str | None) -> dag.AgGrid:
    """Return the ranking as a table that only draws the rows on the screen.

    Parameters
    ----------
    columns : list of dict
        As ``column_definitions`` returns them.
    unit : str or None
        The chosen unit.

    Returns
    -------
    dag.AgGrid
        Without rows, which the browser makes; they are known by their ubigeo.
    """
    return dag.AgGrid(
        id=ids.RANKING,
        className="ranking",
        columnDefs=columns,
        rowData=[],
        getRowId="params.data.u",
        selectedRows={"ids": [unit] if unit else []},
        dashGridOptions={
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "rowHeight": 46,
            "headerHeight": 34,
            "theme": {"function": _THEME},
            # Tab leaves the table, and arrows walk it.
            "tabToNextCell": {"function": "false"},
            "suppressHeaderFocus": True,
            "animateRows": False,
        },
        style={"height": "100%", "width": "100%"},
    )


def column_definitions(level: AdminLevel, language: str, top: int) -> list[dict[str, Any]]:
    """Return the columns of the ranking of a level in a language; ``top`` count as the first."""
    # Without a type of its own the table would take ranks for numbers and a dash for a wrong one.
    plain = {"sortable": False, "resizable": False, "suppressMovable": True, "cellDataType": False}
    return [
        {
            "field": "r",
            "colId": "rank",
            "headerName": say("ranking.rank", language),
            "width": 48,
            "type": "rightAligned",
            **plain,
        },
        {
            "field": "n",
            "colId": "name",
            "headerName": say(f"level.{level}", language),
            "flex": 1,
            "minWidth": 100,
            "cellRenderer": "UnitName",
            **plain,
        },
        {
            "field": "s",
            "colId": "score",
            "headerName": say("ranking.score", language),
            "width": 68,
            "type": "rightAligned",
            **plain,
        },
        {
            "field": "v",
            "colId": "range",
            "headerName": say("ranking.range", language),
            "width": 104,
            "cellRenderer": "RankRange",
            **plain,
        },
        {
            "field": "p",
            "colId": "among",
            "headerName": say("ranking.among", language, top=top),
            "headerTooltip": say("ranking.among_words", language, top=top),
            "width": 62,
            "type": "rightAligned",
            **plain,
        },
    ]
