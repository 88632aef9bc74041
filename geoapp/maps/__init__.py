"""Maps that need no server: one page with Leaflet inside, its legend, and pictures."""
