"""Write docs/seguridad.md: how the page is served to others, and who may do what."""

import sys

from generated import DOCS, table, write_or_check

from geoapp.access.gate import WORK
from geoapp.access.permits import ACTS, CALLBACKS, ROUTES, SESSION_ROUTES, Permit
from geoapp.access.roles import Role
from geoapp.access.sign_in import RATE
from geoapp.planners.audit import Act
from geoapp.settings.names import SETTINGS
from geoapp.settings.server import LEAST_SECRET
from geoapp.words import say

HEAD = """# Seguridad: quién ve y quién cambia qué

Escrito por `docs/write_security.py` desde el código; no se edita a mano.

## Sin servidor: una persona en su máquina

`geoapp serve` atiende solo a la propia máquina (127.0.0.1), sin cuenta: quien está sentado en ella puede todo.
Con otra dirección se niega a arrancar, y no contesta a una página ajena que se haga pasar por esta máquina.

## Con servidor: dos ediciones, una puerta

`GEOAPP_MODE=server` sirve la [edición pública](methods/divulgacion.md) a quien no ha entrado y la completa a quien
entra con su cuenta y tiene un papel. Son dos aplicaciones, cada una hecha desde su tabla: la pública no tiene la
otra y no puede mostrar nada de ella. `geoapp build` y `geoapp load` rehacen las dos. Con
`GEOAPP_EDITION=public` se sirve la pública sola, y no hay cuentas ni secretos que indicar.

La página, los informes y los archivos dicen «Edición pública: los conteos pequeños se muestran como rango».
De una tabla cargada con conteos de personas no dice el sha256 ni el tamaño, y su propio hash sale de lo que muestra:
con uno de ellos, quien supiera toda la tabla menos un conteo podría probar conteos hasta dar con él.

"""
AFTER_ROLES = """
Cada papel puede lo que pueden los anteriores. Lo que no está en la tabla de abajo no se contesta a nadie: una prueba
recorre todas las rutas y acciones de la página y falla si una no tiene permiso. El permiso se comprueba en cada ruta
y en cada acción, no en lo que se dibuja.

## Ponerlo en marcha

1. Registre la página en el servicio de cuentas (OpenID Connect) con la dirección de vuelta
   `https://SU-DIRECCIÓN/session/callback`.
2. Escriba los papeles en `roles.toml` del almacén (o donde diga `GEOAPP_ROLES`):

   ```toml
   [groups]            # grupos que nombra el servicio de cuentas
   "mision-peru" = "partner"
   "mision-im" = "editor"

   [people]            # correo verificado por el servicio, o el identificador (sub) de la persona
   "jefatura@ejemplo.org" = "administrator"
   ```

   Quien no está en el archivo ve la edición pública. Vale el papel más alto. Un correo sin verificar no vale.
3. Haga el secreto de las sesiones: `python -c "import secrets; print(secrets.token_urlsafe(48))"`.
4. Indique los ajustes y arranque. Falta uno, o el secreto es corto o copiado de un ejemplo: no arranca y lo dice.

   ```sh
   export GEOAPP_MODE=server GEOAPP_HOST=0.0.0.0 GEOAPP_URL=https://mapa.ejemplo.org
   export GEOAPP_OIDC_ISSUER=https://cuentas.ejemplo.org GEOAPP_OIDC_CLIENT=geoapp
   export GEOAPP_OIDC_SECRET_FILE=/run/secrets/oidc GEOAPP_SESSION_SECRET_FILE=/run/secrets/session
   geoapp build && geoapp serve
   ```

La página va detrás de un proxy que habla https. Con `GEOAPP_PROXY=10.0.0.5` se le cree a ese proxy, y a ningún otro,
la dirección de quien pregunta (`X-Forwarded-For`); sin él, la cabecera no cuenta y todos
los visitantes que llegan por el proxy cuentan como uno.

"""
AFTER_SETTINGS = f"""
## Qué se hace con una sesión

- Entra por código de autorización con `state`, `nonce` y PKCE; la vuelta es siempre a la misma dirección y de ahí a
  la portada: ninguna dirección que traiga el visitante se sigue.
- La galleta (`__Host-geoapp`) va firmada, `Secure`, `HttpOnly`, `SameSite=Lax`, y dura `GEOAPP_SESSION_MINUTES`
  contados desde que se entró; entonces se vuelve a preguntar quién es y de qué grupos. Cambiar el secreto termina
  todas las sesiones a la vez.
- La galleta no lleva un papel, sino qué líneas del archivo de papeles nombran a la persona; el papel es el que el
  archivo les da en cada petición. Quitar o cambiar una línea vale enseguida, sin reiniciar. Que el servicio de cuentas
  saque a alguien de un grupo se sabe cuando vuelve a entrar: si corre prisa, quite la línea o cambie el secreto.
- Si el archivo de papeles no puede leerse, nadie con sesión pasa (503) hasta que se corrija; la edición pública sin
  sesión sigue. El registro lo dice como `fault` y la galleta se conserva.
- El secreto tiene al menos {LEAST_SECRET} bytes. El servidor no guarda sesiones.
- Una sesión terminada, alterada o de otra clave se contesta con 401 y se borra; una página abierta de la edición
  completa nunca recibe cifras de la otra en su lugar.
- Al salir se borra la galleta y lo que el navegador guardó. No cierra la cuenta en el servicio de cuentas.
- Lo que ve un socio no lo guarda ninguna caché compartida (`private` o `no-store`).

## Cuánto se puede pedir

Lo marcado «pesado» se cuenta por persona (o por dirección si no entró): {WORK[0]} seguidas y luego una cada
{WORK[1]:g} s. Entrar: {RATE[0]} intentos por dirección y luego uno cada {RATE[1]:g} s. De más, 429 con `Retry-After`.

## La bitácora

`audit.jsonl` del almacén: una línea por acto, que solo se añade; cada una lleva el hash de la anterior.
`geoapp audit` la muestra y comprueba la cadena; anote el último hash fuera de la máquina y
`geoapp audit --holds HASH` dirá si faltan las últimas líneas. Lo hecho por la línea de comandos lleva el usuario del
sistema; lo hecho en la página, el correo de la cuenta. Un administrador la baja en `/session/audit.jsonl`. Quien
puede escribir en el disco puede rehacerla entera: cuide ese disco. Los registros comunes no llevan nombres.

"""
CAN = {
    Role.PUBLIC: "ver la edición pública; pesar a su modo (queda en su dirección), pedir planes y fichas de emergencia, mirar un archivo propio",
    Role.PARTNER: "lo mismo con la edición completa",
    Role.EDITOR: "cargar tablas para todos y dejar decisiones",
    Role.ADMINISTRATOR: "bajar la bitácora",
}


def page() -> str:
    """Return the text of the page."""
    roles = [(f"`{role.word}`", say(f"role.{role.word}", "es"), CAN[role]) for role in Role]
    lines = [HEAD + "\n".join(table(("papel", "nombre", "puede"), roles)), AFTER_ROLES]
    told = [
        (f"`{name}`", f"`{default}`" if default else "–", what.removeprefix("server: "))
        for name, default, what in SETTINGS
        if what.startswith("server: ")
    ]
    lines += [*table(("ajuste", "por omisión", "qué es (en inglés)"), told), AFTER_SETTINGS]
    acts = [(f"`{act}`", say(f"audit.{act}", "es")) for act in Act]
    lines += [*table(("acto", "qué"), acts), "", "## Permisos", ""]
    rows = [
        *_rows("ruta", ROUTES | SESSION_ROUTES),
        *_rows("acción", CALLBACKS),
        *_rows("botón", ACTS),
    ]
    lines += ["La edición completa de un servidor pide además `partner` para todo.", ""]
    lines += [*table(("qué", "nombre", "desde", "pesado"), rows), ""]
    return "\n".join(lines)


def _rows(kind: str, permits: dict[str, Permit]) -> list[tuple[str, str, str, str]]:
    return [
        (kind, f"`{name}`", f"`{permit.least.word}`", "sí" if permit.is_heavy else "")
        for name, permit in permits.items()
    ]


if __name__ == "__main__":
    sys.exit(write_or_check({DOCS / "seguridad.md": page()}, __doc__))
