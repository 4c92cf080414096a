"""django-allauth's forms in this house's words, without grey examples inside the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import TextInput

from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "code": "Code from the app",
    "oldpassword": "Present password",
    "password1": "New password",
    "password2": "The new password once more",
}
CODE = "Code from the app, or a recovery code"
NO_SCRIPTS = "Passkeys need scripts to be switched on in the browser. Use your password instead."
NOT_OURS = "This passkey or security key does not belong to an account here. Use another way."
PASSWORD = "At least 12 characters, not a common password, and not your name or address."  # noqa: S105 - advice


def plain(form: Form) -> None:
    """Name the fields in plain words; a label says what a grey example would say, and stays."""
    for name, field in form.fields.items():
        field.label = LABELS.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted and say nothing


class LoginForm(account.LoginForm):
    """Signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)


class SignupForm(account.SignupForm):
    """Making an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["password1"].label = "Password"
        self.fields["password1"].help_text = PASSWORD


class ResetPasswordForm(account.ResetPasswordForm):
    """Asking for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    """Choosing the new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["password1"].help_text = PASSWORD


class ChangePasswordForm(account.ChangePasswordForm):
    """Changing the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["password1"].help_text = PASSWORD


class AddEmailForm(account.AddEmailForm):
    """Giving a new address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)

    @transaction.atomic
    def save(self, request: HttpRequest) -> EmailAddress:
        """Wait for the new address to be confirmed; the present one, confirmed or not, counts until then.

        django-allauth would drop a present one that was never confirmed, and nobody could sign in.
        """
        waiting = EmailAddress.objects.filter(user=self.user, verified=False)
        waiting.exclude(email__iexact=self.user.email).delete()
        made = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"].lower())
        send_verification_email_to_address(request, made)
        return made


class ReauthenticateForm(account.ReauthenticateForm):
    """Typing the password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """Setting up an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)


class SetPasswordForm(account.SetPasswordForm):
    """Choosing a password where there was none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["password1"].help_text = PASSWORD


class SecondFactorForm(mfa.AuthenticateForm):
    """Typing the code that follows the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["code"].label = CODE


class SecondFactorAgainForm(mfa.ReauthenticateForm):
    """Typing a code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["code"].label = CODE


def name_for_it(*, required: bool, help_text: str = "") -> Uncut:
    """Ask for the name of a key."""
    alone = TextInput(attrs={"autocomplete": "off"})
    return Uncut(label="A name for it", max_length=60, required=required, help_text=help_text, widget=alone)


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """Adding a passkey or a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        alone = self.fields["passwordless"]
        self.fields["name"] = name_for_it(required=False, help_text="So that you know later which one it is.")
        alone.label = "Sign in with it alone, without a password"
        alone.help_text = (
            "It then asks for your fingerprint, your face or a PIN. "
            "Without this it is used after your password."
        )
        alone.initial = True


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Giving a key another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["name"] = name_for_it(required=True)


class Passkey(webauthn.AuthenticateWebAuthnForm):
    """What all ways of using a key have in common: what went wrong is said about keys, not about codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {"required": NO_SCRIPTS, "invalid": NOT_OURS}

    def clean_credential(self) -> Any:
        """Accept a key that belongs here."""
        try:
            return super().clean_credential()
        except ValidationError as fault:
            if fault.code == "incorrect_code":
                raise ValidationError(NOT_OURS, code=fault.code) from fault
            raise


class LoginPasskeyForm(Passkey, webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class PasskeyForm(Passkey):
    """Using a key after the password."""


class PasskeyAgainForm(Passkey, webauthn.ReauthenticateWebAuthnForm):
    """Using a key once more."""
