"""How strongly an earthquake is felt at a place: intensity from magnitude, depth and distance.

Median intensities of a point source, without site amplification of the place itself and
without the extent of the rupture: rough, and never to be mixed with a ShakeMap.
"""

import numpy as np

CRUST_KM = 35.0
"""Events shallower than this are felt as those of the crust (methods, section 10)."""
SLAB_KM = 50.0
"""Events from here down are taken as inside the plate that sinks, those above as between the
plates. Our choice: the catalogue states no mechanism."""
DEEPEST_KM = 229.0
"""The depth term stops here. Our choice, recalled as the deepest event that Youngs et al. used
and not verified; without it a harmless event 640 km down would shake the ground with half of g."""
NEAREST_KM = 10.0
"""Nearer places are taken to be this far: Youngs et al. hold from 10 km on, and no catalogue
places an event of magnitude 4.5 better (85 of the IGP's have depth 0)."""
WEAKEST, STRONGEST = 1.0, 10.0
"""Range in which the conversions hold."""
QUAKE_LIMITS = {"lon": (-180, 180), "lat": (-90, 90), "depth": (0, 700), "magnitude": (4, 10)}
"""What the numbers of an earthquake may be that is worked out: degrees, km, moment magnitude."""
_CM_S2_PER_G = 981.0
_HALF_ROUND_KM = 20_000.0
"""No place is farther."""
_HALVINGS = 22


def crustal_intensity(magnitude: np.ndarray, distance_km: np.ndarray) -> np.ndarray:
    """Return the intensity of a shallow event of the crust.

    I = c0 + c1 M + c2 ln √(R² + Rm²) + c4 ln(R/50) where R > 50 km, with
    Rm = m1 + m2 exp(M − 5). Source: Allen, Wald & Worden (2012), Intensity attenuation for
    active crustal regions, J. Seismology 16, 409–433, hypocentral form; fitted to M 5.0–7.9
    within 300 km. Every coefficient agrees with openquake's AllenEtAl2012Rhypo.

    Parameters
    ----------
    magnitude : ndarray
        Moment magnitude.
    distance_km : ndarray
        Hypocentral distance R.

    Returns
    -------
    ndarray
        Modified Mercalli intensity, not clipped; standard deviation 0.82–1.19.
    """
    near = -0.209 + 2.042 * np.exp(magnitude - 5.0)
    spread = -1.402 * 0.5 * np.log(distance_km**2 + near**2)
    far = 0.078 * np.log(np.maximum(distance_km, 50.0) / 50.0)
    return np.asarray(2.085 + 1.428 * magnitude + spread + far)


def subduction_acceleration(
    magnitude: np.ndarray, distance_km: np.ndarray, depth_km: np.ndarray, *, rock: bool = False
) -> np.ndarray:
    """Return the peak ground acceleration of an event of the subduction.

    Soil: ln A = −0.6687 + 1.438 M − 2.329 ln(R + 1.097 exp(0.617 M)) + 0.00648 H + 0.3643 Z;
    rock: ln A = 0.2418 + 1.414 M − 2.552 ln(R + 1.7818 exp(0.554 M)) + 0.00607 H + 0.3846 Z,
    with Z = 1 inside the plate that sinks (H ≥ ``SLAB_KM``) and 0 between the plates.
    Source: Youngs, Chiou, Silva & Humphrey (1997), Strong ground motion attenuation
    relationships for subduction zone earthquakes, SRL 68, 58–73, table 2; M ≥ 5. Every
    coefficient agrees with openquake's YoungsEtAl1997SInter and YoungsEtAl1997SSlab.

    Parameters
    ----------
    magnitude : ndarray
        Moment magnitude.
    distance_km : ndarray
        R; the paper measures to the rupture, here it is to the hypocentre, which is
        farther and lowers the shaking near the largest events.
    depth_km : ndarray
        H, not counted below ``DEEPEST_KM``.
    rock : bool
        Settlements stand on soil, the default.

    Returns
    -------
    ndarray
        Median, in g.
    """
    a1, a2, c3, a4, a5, a6, slab = (
        (0.2418, 1.414, -2.552, 1.7818, 0.554, 0.00607, 0.3846)
        if rock
        else (-0.6687, 1.438, -2.329, 1.097, 0.617, 0.00648, 0.3643)
    )
    log = a1 + a2 * magnitude + c3 * np.log(distance_km + a4 * np.exp(a5 * magnitude))
    log += a6 * np.minimum(depth_km, DEEPEST_KM) + slab * (depth_km >= SLAB_KM)
    return np.asarray(np.exp(log))


def intensity_of_acceleration(acceleration_g: np.ndarray) -> np.ndarray:
    """Return the intensity that a peak ground acceleration stands for.

    With y = log10 of the acceleration in cm/s²: 1.71 + 2.08 y where y < 0.14,
    1.78 + 1.55 y where y < 1.57, −1.60 + 3.70 y above. Source: Worden, Gerstenberger,
    Rhoades & Wald (2012), Probabilistic relationships between ground-motion parameters and
    modified Mercalli intensity in California, BSSA 102, 204–221, without the terms of
    magnitude and distance. Every coefficient agrees with ShakeMap's WGRW12.

    Parameters
    ----------
    acceleration_g : ndarray
        In g, above 0.

    Returns
    -------
    ndarray
        Modified Mercalli intensity, 1–10.
    """
    y = np.log10(acceleration_g * _CM_S2_PER_G)
    felt = np.where(y < 0.14, 1.71 + 2.08 * y, np.where(y < 1.57, 1.78 + 1.55 * y, -1.6 + 3.7 * y))
    return np.clip(felt, WEAKEST, STRONGEST)


def intensity(magnitude: np.ndarray, depth_km: np.ndarray, distance_km: np.ndarray) -> np.ndarray:
    """Return the intensity of events at places.

    Events shallower than ``CRUST_KM`` by `crustal_intensity`, deeper ones by
    `subduction_acceleration` and `intensity_of_acceleration` (methods, section 10). Events
    between the plates above 35 km go with the crust. Distances under ``NEAREST_KM`` count as
    that.

    Parameters
    ----------
    magnitude, depth_km, distance_km : ndarray
        Of one shape, or shapes that broadcast; the distance is hypocentral.

    Returns
    -------
    ndarray
        Modified Mercalli intensity, 1–10.
    """
    away = np.maximum(distance_km, NEAREST_KM)
    if np.all(depth_km >= CRUST_KM):
        return intensity_of_acceleration(subduction_acceleration(magnitude, away, depth_km))
    shallow = np.clip(crustal_intensity(magnitude, away), WEAKEST, STRONGEST)
    if np.all(depth_km < CRUST_KM):
        return np.array(np.broadcast_arrays(shallow, depth_km)[0])
    deep = intensity_of_acceleration(subduction_acceleration(magnitude, away, depth_km))
    return np.where(depth_km < CRUST_KM, shallow, deep)


def reach_km(magnitude: np.ndarray, depth_km: np.ndarray, faintest: float) -> np.ndarray:
    """Return the hypocentral distance at which events fall to an intensity, by halving.

    Parameters
    ----------
    magnitude, depth_km : ndarray
        Of one shape.
    faintest : float
        Modified Mercalli intensity.

    Returns
    -------
    ndarray
        km, 5 m short at most; 0 where an event is nowhere so strong.
    """
    near, far = np.zeros(magnitude.shape), np.full(magnitude.shape, _HALF_ROUND_KM)
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        is_felt = intensity(magnitude, depth_km, middle) >= faintest
        near, far = np.where(is_felt, middle, near), np.where(is_felt, far, middle)
    return near
