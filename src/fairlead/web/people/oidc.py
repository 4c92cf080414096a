"""The conversation with an organization's own sign-in: OpenID Connect, code flow with PKCE.

django-allauth leads it (state, PKCE, exchange of the code). Here is what it leaves open: the nonce,
the signature and every claim of the ID token, an issuer that is the one of the settings, and that
only three facts about the person come out of it. All endpoints are read from the provider's own
description.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any, Final

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a public key; one made with a shared secret, or none, is not accepted."""

LOGIN: Final = "login"
CONNECT: Final = "connect"
AGAIN: Final = "again"
"""What a conversation is for: signing in, adding the way to an account, showing once more who it is."""

CLOCK: Final = 60
"""Seconds by which the provider's clock may differ from ours."""

SECOND_FACTOR_METHODS: Final = frozenset({"mfa"})
"""What "amr" says when more than one factor was used (RFC 8176)."""

SECOND_FACTOR_LEVELS: Final = frozenset(
    {
        "phr",
        "phrh",
        "https://refeds.org/profile/mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    }
)
"""What "acr" says when the sign-in resists phishing or used more than one factor."""

LONGEST_SUB: Final = 191
"""As long as a provider's number can be kept."""

NEEDED: Final = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderError(OAuth2Error):
    """The provider's answer cannot be trusted, or does not come; says why, in words for the log."""


class Conversation(OpenIDConnectOAuth2Adapter):
    """One sign-in with the provider, from its description to a checked ID token."""

    state: dict[str, Any]

    @property
    def openid_config(self) -> dict[str, Any]:
        """Fetch the provider's description of itself; it must name the issuer of the settings."""
        if not hasattr(self, "_openid_config"):
            said = _fetched(self.get_provider().server_url)
            lacking = [name for name in NEEDED if not isinstance(said.get(name), str)]
            if lacking:
                raise ProviderError(f"the provider's description lacks {', '.join(lacking)}")
            if said["issuer"].rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
                raise ProviderError("the provider's description names another issuer than the settings")
            self._openid_config: dict[str, Any] = said
        return self._openid_config

    @property
    def basic_auth(self) -> bool:
        """Say how this installation shows its secret; where nothing is said, in HTTP's own way."""
        ways = self.openid_config.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_post" not in ways

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Give the address that the provider sends people back to."""
        del app
        return request.build_absolute_uri(reverse("openid_connect_callback"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Check the ID token and make of it who this is at the provider."""
        given = kwargs["response"].get("id_token")
        if not isinstance(given, str):
            raise ProviderError("the provider gave no ID token")
        claims = self._checked(given, client_id=app.client_id)
        if not claims.get("email") and self.openid_config.get("userinfo_endpoint"):
            claims |= self._about(claims["sub"], token.token)
        return self.get_provider().sociallogin_from_response(request, claims)

    def _checked(self, given: str, *, client_id: str) -> dict[str, Any]:
        try:
            key = self._key(jwt.get_unverified_header(given))
            claims: dict[str, Any] = jwt.decode(
                given,
                key=key,
                algorithms=list(ALGORITHMS),
                issuer=self.openid_config["issuer"],
                audience=client_id,
                leeway=CLOCK,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise ProviderError(f"the ID token is not valid: {error}") from error
        if not secrets.compare_digest(str(claims.get("nonce", "")), str(self.state.get("nonce") or " ")):
            raise ProviderError("the ID token answers another question than ours (nonce)")
        parties = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if (len(parties) > 1 or "azp" in claims) and claims.get("azp") != client_id:
            raise ProviderError("the ID token was made for another client (azp)")
        if not isinstance(claims["sub"], str) or not 1 <= len(claims["sub"]) <= LONGEST_SUB:
            raise ProviderError("the ID token names nobody (sub)")
        return claims

    def _key(self, header: dict[str, Any]) -> Any:
        keys = jwt.PyJWKSet.from_dict(_fetched(self.openid_config["jwks_uri"])).keys
        named = [key for key in keys if key.key_id == header.get("kid")] if header.get("kid") else keys
        if len(named) != 1:
            raise ProviderError("the ID token was signed with a key that the provider does not show")
        return named[0]

    def _about(self, sub: str, access_token: str) -> dict[str, Any]:
        """Ask for the address where the ID token does not carry it; it must be about the same person."""
        said = _fetched(
            self.openid_config["userinfo_endpoint"], headers={"Authorization": f"Bearer {access_token}"}
        )
        if said.get("sub") != sub:
            raise ProviderError("the provider's user information is about somebody else (sub)")
        return {name: said[name] for name in ("email", "email_verified", "name") if name in said}


def _fetched(address: str, **kwargs: Any) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, **kwargs)
    answer.raise_for_status()
    said = answer.json()
    if not isinstance(said, dict):
        raise ProviderError("the provider's answer is not understood")
    return said


class Provider(OpenIDConnectProvider):
    """The one provider, as the settings name it."""

    oauth2_adapter_class = Conversation
    pkce_enabled_default = True

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Give the address where a sign-in begins."""
        del request, kwargs
        return reverse("openid_connect_login")

    def get_callback_url(self) -> str:
        """Give the address that the provider sends people back to."""
        return reverse("openid_connect_callback")

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponseBase:
        """Send somebody to the provider with state, PKCE and a nonce; ``again`` asks to sign in anew."""
        nonce = secrets.token_urlsafe(24)
        asked = {"nonce": nonce}
        if process == AGAIN:
            asked |= {"prompt": "login", "max_age": "0"}
        answer: HttpResponseBase = super().redirect(
            request,
            process,
            next_url,
            data,
            scope=self.get_default_scope(),
            auth_params=asked,
            nonce=nonce,
            asked_at=int(time.time()),
            **kwargs,
        )
        return answer

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep the provider's number, the address and the name, and nothing else."""
        return {name: str(data[name]) for name in ("sub", "email", "name") if data.get(name)}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """Leave the addresses alone here: which one counts is decided in ``linking``."""
        del data
        return []

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        """Take along, for this sign-in only, what the provider said about the address and about itself."""
        login = super().sociallogin_from_response(request, response)
        login.address_verified = response.get("email_verified")
        login.second_factor = used_second_factor(response)
        login.auth_time = response.get("auth_time")
        return login


def used_second_factor(claims: dict[str, Any]) -> bool:
    """Say whether the provider says that a second factor was used, where the settings believe it."""
    if not settings.OIDC_MFA:
        return False
    methods = claims.get("amr")
    named = {str(method) for method in methods} if isinstance(methods, list) else set()
    return bool(named & SECOND_FACTOR_METHODS) or claims.get("acr") in SECOND_FACTOR_LEVELS
