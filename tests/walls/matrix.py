"""Who gets what from every address: the written table that ``test_access_matrix.py`` walks.

Each row says what GET and POST answer to three kinds of people: a visitor who is signed out, the
owner (Cleo), whose object or page it is, and everybody else of ``tests.organization``: colleagues,
managers, and each holder of a role. ``roles`` names those whose answer is another one. ``in`` is the
way to the sign-in page, ``again`` the question to sign in again, ``404`` the answer that is the same
for "not there" and "not yours", ``405`` a method that does not exist there. A row of an address that
carries an object says how to make one.

A room keeps its rows in ``tests/web/<room>/matrix.py`` as ``rows(Row)``; they are found by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from tests.factories import RunFactory

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Row:
    """What one address answers: visitor, owner, others; ``own`` makes the owner's object.

    ``roles`` says what GET and POST answer to a member by name; ``missing`` is the same address with
    a number that names nothing.
    """

    get: str
    post: str
    own: Callable[[Any], dict[str, Any]] | None = None
    missing: dict[str, Any] | None = None
    path: str = ""
    roles: dict[str, tuple[str, str]] = field(default_factory=dict)


NOWHERE = "00000000-0000-4000-8000-000000000000"


def own_run(person: Any) -> dict[str, Any]:
    return {"pk": RunFactory.create(owner=person, state="running").pk}


def own_key(person: Any) -> dict[str, Any]:
    key = {"name": "A key", "credential": {"clientExtensionResults": {}}}
    return {"pk": Authenticator.objects.create(user=person.user, type="webauthn", data=key).pk}


MATRIX: dict[str, Row] = {
    # the front door and what belongs to no room
    "": Row("200 302 302", "405 405 405"),
    "today/": Row("in 200 200", "405 405 405"),
    "appearance/": Row("405 405 405", "302 302 302"),
    "healthz": Row("200 200 200", "405 405 405"),
    "readyz": Row("200 200 200", "405 405 405"),
    # one's own account: there is no address that names somebody else's
    "account/": Row("in 200 200", "405 405 405"),
    "account/settings/": Row("in 200 200", "in 422 422"),
    "account/download/": Row("405 405 405", "in again again"),
    "account/leave/": Row("in again again", "in again again"),
    # runs
    "runs/<uuid:pk>/": Row("in 200 404", "405 405 405", own=own_run, missing={"pk": NOWHERE}),
    # the demo company does not exist outside demo mode
    "demo/": Row("404 404 404", "404 404 404"),
    "demo/step-in/": Row("404 404 404", "404 404 404"),
    # accounts, as django-allauth answers: pages about oneself, none names another person
    "accounts/login/": Row("200 302 302", "200 302 302"),
    "accounts/logout/": Row("302 200 200", "302 302 302"),
    "accounts/inactive/": Row("200 200 200", "405 405 405"),
    "accounts/signup/": Row("200 302 302", "200 302 302"),
    "accounts/reauthenticate/": Row("in 200 200", "in 200 200"),
    "accounts/email/": Row("in 200 200", "in 302 302"),
    "accounts/confirm-email/": Row("200 200 200", "405 405 405"),
    "accounts/password/change/": Row("in 200 200", "in 200 200"),
    "accounts/password/set/": Row("in 302 302", "in 302 302"),
    "accounts/password/reset/": Row("200 200 200", "200 200 200"),
    "accounts/password/reset/done/": Row("200 200 200", "405 405 405"),
    "accounts/password/reset/key/done/": Row("200 200 200", "405 405 405"),
    "accounts/login/code/confirm/": Row("in 302 302", "in 302 302"),
    "accounts/2fa/": Row("in 200 200", "in 405 405"),
    "accounts/2fa/authenticate/": Row("in 302 302", "in 302 302"),
    "accounts/2fa/reauthenticate/": Row("in again again", "in again again"),
    "accounts/2fa/totp/activate/": Row("in again again", "in again again"),
    "accounts/2fa/totp/deactivate/": Row("in 404 404", "in 404 404"),
    "accounts/2fa/recovery-codes/": Row("in 404 404", "in 405 405"),
    "accounts/2fa/recovery-codes/generate/": Row("in again again", "in again again"),
    "accounts/2fa/recovery-codes/download/": Row("in 404 404", "in 404 404"),
    "accounts/2fa/webauthn/": Row("in 200 200", "in 405 405"),
    "accounts/2fa/webauthn/add/": Row("in again again", "in again again"),
    "accounts/2fa/webauthn/reauthenticate/": Row("in again again", "in again again"),
    "accounts/2fa/webauthn/login/": Row("in 302 302", "in 302 302"),
    "accounts/sessions/": Row("in 200 200", "in 302 302"),
    # links out of a mail, here with a key that nobody was sent
    r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": Row(
        "200 200 200", "404 404 404", path="/accounts/confirm-email/unknown/"
    ),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Row(
        "200 200 200", "200 200 200", path="/accounts/password/reset/key/1-unknown/"
    ),
    # a security key; the page asks for the password again before it looks which key is meant
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": Row(
        "in again again", "in again again", own=own_key, missing={"pk": 0}
    ),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": Row(
        "in again again", "in again again", own=own_key, missing={"pk": 0}
    ),
}

for one in sorted((Path(__file__).parents[1] / "web").glob("*/matrix.py")):
    MATRIX |= import_module(f"tests.web.{one.parent.name}.matrix").rows(Row)
