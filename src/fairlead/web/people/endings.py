"""What ends other sessions: a change of password, of the address, of a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.usersessions.models import UserSession
from django.dispatch import receiver

from fairlead.web.people import linking

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairlead.web.people.models import User


@receiver([account.password_changed, account.password_set, account.password_reset, account.email_changed])
@receiver([mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset])
def end_the_others(request: HttpRequest, user: User, **_more: Any) -> None:
    """Whoever was signed in elsewhere with what no longer counts, is signed out at the next request."""
    this = request.session.session_key or ""
    for session in UserSession.objects.filter(user=user).exclude(session_key=this):
        session.end()


@receiver(account.password_reset)
def end_what_was_added_before(user: User, **_more: Any) -> None:
    """Take away what a stranger added who made the account with an address that was not theirs.

    Whoever has the mailbox resets the password; until the address was confirmed, nothing else says
    that the second factors and sign-ins of the account are theirs too.
    """
    if not linking.confirmed(user, user.email):
        linking.close_other_doors(user)
