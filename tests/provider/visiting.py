"""Somebody who comes to the product through the provider, and accounts that are there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from tests.cast import Browser
from tests.factories import PersonFactory
from tests.provider.running import BACK

if TYPE_CHECKING:
    from tests.provider.running import Client, Provider

    from fairlead.web.people.models import Person

HERE = f"http://testserver{BACK}"
PASSWORD = "correct horse battery staple"


@dataclass
class Visitor:
    """Somebody with a browser here and a name over there."""

    provider: Provider
    browser: Browser

    def goes(self, path: str = "/accounts/oidc/login/") -> str:
        """Press the button, and give the address over there."""
        answer = self.browser.get(path)
        assert answer.status_code == 302, answer.content.decode()
        return answer.headers["Location"]

    def comes_back(self, address: str) -> Any:
        """Follow the provider's way back."""
        return self.browser.get(address.removeprefix("http://testserver"))

    def signs_in(self, sub: str, path: str = "/accounts/oidc/login/") -> Any:
        """Go there, be somebody, come back."""
        return self.comes_back(self.provider.sign_in(self.goes(path), sub))

    @property
    def signed_in(self) -> bool:
        return self.browser.get("/today/").status_code == 200


def use(settings: Any, provider: Provider, client: Client) -> None:
    settings.OIDC_ISSUER = provider.url
    settings.OIDC_CLIENT_ID = client.id
    settings.OIDC_CLIENT_SECRET = client.secret
    settings.OIDC_NAME = "Northwind"


def known(provider: Provider, name: str, **claims: Any) -> str:
    """Let the provider know somebody with a verified address."""
    said = {"email": f"{name}@example.org", "email_verified": True, "name": name.title(), **claims}
    sub = f"sub-{name}-{len(claims)}-{abs(hash(tuple(sorted(map(str, claims.items())))))}"
    provider.knows(sub, **{key: value for key, value in said.items() if value is not None})
    return sub


def account(name: str, *, verified: bool) -> Person:
    """Make an account here as signing up with a password makes it."""
    person = PersonFactory.create(name=name.title(), user__email=f"{name}@example.org")
    EmailAddress.objects.create(user=person.user, email=person.user.email, verified=verified, primary=True)
    return person


def signed(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser
