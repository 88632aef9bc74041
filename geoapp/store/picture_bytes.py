"""The pictures of a build as bytes: the classes of their pixels, without colours."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from layers.table.picture import Picture


def pack_pictures(pictures: Sequence[Picture]) -> bytes:
    """Return pictures as the bytes of one compressed file.

    Parameters
    ----------
    pictures : sequence of Picture
        Of a build.

    Returns
    -------
    bytes
        NPZ, one array for each layer.
    """
    classes: dict[str, Any] = {picture.layer: picture.classes for picture in pictures}
    packed = io.BytesIO()
    np.savez_compressed(packed, **classes)
    return packed.getvalue()


def unpack_pictures(breaks: Mapping[str, Sequence[float]], packed: bytes) -> tuple[Picture, ...]:
    """Return the pictures that `pack_pictures` packed.

    Parameters
    ----------
    breaks : mapping
        Inner class limits by layer, from the manifest.
    packed : bytes
        As they were packed.

    Returns
    -------
    tuple of Picture
        In the order of the manifest.
    """
    with np.load(io.BytesIO(packed), allow_pickle=False) as held:
        return tuple(Picture(name, held[name], tuple(inner)) for name, inner in breaks.items())
