"""What the browser draws of the units: outlines as arcs, or as vector tiles where they are many."""
