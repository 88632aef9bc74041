"""Whether the reference system of a map leads to longitudes and latitudes of the Earth."""

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from layers.errors import Sentence, SourceDamagedError


def check_system(
    crs: object, path: object, kind: type[SourceDamagedError] = SourceDamagedError
) -> None:
    """Refuse a reference system from which no way leads to WGS 84: another planet's, a local one.

    Parameters
    ----------
    crs : object
        As PyProj, GeoPandas or rasterio has it.
    path : object
        What errors call the file.
    kind : type
        Of the error.

    Raises
    ------
    SourceDamagedError
        Naming the system and the remedy.
    """
    system = ""
    try:
        read = CRS.from_user_input(crs)
        system = read.name
        Transformer.from_crs(read, 4326)
    except (CRSError, ProjError) as error:
        sentence = Sentence(
            "{path}: its reference system ({system}) leads to no place on the Earth; write the "
            "right one into the file",
            path=path,
            system=system,
        )
        raise kind(sentence) from error
