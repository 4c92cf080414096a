"""How accounts are made and who may sign in, as django-allauth asks for it."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from fairlead.web.people import actions, linking
from fairlead.web.vault import house

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from django.contrib.auth.models import AnonymousUser
    from django.forms import Form
    from django.http import HttpRequest, HttpResponseBase

    from fairlead.web.people.models import User

log = logging.getLogger("fairlead.sign_in")

TOO_MANY = "Too many tries. Wait five minutes, then try again."
SIGN_IN_FIRST = (
    "Nothing was confirmed. Sign in first to the account that asked for this, in this browser, then open the "
    "link in the mail again. If you did not ask for it, there is nothing to do."
)


class AccountAdapter(DefaultAccountAdapter):
    """Every new account gets its person in the same transaction; whoever left does not come in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "cannot_remove_primary_email": "This is the address you sign in with. Give another one first.",
        "duplicate_email": "This address belongs to your account already.",
        "email_password_mismatch": "Address and password do not belong together. Check both.",
        "email_taken": "There is an account with this address already.",
        "enter_current_password": "This is not your present password.",
        "incorrect_code": "This is not the right code. It may have run out: use the one shown now.",
        "incorrect_password": "This is not your password.",
        "invalid_or_expired_key": "This link has been used or is too old.",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
        "rate_limited": "That was many times in a short while. Wait a moment, then try again.",
        "same_as_current": "This is the one you have already.",
        "too_many_login_attempts": TOO_MANY,
        "unknown_email": "There is no account with this address.",
        "unverified_primary_email": "Your address has to be confirmed first.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether strangers may make an account here."""
        del request
        return bool(settings.ACCOUNT_SIGNUP_OPEN)

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Save the account and the person behind it."""
        made: User = super().save_user(request, user, form, commit=commit)
        if commit:
            said: dict[str, Any] = form.cleaned_data
            actions.join(user=made, name=said.get("name", ""), zone=said.get("zone") or "UTC")
        return made

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase | None:
        """Refuse whoever was deactivated, and whose last day in the roster is over, by every way in."""
        person = getattr(user, "person", None)
        if person is not None and linking.has_left(person):
            return HttpResponseRedirect(reverse("account_inactive"))
        answer: HttpResponseBase | None = super().pre_login(request, user, **kwargs)
        return answer

    def clean_email(self, email: str) -> str:
        """Refuse the few letters beyond ASCII that pass for an address: PostgreSQL takes an ı for an i."""
        if not email.isascii():
            raise ValidationError("Write the address with the letters a to z alone.")
        return str(super().clean_email(email))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address for whoever is signed in to its account, and for nobody else.

        A mail that somebody did not ask for would otherwise give their address, and with it their
        place in the roster, to the stranger who did.
        """
        if email_address.user_id not in {request.user.pk, _coming_in(request)}:
            messages.error(request, SIGN_IN_FIRST)
            return False
        return bool(super().confirm_email(request, email_address))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the address of the browser; a list too short for the proxies that are set is not believed."""
        forwarded = request.headers.get("x-forwarded-for", "")
        if forwarded and len(forwarded.split(",")) < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            return str(request.META.get("REMOTE_ADDR", ""))
        return str(super().get_client_ip(request))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Offer the organization's own sign-in where there is no password; no password where none counts."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if settings.OIDC_ONLY:
            methods = [one for one in methods if one["id"] != "reauthenticate"]
        if linking.provider_only(user):
            methods.append(
                {
                    "id": "openid_connect",
                    "description": f"Sign in again with {settings.OIDC_NAME}",
                    "url": reverse("openid_connect_again"),
                }
            )
        return [{**one, "description": WAYS.get(one["id"], one["description"])} for one in methods]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask somebody who has neither password nor second factor to sign in at the provider again.

        django-allauth asks such a person for nothing, since it knows no way.
        """
        request = context.request
        user = request.user
        if linking.provider_only(user) and not super().get_reauthentication_methods(user):
            if not linking.shown_lately(get_authentication_records(request, user)):
                raise ReauthenticationRequired
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person by mail; a mail server that is down must not undo what was done."""
        link = self.request.build_absolute_uri(reverse("usersessions_list"))
        said = {**(context or {}), "link": link}
        try:
            super().send_notification_mail(template_prefix, user, context=said, email=email or user.email)
        except (OSError, SMTPException) as fault:
            log.warning("A notification could not be sent: %s", type(fault).__name__)


def _coming_in(request: HttpRequest) -> Any:
    """Give whose password was typed in this browser, where the sign-in waits for the address."""
    login = unstash_login(request, peek=True)
    return login.user.pk if login is not None and login.user is not None else None


WAYS = {
    "reauthenticate": "Type your password",
    "mfa_reauthenticate": "Type a code from your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey or security key",
}


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors in this house's words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "While a second factor is in use, the address cannot be changed.",
        "cannot_delete_authenticator": "This second factor cannot be taken away.",
        "cannot_generate_recovery_codes": "Recovery codes belong to a second factor. Set one up first.",
        "incorrect_code": "This is not the right code. It may have run out: use the one shown now.",
        "unverified_email": "Confirm your address first; then a second factor can be set up.",
    }

    def encrypt(self, text: str) -> str:
        """Seal the secret of an app, or the seed of recovery codes: in no archive does it stand readable."""
        return house.seal(text, where=actions.SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it, to compare a code."""
        return house.unseal(encrypted_text, where=actions.SECRETS)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's name for it
        """Name a new key, counted on."""
        number = user.authenticator_set.filter(type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"
