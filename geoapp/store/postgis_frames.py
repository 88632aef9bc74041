"""A frame as a table of PostGIS and back: same rows, order, types and bits."""

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from layers.errors import StoreError

if TYPE_CHECKING:
    import psycopg

_ORDER = "row_order"
_GEOMETRY = "geometry"
_TYPES = {
    "double": "double precision",
    "int64": "bigint",
    "bool": "boolean",
    "string": "text",
    "large_string": "text",
    "null": "text",
}
_LONGEST_NAME = 63
"""Bytes; PostgreSQL cuts longer ones without a word."""


def write_frame(
    connection: "psycopg.Connection", schema: str, name: str, frame: pd.DataFrame
) -> dict[str, Any]:
    """Write a frame as a new table.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    schema, name : str
        Of the table.
    frame : DataFrame or GeoDataFrame
        Columns of numbers, texts, truths and one geometry at most.

    Returns
    -------
    dict
        What `read_frame` needs: how the frame was made, as plain JSON.
    """
    from psycopg import sql

    plain, shapes, facts = _split(frame)
    table = sql.Identifier(schema, name)
    columns = [sql.SQL("{} integer primary key").format(sql.Identifier(_ORDER))]
    columns += [
        sql.SQL("{} " + _type_of(field)).format(sql.Identifier(field.name))
        for field in plain.schema
    ]
    if shapes is not None:
        kind = f"geometry(Geometry, {facts['srid']})"
        columns.append(sql.SQL("{} " + kind).format(sql.Identifier(_GEOMETRY)))
    connection.execute(sql.SQL("create table {} ({})").format(table, sql.SQL(", ").join(columns)))
    lists = [column.to_pylist() for column in plain.columns]
    if shapes is not None:
        lists.append(shapes)
    with connection.cursor().copy(sql.SQL("copy {} from stdin").format(table)) as copy:
        for place, row in enumerate(zip(*lists, strict=True)):
            copy.write_row((place, *row))
    if shapes is not None:
        connection.execute(
            sql.SQL("create index on {} using gist ({})").format(table, sql.Identifier(_GEOMETRY))
        )
    return facts


def read_frame(
    connection: "psycopg.Connection", schema: str, name: str, facts: dict[str, Any]
) -> pd.DataFrame:
    """Return the frame that `write_frame` wrote.

    Parameters
    ----------
    connection : Connection
        Of the same database.
    schema, name : str
        Of the table.
    facts : dict
        What `write_frame` returned.

    Returns
    -------
    DataFrame or GeoDataFrame
        Equal to the one that was written, as reading it from Parquet would be.
    """
    from psycopg import sql

    made = pa.ipc.read_schema(pa.BufferReader(b64decode(facts["schema"])))
    asked: list[sql.Composable] = [sql.Identifier(field) for field in made.names]
    if facts["columns"]:
        asked.append(sql.SQL("st_asbinary({})").format(sql.Identifier(_GEOMETRY)))
    rows = connection.execute(
        sql.SQL("select {} from {} order by {}").format(
            sql.SQL(", ").join(asked), sql.Identifier(schema, name), sql.Identifier(_ORDER)
        )
    ).fetchall()
    lists = list(zip(*rows, strict=True)) if rows else [()] * len(asked)
    arrays = [
        pa.array(values, type=field.type)
        for field, values in zip(made, lists[: len(made)], strict=True)
    ]
    frame = pa.Table.from_arrays(arrays, schema=made).to_pandas()
    if not facts["columns"]:
        return frame
    shapes = gpd.GeoSeries.from_wkb(list(lists[-1]), index=frame.index, crs=facts["crs"])
    return gpd.GeoDataFrame(frame.assign(geometry=shapes)[facts["columns"]], crs=facts["crs"])


def _split(frame: pd.DataFrame) -> tuple[pa.Table, list[bytes | None] | None, dict[str, Any]]:
    """Return the columns without geometry, the geometries with their system, and the facts."""
    if not isinstance(frame, gpd.GeoDataFrame):
        plain = pa.Table.from_pandas(frame)
        return plain, None, {"schema": _packed(plain.schema), "columns": []}
    system = frame.crs
    srid = (system.to_epsg() or 0) if system else 0
    plain = pa.Table.from_pandas(pd.DataFrame(frame.drop(columns=_GEOMETRY)))
    shapes = shapely.to_wkb(
        shapely.set_srid(frame.geometry.to_numpy(), srid), hex=True, include_srid=True
    ).tolist()
    facts = {
        "schema": _packed(plain.schema),
        "columns": list(frame.columns),
        "crs": system.to_json() if system else None,
        "srid": srid,
    }
    return plain, shapes, facts


def _packed(schema: pa.Schema) -> str:
    return b64encode(schema.serialize().to_pybytes()).decode()


def _type_of(field: pa.Field) -> str:
    kind = _TYPES.get(str(field.type))
    if kind is None or len(field.name.encode()) > _LONGEST_NAME:
        raise StoreError(
            "column {name!r} of type {kind} has no place in PostGIS; keep the build in a folder",
            name=field.name,
            kind=field.type,
        )
    return kind
