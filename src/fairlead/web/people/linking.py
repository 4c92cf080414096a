"""Who somebody is here who comes from the organization's own sign-in, and who is not let in.

In this order: an account that came this way before; an account with the same address, confirmed on
both sides; a person of the roster without an account; a stranger, where accounts are open to them.
Everybody else meets a calm page and nothing is made or changed.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, Final

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fairlead.web.people import actions, oidc
from fairlead.web.people.models import Person, User

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger("fairlead.sign_in")

REASONS: Final = {
    "cancelled": "The sign-in was stopped before it was done. Nothing has changed.",
    "failed": "The sign-in could not be completed. Please begin anew; if it happens again, tell whoever runs "
    "this installation and give them the time.",
    "silent": "The sign-in of your organization does not answer at the moment. "
    "Please try again in a few minutes.",
    "unverified": "Your organization's sign-in did not say that your e-mail address is really yours, so it "
    "cannot be used here. Whoever looks after that sign-in can change this.",
    "domain": "Accounts here are for other e-mail addresses than the one you came with. Perhaps you "
    "are signed in over there with another account.",
    "unconfirmed": "There is an account with your address already, and the address was never confirmed. "
    "Sign in to it as before, then add this way of signing in on your account page.",
    "stranger": "You are known to your organization's sign-in but not here. "
    "Ask people operations for an account.",
    "gone": "This account is closed. If that is a mistake, ask people operations.",
    "other": "Over there you are somebody else than here. Sign out over there first, or sign in as before.",
    "taken": "That sign-in belongs to another account here already.",
    "old": "The sign-in did not ask who you are again. Please sign out there and try once more.",
}
STATUS: Final = {"silent": 503, "cancelled": 200}
FRESH: Final = 120
"""Seconds that may lie between signing in over there and coming back, when somebody is asked again."""


def refusal(request: HttpRequest, reason: str) -> ImmediateHttpResponse:
    """Give the page that says calmly why nobody was signed in, to be raised."""
    page = render(
        request,
        "socialaccount/refused.html",
        {"reason": REASONS[reason], "bare": False},
        status=STATUS.get(reason, 403),
    )
    return ImmediateHttpResponse(page)


def address_of(login: Any) -> str:
    """Give the address that the provider vouches for, in lower case, or nothing.

    Some providers never say whether an address is verified, because they hand it out themselves;
    ``FAIRLEAD_OIDC_TRUST`` believes these. What a provider calls unverified is never believed.
    """
    email = str(login.account.extra_data.get("email", "")).strip().lower()
    said = login.address_verified
    vouched = said is True or said == "true" or (said is None and settings.OIDC_TRUST)
    if not email.isascii() or not vouched:  # PostgreSQL takes an ı for an i
        return ""
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email


def accepted(email: str) -> bool:
    """Say whether addresses of this domain may come in."""
    return not settings.OIDC_DOMAINS or email.rpartition("@")[2].lower() in settings.OIDC_DOMAINS


def waiting_in_roster(email: str) -> Person | None:
    """Give the person of the roster with this address who has no account and has not left."""
    found = Person.objects.filter(user=None, number__isnull=False, email__iexact=email).first()
    return None if found is None or has_left(found) else found


def has_left(person: Person) -> bool:
    """Say whether the roster's last day of this person is over."""
    return person.left is not None and person.left < timezone.localdate()


class ProviderAdapter(DefaultSocialAccountAdapter):
    """django-allauth's questions about somebody who comes from the provider, answered for this house."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Give the one provider of the settings; the table of providers stays empty."""
        del request, provider, client_id
        if not settings.OIDC_ISSUER:
            return []
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=settings.OIDC_ISSUER[:200],
                name=settings.OIDC_NAME[:40],
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings={"server_url": settings.OIDC_ISSUER.rstrip("/")},
            )
        ]

    def get_provider(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> Any:
        """Give the one provider of the settings."""
        return oidc.Provider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Take nothing over before it is clear who this is."""
        del request, data
        user: User = sociallogin.user
        return user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Show one calm page for whatever went wrong, and say why in the log, without a name."""
        del provider, extra_context
        if error == AuthError.CANCELLED:
            raise refusal(request, "cancelled")
        log.warning("A sign-in through OpenID Connect failed: %s", _in_words(exception))
        answers = isinstance(exception, OAuth2Error) or exception is None
        raise refusal(request, "failed" if answers else "silent")

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Decide who this is, before anything is written."""
        process = sociallogin.state.get("process")
        if process == oidc.AGAIN:
            raise self._again(request, sociallogin)
        email = address_of(sociallogin)
        if email and not accepted(email):
            raise refusal(request, "domain")
        if process == oidc.CONNECT:
            if sociallogin.is_existing and sociallogin.user != request.user:
                raise refusal(request, "taken")
            return
        if sociallogin.is_existing:
            if not email and settings.OIDC_DOMAINS:
                raise refusal(request, "unverified")
            return
        if not email:
            raise refusal(request, "unverified")
        self._known(request, sociallogin, email)

    def _known(self, request: HttpRequest, sociallogin: Any, email: str) -> None:
        """Join the sign-in to the account with its address, or make it ready for a new account."""
        user = account_with(email)
        if user is not None:
            if not user.is_active or has_left(user.person):
                raise refusal(request, "gone")
            if not confirmed(user, email):
                if not settings.OIDC_TRUST:
                    raise refusal(request, "unconfirmed")
                hand_over(user, email)
            sociallogin.connect(request, user)
            return
        if waiting_in_roster(email) is None:
            if Person.objects.filter(email__iexact=email, left__lt=timezone.localdate()).exists():
                raise refusal(request, "gone")
            if not settings.SIGNUP:
                raise refusal(request, "stranger")
        sociallogin.user.email = email
        sociallogin.email_addresses = [EmailAddress(email=email, verified=True, primary=True)]

    def _again(self, request: HttpRequest, sociallogin: Any) -> ImmediateHttpResponse:
        """Note that the person was asked again over there, if it was this person and just now."""
        if not sociallogin.is_existing or sociallogin.user != request.user:
            return refusal(request, "other")
        at = sociallogin.auth_time
        if not isinstance(at, int) or at < sociallogin.state["asked_at"] - FRESH:
            return refusal(request, "old")
        record_authentication(
            request,
            request.user,
            "socialaccount",
            provider=sociallogin.account.provider,
            reauthenticated=True,
        )
        _note_second_factor(request, request.user, sociallogin)
        return ImmediateHttpResponse(
            HttpResponseRedirect(sociallogin.get_redirect_url(request) or reverse("account"))
        )

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Let in whom ``pre_social_login`` let pass."""
        del request
        return bool(sociallogin.email_addresses)

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """Save the account, and the person behind it: the one of the roster, or a new one."""
        user: User = super().save_user(request, sociallogin, form)
        waiting = waiting_in_roster(user.email)
        if waiting is not None:
            actions.take_place(waiting, user=user)
        else:
            actions.join(user=user, name=_name(sociallogin))
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Lead back to the page about this way of signing in."""
        del request, socialaccount
        return reverse("socialaccount_connections")


def account_with(email: str) -> User | None:
    """Give the account that signs in with this address, or that has confirmed it."""
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        other = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
        found = other.user if other else None
    return found


def confirmed(user: User, email: str) -> bool:
    """Say whether this account has shown that the address is its own."""
    return bool(EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists())


@transaction.atomic
def hand_over(user: User, email: str) -> None:
    """Give an account whose address was never confirmed to whoever the provider says owns the address.

    Whoever made it may not have been them: password, second factors, other sign-ins and sessions end.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    close_other_doors(user)
    for session in UserSession.objects.filter(user=user):
        session.end()
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )


def close_other_doors(user: User) -> None:
    """Take away second factors and sign-ins elsewhere that were added before the address was proved."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def provider_only(user: Any) -> bool:
    """Say whether the provider is the one place where this person can show again who they are."""
    if not user.is_authenticated or (user.has_usable_password() and not settings.OIDC_ONLY):
        return False
    return bool(settings.OIDC_ISSUER) and connected(user) is not None


def connected(user: Any) -> SocialAccount | None:
    """Give the sign-in at the provider that belongs to this account."""
    return SocialAccount.objects.filter(user=user, provider=settings.OIDC_ISSUER[:200]).first()


def shown_lately(records: list[dict[str, Any]]) -> bool:
    """Say whether these notes of a session hold a sign-in that is not older than a quarter of an hour."""
    return any(time.time() - one["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for one in records)


@receiver(user_logged_in)
def _second_factor_over_there(
    request: HttpRequest, user: User, sociallogin: Any = None, **_more: Any
) -> None:
    _note_second_factor(request, user, sociallogin)


def _note_second_factor(request: HttpRequest, user: Any, sociallogin: Any) -> None:
    if getattr(sociallogin, "second_factor", False):
        record_authentication(request, user, "mfa", type="provider")


def _name(sociallogin: Any) -> str:
    name = str(sociallogin.account.extra_data.get("name", ""))
    return "".join(letter for letter in name if letter.isprintable()).strip()[:120]


def _in_words(fault: Exception | None) -> str:
    if fault is None:
        return "it was not begun here, or too long ago, or its answer came twice (state)"
    return str(fault) if isinstance(fault, oidc.ProviderError) else type(fault).__name__
