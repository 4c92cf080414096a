"""django-allauth's forms in this house's words, without grey examples inside the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.totp import forms as totp

if TYPE_CHECKING:
    from django.forms import Form

LABELS = {"login": "E-mail address", "email": "E-mail address", "code": "Code from the app"}
PASSWORD = "At least 12 characters, not a common password, and not your name or address."  # noqa: S105 - advice


def plain(form: Form) -> None:
    """Name the fields in plain words; a label says what a grey example would say, and stays."""
    for name, field in form.fields.items():
        field.label = LABELS.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)


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
