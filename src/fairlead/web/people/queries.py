"""Reading what is known about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession

from fairlead.web import rights
from fairlead.web.people.models import Person, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

FIELDS: Final = {
    "Person": {
        "id": "Your number in this installation.",
        "user": "The number of your account.",
        "name": "The name you gave.",
        "zone": "Your time zone.",
        "work_from": "When your working day starts.",
        "work_to": "When your working day ends.",
        "role_title": "The role you chose, in your words.",
        "role_code": "The role profile you compare with.",
        "created_at": "When you joined.",
        "number": "Your id in the organization's roster; empty if you are not in one.",
        "email": "The address at work that the roster has.",
        "hired": "Your first day, as the roster has it.",
        "left": "Your last day, if you have left.",
        "left_reason": "The reason for leaving that the roster has.",
    },
    "User": {
        "id": "The number of your account.",
        "email": "The address you sign in with.",
        "password": rights.WITHHELD + "a one-way hash; your password itself is stored nowhere.",
        "last_login": "When you last signed in.",
        "is_active": "Whether the account can be used.",
        "date_joined": "When the account was made.",
    },
    "EmailAddress": {
        "id": "A running number.",
        "user": "The number of your account.",
        "email": "An address of yours.",
        "verified": "Whether you have confirmed it.",
        "primary": "Whether it is your main address.",
    },
    "Authenticator": {
        "id": "A running number.",
        "user": "The number of your account.",
        "type": "The kind of second factor.",
        "data": rights.WITHHELD + "the secret of the second factor; a file with it would be a second key.",
        "created_at": "When it was set up.",
        "last_used_at": "When it was last used.",
    },
    "UserSession": {
        "id": "A running number.",
        "user": "The number of your account.",
        "created_at": "When you signed in.",
        "ip": "The network address you signed in from.",
        "last_seen_at": "When this browser was last seen.",
        "session_key": rights.WITHHELD + "whoever holds it is signed in as you.",
        "user_agent": "What your browser says about itself.",
        "data": "Nothing is kept here.",
    },
    "SocialAccount": {
        "id": "A running number.",
        "user": "The number of your account.",
        "provider": "The sign-in of your organization that you came through.",
        "uid": "The number that you have there.",
        "last_login": "When you last came through it.",
        "date_joined": "When it was added to your account.",
        "extra_data": "What is kept of what it said: your number there, your address, your name.",
    },
    "SocialApp": {
        "id": "A running number; this table stays empty: the settings name the provider.",
        "provider": "Nothing is kept here.",
        "provider_id": "Nothing is kept here.",
        "name": "Nothing is kept here.",
        "client_id": "Nothing is kept here.",
        "secret": rights.WITHHELD + "nothing is kept here.",
        "key": "Nothing is kept here.",
        "settings": "Nothing is kept here.",
    },
    "SocialToken": {
        "id": "A running number; this table stays empty: keys to other doors are not kept.",
        "app": "Nothing is kept here.",
        "account": "Nothing is kept here.",
        "token": rights.WITHHELD + "nothing is kept here.",
        "token_secret": rights.WITHHELD + "nothing is kept here.",
        "expires_at": "Nothing is kept here.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the account, the person, the addresses, second factors and browsers signed in."""
    of_user: dict[str, QuerySet[Any]] = {
        "Person": Person.objects.filter(pk=person.pk),
        "User": User.objects.filter(person=person),
        "EmailAddress": EmailAddress.objects.filter(user=person.user_id),
        "Authenticator": Authenticator.objects.filter(user=person.user_id),
        "UserSession": UserSession.objects.filter(user=person.user_id),
        "SocialAccount": SocialAccount.objects.filter(user=person.user_id),
        "SocialToken": SocialToken.objects.filter(account__user=person.user_id),
    }
    return {name: rights.rows(found, FIELDS[name]) for name, found in of_user.items()}
