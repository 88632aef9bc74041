"""The provider of identities, by OpenID Connect: how it is asked, and what of it is believed."""

from typing import Any

import requests
from flask import Flask

from geoapp.settings.server import SignIn
from layers.errors import LayersError

_PATIENCE = 10.0
_LEEWAY = 60
"""Seconds by which the clocks of two machines may differ."""
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make."""


def provider_of(server: Flask, told: SignIn) -> Any:
    """Return the provider as the library knows it; it is asked nothing yet."""
    try:
        from authlib.integrations.flask_client import OAuth
    except ImportError as error:
        raise LayersError(
            'signing in needs authlib, which is absent; run pip install "geoapp[server]"'
        ) from error
    return OAuth(server).register(
        "provider",
        client_id=told.client,
        client_secret=told.client_secret,
        server_metadata_url=f"{told.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": _PATIENCE,
        },
    )


def load(provider: Any, told: SignIn) -> None:
    """Ask the provider how it is used, and refuse one that is another than was named."""
    found = provider.load_server_metadata()
    if found.get("issuer") != told.issuer:
        raise ValueError("the provider names another issuer")
    algorithms = found.get("id_token_signing_alg_values_supported") or ["RS256"]
    found["id_token_signing_alg_values_supported"] = [
        name for name in algorithms if name in _SIGNED
    ]


def claims_of(provider: Any, told: SignIn) -> dict[str, Any]:
    """Return what the provider says of who comes back from it."""
    load(provider, told)
    token = provider.authorize_access_token(
        claims_options={
            "iss": {"essential": True, "value": told.issuer},
            "aud": {"essential": True, "value": told.client},
            "sub": {"essential": True},
            "exp": {"essential": True},
        },
        leeway=_LEEWAY,
    )
    claims = token.get("userinfo")
    if not claims or not claims.get("sub"):
        raise ValueError("the provider says of nobody who it is")
    return dict(claims)


def failures() -> tuple[type[Exception], ...]:
    """Return what a way in can fail by: the provider, the network, and what a visitor forged."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    return (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError, TypeError)
