"""The ranking table. The only module that knows dash-ag-grid."""

from typing import Any

import dash_ag_grid as dag

from geoapp.app import ids
from geoapp.style import INK, INK_SOFT, LINE, SELECTED, SURFACE
from geoapp.words import say

_THEME = (
    "themeQuartz.withParams({fontFamily: 'inherit', fontSize: 13, wrapperBorder: false,"
    " wrapperBorderRadius: 0, columnBorder: false, headerColumnResizeHandleColor: 'transparent',"
    f" foregroundColor: '{INK}', rowBorder: {{color: '{LINE}'}}, headerTextColor: '{INK_SOFT}',"
    f" headerBackgroundColor: '{SURFACE}', selectedRowBackgroundColor: '{SELECTED}',"
    f" rowHoverColor: '{SELECTED}', headerFontSize: 12, spacing: 6}})"
)


def ranking_table(rows: list[dict[str, Any]], unit: str | None, language: str) -> dag.AgGrid:
    """Return the ranking as a table that only draws the rows on the screen.

    Parameters
    ----------
    rows : list of dict
        As ``Views.ranking_rows`` returns them.
    unit : str or None
        The chosen unit.
    language : str
        Language of the headings.

    Returns
    -------
    dag.AgGrid
        Rows are known by their ubigeo.
    """
    return dag.AgGrid(
        id=ids.RANKING,
        className="ranking",
        columnDefs=column_definitions(language),
        rowData=rows,
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
            "suppressCellFocus": True,
            "animateRows": False,
        },
        style={"height": "100%", "width": "100%"},
    )


def column_definitions(language: str) -> list[dict[str, Any]]:
    """Return the columns of the ranking in a language."""
    return [
        {
            "field": "rank",
            "headerName": say("ranking.rank", language),
            "width": 62,
            "type": "rightAligned",
        },
        {
            "field": "name",
            "headerName": say("ranking.unit", language),
            "flex": 1,
            "minWidth": 130,
            "cellRenderer": "UnitName",
        },
        {
            "field": "score",
            "headerName": say("ranking.score", language),
            "width": 92,
            "type": "rightAligned",
        },
    ]
