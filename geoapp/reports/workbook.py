"""The workbook of a level, as the export writes it."""

from geoapp.exports.frame import make_frame
from geoapp.exports.xlsx import workbook_of
from geoapp.reports.report import Asked


def make_workbook(asked: Asked) -> bytes:
    """Return the workbook of a level: data, dictionary, sources and method.

    What may not be passed on is left out and named in the dictionary.

    Parameters
    ----------
    asked : Asked
        Build, scenario and level.

    Returns
    -------
    bytes
        XLSX; the same for the same request.
    """
    frame = make_frame(
        asked.built,
        asked.level,
        asked.scenario,
        asked.catalogue,
        asked.country,
        date=asked.date,
    )
    return workbook_of(frame, asked.language)
