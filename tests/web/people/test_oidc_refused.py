"""What the provider, or whoever stands on the way to it, says and what is not believed."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
import requests
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone
from tests.cast import Browser
from tests.provider.running import Client, Provider, asked, road
from tests.provider.visiting import HERE, PASSWORD, Visitor, account, known, use

from fairlead.web.people.models import User

NOT_IN = "You are not signed in"


def refused(visitor: Visitor, answer: Any, caplog: Any, why: str) -> None:
    """A calm page, nobody signed in, nothing made, and the reason in the log without a name or a token."""
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "could not be completed" in page
    assert NOT_IN in page
    assert not visitor.signed_in
    assert not User.objects.exists()
    said = "\n".join(record.getMessage() for record in caplog.records if record.name == "fairlead.sign_in")
    assert why in said
    assert "zoe" not in said.lower()
    assert "eyJ" not in said


def test_an_answer_to_another_question_is_refused(visitor, caplog):
    """A code that was made for another nonce: what an attacker has who catches a code on its way."""
    address = visitor.goes()
    foreign = address.replace(asked(address)["nonce"], "a-nonce-of-somebody-else")
    back = visitor.provider.sign_in(foreign, known(visitor.provider, "zoe"))
    refused(visitor, visitor.comes_back(back), caplog, "nonce")


def test_an_answer_to_a_question_that_nobody_asked_is_refused(visitor, caplog):
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    forged = back.replace(asked(back)["state"], "0123456789abcdef")
    refused(visitor, visitor.comes_back(forged), caplog, "state")


def test_an_answer_that_belongs_to_another_browser_is_refused(visitor, caplog):
    """Signing somebody else in to one's own account."""
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    victim = Visitor(visitor.provider, Browser())
    refused(victim, victim.comes_back(back), caplog, "state")


def test_a_code_counts_once(visitor, caplog):
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    assert visitor.comes_back(back).headers["Location"] == "/today/"
    again = Visitor(visitor.provider, visitor.browser)
    again.browser.post("/accounts/logout/")
    answer = again.comes_back(back)
    assert answer.status_code == 403
    assert not again.signed_in
    # the same code in an answer to a new question: the provider itself no longer takes it
    fresh = again.goes()
    code, state = asked(back)["code"], asked(fresh)["state"]
    answer = again.comes_back(f"{HERE}?code={code}&state={state}")
    assert answer.status_code == 403
    assert not again.signed_in


def test_a_code_without_the_proof_of_who_asked_is_worth_nothing(visitor, client_there):
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    stolen = {"grant_type": "authorization_code", "code": asked(back)["code"], "redirect_uri": HERE}
    secret = (client_there.id, client_there.secret)
    for proof in ({}, {"code_verifier": "x" * 64}):
        answer = requests.post(
            f"{visitor.provider.url}/oauth2/token", data=stolen | proof, auth=secret, timeout=5
        )
        assert answer.status_code == 400
    assert visitor.comes_back(back).headers["Location"] == "/today/"


def test_a_wrong_secret_is_refused(visitor, settings, caplog):
    settings.OIDC_CLIENT_SECRET = "not the one"
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    refused(visitor, visitor.comes_back(back), caplog, "OAuth2Error")


def test_an_answer_after_ten_minutes_is_too_late(visitor, caplog):
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        refused(visitor, visitor.comes_back(back), caplog, "state")


@pytest.mark.parametrize(
    ("later", "why"), [(dt.timedelta(hours=2), "expired"), (dt.timedelta(hours=-2), "not yet")]
)
def test_a_token_out_of_its_time_is_refused(visitor, caplog, later, why):
    sub = known(visitor.provider, "zoe")
    with time_machine.travel(timezone.now() + later):
        back = visitor.provider.sign_in(visitor.goes(), sub)
        refused(visitor, visitor.comes_back(back), caplog, why)


def tampered(settings: Any, provider: Provider, change: Any) -> Any:
    """Put a road before the provider that alters its answers, and register there."""
    way = road(provider, change)
    elsewhere = way.__enter__()
    use(settings, elsewhere, provider.register(HERE))
    return way, Visitor(elsewhere, Browser())


def with_token(change: Any) -> Any:
    """Alter the ID token on its way."""

    def answer(path: str, said: Any) -> Any:
        return {**said, "id_token": change(said["id_token"])} if path == "/oauth2/token" else said

    return answer


def forged(head: dict[str, str] | None = None, **claims: Any) -> Any:
    """Write other claims into a token and sign it with a key of one's own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def change(token: str) -> str:
        said = jwt.decode(token, options={"verify_signature": False})
        return jwt.encode({**said, **claims}, key, algorithm="RS256", headers=head)

    return change


def unsigned(token: str) -> str:
    said = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(said, key=None, algorithm="none")


def with_shared_secret(token: str) -> str:
    said = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(said, "a secret that both know, long enough for the algorithm", algorithm="HS256")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (with_token(forged(email="ada@example.org")), "Signature verification failed"),
        (with_token(unsigned), "not valid"),
        (with_token(forged({"kid": "mine"})), "a key that the provider does not show"),
        (with_token(with_shared_secret), "alg value is not allowed"),
        (with_token(lambda token: token[:-4] + "AAAA"), "not valid"),
        (with_token(lambda _token: "not.a.token"), "not valid"),
        (
            lambda path, said: {k: v for k, v in said.items() if path != "/oauth2/token" or k != "id_token"},
            "no ID",
        ),
        (lambda path, said: {"keys": []} if path == "/jwks" else said, "key"),
    ],
    ids=[
        "own key",
        "own key by name",
        "no signature",
        "shared secret",
        "cut",
        "nonsense",
        "absent",
        "no keys shown",
    ],
)
def test_a_token_that_the_provider_did_not_sign_is_refused(db, settings, provider, caplog, change, why):
    way, visitor = tampered(settings, provider, change)
    try:
        back = visitor.provider.sign_in(visitor.goes(), known(provider, "zoe"))
        refused(visitor, visitor.comes_back(back), caplog, why)
    finally:
        way.__exit__(None, None, None)


def truly_issued(at: Provider, client: Client, sub: str, nonce: str) -> str:
    """Get an ID token that the provider really makes and signs, for some client and some nonce."""
    verifier = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    question = {
        "client_id": client.id,
        "redirect_uri": client.back,
        "response_type": "code",
        "scope": "openid profile email",
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    there = requests.Request("GET", f"{at.url}/oauth2/authorize", params=question).prepare().url
    said = {
        "grant_type": "authorization_code",
        "code": asked(at.sign_in(there, sub))["code"],
        "redirect_uri": client.back,
        "code_verifier": verifier,
    }
    given = requests.post(f"{at.url}/oauth2/token", data=said, auth=(client.id, client.secret), timeout=5)
    return given.json()["id_token"]


@pytest.mark.parametrize(
    ("wrong", "why"), [("audience", "Audience doesn't match"), ("issuer", "Invalid issuer"), (None, "")]
)
def test_a_token_that_was_truly_signed_but_not_made_here_or_not_for_us_is_refused(
    db, settings, provider, caplog, wrong, why
):
    """The provider's own signature, the right person, the right nonce; one claim is not ours."""
    given: list[str] = []

    def swap(path: str, said: Any) -> Any:
        # The provider names itself by the address it is asked at; only its tokens are exchanged on the way.
        return {**said, "id_token": given[0]} if path == "/oauth2/token" and given else said

    way, visitor = tampered(settings, provider, swap)
    try:
        sub, address = known(provider, "zoe"), visitor.goes()
        ours = Client(settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, HERE)
        client = provider.register("http://elsewhere.example/back") if wrong == "audience" else ours
        at = provider if wrong == "issuer" else visitor.provider
        token = truly_issued(at, client, sub, asked(address)["nonce"])
        given.append(token)
        answer = visitor.comes_back(visitor.provider.sign_in(address, sub))
        if wrong is None:
            assert answer.headers["Location"] == "/today/", "the same, with every claim right, is let in"
        else:
            refused(visitor, answer, caplog, why)
    finally:
        way.__exit__(None, None, None)


def test_a_provider_that_calls_itself_something_else_than_the_settings_is_not_used(
    db, settings, provider, caplog
):
    def renamed(path: str, said: Any) -> Any:
        return {**said, "issuer": "https://evil.example"} if "openid-configuration" in path else said

    way, visitor = tampered(settings, provider, renamed)
    try:
        refused(visitor, visitor.browser.get("/accounts/oidc/login/"), caplog, "another issuer")
    finally:
        way.__exit__(None, None, None)


def test_an_answer_that_names_another_issuer_in_its_address_is_refused(visitor, caplog):
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    refused(visitor, visitor.comes_back(back + "&iss=https%3A%2F%2Fevil.example"), caplog, "(iss)")


def test_whoever_thinks_better_of_it_over_there_reads_that_nothing_changed(visitor):
    back = visitor.provider.deny(visitor.goes())
    state = asked(visitor.goes())["state"]
    answer = visitor.comes_back(f"{HERE}?error={asked(back)['error']}&state={state}")
    assert answer.status_code == 200
    assert "Nothing has changed" in answer.content.decode()


def test_a_provider_that_is_down_gets_a_calm_page_and_the_password_still_works(visitor, settings, caplog):
    account("zoe", verified=True)
    back = visitor.provider.sign_in(visitor.goes(), known(visitor.provider, "zoe"))
    settings.OIDC_ISSUER = "http://localhost:9"
    for answer in (visitor.browser.get("/accounts/oidc/login/"), visitor.comes_back(back)):
        assert answer.status_code in {403, 503}
        assert NOT_IN in answer.content.decode()
    assert visitor.browser.get("/accounts/oidc/login/").status_code == 503
    assert "ConnectionError" in caplog.text
    signed = visitor.browser.post("/accounts/login/", {"login": "zoe@example.org", "password": PASSWORD})
    assert signed.headers["Location"] == "/today/"


@pytest.mark.parametrize("said", ["<html>", "[]", "{}", '{"issuer": 7}'])
def test_a_description_that_is_none_gets_a_calm_page(db, settings, said):
    class Nonsense(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_args: Any) -> None:
            pass

    server = HTTPServer(("localhost", 0), Nonsense)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        use(settings, Provider(f"http://localhost:{server.server_port}"), Client("c", "s", HERE))
        answer = Browser().get("/accounts/oidc/login/")
        assert answer.status_code in {403, 503}
        assert NOT_IN in answer.content.decode()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(visitor, next_url):
    answer = visitor.signs_in(
        known(visitor.provider, "zoe"), f"/accounts/oidc/login/?next={requests.utils.quote(next_url)}"
    )
    assert answer.headers["Location"] == "/today/"


def test_the_way_back_leads_to_the_page_that_was_asked_for(visitor):
    answer = visitor.signs_in(known(visitor.provider, "zoe"), "/accounts/oidc/login/?next=/account/")
    assert answer.headers["Location"] == "/account/"
