"""geoapp backup and geoapp restore."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from geoapp.cli.output import log
from geoapp.settings import Settings, read_settings
from geoapp.settings.names import told_settings
from geoapp.store.backup import write_backup
from geoapp.store.restore import restore_backup
from layers.errors import BackupError


def backup(
    file: Annotated[Path, typer.Argument(help="Archivo de la copia, .tar.gz; se reemplaza.")],
    without_builds: Annotated[
        bool,
        typer.Option("--without-builds", help="Sin las tablas armadas: se arman de nuevo."),
    ] = False,
) -> None:
    """Copia en un archivo lo que no se puede volver a hacer, y las tablas armadas.

    Lleva lo cargado, los escenarios, las decisiones y las tablas que se sirven, cada archivo con su
    SHA-256; se hace también con la página en marcha. No lleva secretos ni las fuentes publicadas.

    Ejemplo: geoapp backup geoapp-2026-03-31.tar.gz
    """
    settings = _folder_settings()
    made = write_backup(settings.store, file, told_settings(), not without_builds)
    print(f"{made.path}: {made.files} archivos, {made.bytes / 1e6:,.1f} MB")
    if made.left_out:
        log(f"fuera de la copia: {', '.join(made.left_out)}")


def restore(
    file: Annotated[Path, typer.Argument(help="Archivo que hizo geoapp backup.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Toma el lugar de lo que hay, que queda guardado al lado."),
    ] = False,
) -> None:
    """Rehace el almacén de una copia; si algo de ella está mal, no cambia nada.

    Ejemplo: geoapp restore geoapp-2026-03-31.tar.gz
    """
    settings = _folder_settings()
    made = restore_backup(file, settings.store, datetime.now(), replace)
    print(f"{settings.store}: {made.files} archivos restaurados y verificados")
    if made.former:
        log(f"lo anterior quedó en {made.former}; bórrelo cuando ya no lo necesite")
    if made.settings:
        told = " ".join(f"{name}={value}" for name, value in sorted(made.settings.items()))
        log(f"la copia se hizo con: {told}")


def _folder_settings() -> Settings:
    """Return the settings of a store that is a folder; databases have tools of their own."""
    settings = read_settings()
    if settings.database:
        raise BackupError(
            "the store is the database {store}: copy it with pg_dump and restore it with "
            "pg_restore, and {folder} as any folder",
            store=settings.builds,
            folder=settings.store,
        )
    return settings
