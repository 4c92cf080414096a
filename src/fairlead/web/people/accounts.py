"""How accounts are made, as django-allauth asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction

from fairlead.web.people import actions

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

    from fairlead.web.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Every new account gets its person in the same transaction."""

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
