"""The results frame of the Estrategia País OIM Perú 2022-2026.

Its table gives goals of the 2030 Agenda and of the Global Compact by pillar and not by
objective: a tag of either is of the pillar, and nothing here claims finer.
"""

from layers.spec import Pillar, ResultsFrame
from layers.terms import Dimension

FRAME = ResultsFrame(
    id="oim_peru_2022_2026",
    pillars=(
        Pillar(
            id="1",
            objectives=("1.1", "1.2"),
            areas=("preparedness", "protection", "environment", "resettlement", "transition"),
            sdgs=(1, 2, 3, 5, 6, 7, 9, 11, 13, 16),
            gcm=(2, 3, 7, 8, 9, 10, 12, 13, 15, 16, 17, 19, 21),
        ),
        Pillar(
            id="2",
            objectives=("2.1", "2.2"),
            areas=("borders", "health", "labour", "development"),
            sdgs=(1, 3, 4, 5, 8, 10, 11, 16),
            gcm=(4, 5, 6, 11, 12, 14, 15, 18, 20, 22),
        ),
        Pillar(
            id="3",
            objectives=("3.1", "3.2"),
            areas=("research", "innovation"),
            sdgs=(5, 10, 16, 17),
            gcm=(1, 3, 8, 23),
        ),
    ),
    # Design choice: what the figures of a dimension are used for, in the words of 1.1.1 (needs
    # made visible), 1.1.4 (risks known and planned for), 2.2 (access to services), 3.1.4 (coordination) and 3.2
    # (planning).
    dimensions={
        Dimension.POPULATION: ("3.2",),
        Dimension.MIGRANTS: ("1.1", "3.2"),
        Dimension.NEEDS: ("1.1",),
        Dimension.HAZARD: ("1.1", "3.2"),
        Dimension.VULNERABILITY: ("1.1", "1.2"),
        Dimension.COPING: ("1.1", "2.2"),
        Dimension.OPERATIONS: ("1.1", "3.1"),
    },
)
