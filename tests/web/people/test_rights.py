"""Everything about a person as a file, and everything of theirs removed."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from tests.factories import RunFactory

from fairlead.web import rights
from fairlead.web.people.models import Person, User
from fairlead.web.runs.models import Run
from fairlead.web.trail.models import Entry

NOT_ABOUT_A_PERSON = {
    "Permission": "Django's own table, empty here",
    "Group": "Django's own table, empty here",
    "ContentType": "names of tables",
    "Session": "sealed and found by a key that only the browser holds; ended on leaving",
    "DBTaskResult": "the number of a run, cleared after a week",
    "Attempt": "counts of tries to get in, under seals that name nobody; dropped once they do not count",
    "EmailConfirmation": "kept by allauth for links that were not signed; ours are signed, it stays empty",
}


@pytest.fixture
def full(cast):
    """Ada with something in every table of the ground, and Eve beside her with the same."""
    for name in ("ada", "eve"):
        person = getattr(cast, name).person
        mark = f"canary-{name}"
        EmailAddress.objects.create(
            user=person.user, email=f"{mark}@example.org", verified=True, primary=True
        )
        Authenticator.objects.create(user=person.user, type="totp", data={"secret": f"SECRET-{mark}"})
        RunFactory.create(
            owner=person, params={"mark": mark}, result={"mark": mark}, error=f'<b>{mark}</b> "x"'
        )
        Person.objects.filter(pk=person.pk).update(name=mark, role_title=mark)
    return cast


def download(member):
    member.browser.post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    response = member.browser.post("/account/download/")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.content))


def test_every_field_of_every_table_is_explained():
    """A new field without a sentence in its room's FIELDS makes this fail."""
    said = rights.fields()
    for model in apps.get_models(include_auto_created=True):
        name = model.__name__
        if name in NOT_ABOUT_A_PERSON or model._meta.auto_created:
            continue
        assert name in said, f"{name}: say in its room's queries.FIELDS what its fields hold"
        fields = {field.name for field in model._meta.concrete_fields}
        assert set(said[name]) == fields, f"{name}: {fields ^ set(said[name])}"
        assert all(says.endswith(".") for says in said[name].values()), name


def test_the_file_holds_all_of_mine_and_nothing_of_others(full):
    packed = download(full.ada)
    assert packed.namelist() == ["read-me.html", "everything.json", "schema.json"]
    for name in packed.namelist()[:2]:
        text = packed.read(name).decode()
        assert "canary-ada" in text
        assert "canary-eve" not in text
    data = json.loads(packed.read("everything.json"))
    assert data["Run"][0]["result"] == {"mark": "canary-ada"}
    assert data["Person"][0]["name"] == "canary-ada"
    assert data["EmailAddress"][0]["email"] == "canary-ada@example.org"


def test_keys_to_the_account_stay_out_of_the_file(full):
    packed = download(full.ada)
    text = "".join(packed.read(name).decode() for name in packed.namelist())
    assert "SECRET-" not in text
    assert full.ada.person.user.password not in text
    assert full.ada.browser.session.session_key not in text
    assert "its secret" in text or "the secret of the second factor" in text, "what is left out is said"


def test_what_somebody_wrote_stays_text_in_the_page_of_the_file(full):
    page = download(full.ada).read("read-me.html").decode()
    assert "<b>canary-ada</b>" not in page
    assert "&lt;b&gt;canary-ada&lt;/b&gt;" in page


def test_what_is_long_is_folded_so_that_the_page_can_be_read(full):
    for run in Run.objects.filter(owner=full.ada.person):
        run.svgs = {"map": "<svg>" + "x" * 5000}
        run.save()
    page = download(full.ada).read("read-me.html").decode()
    before, _, after = page.partition("x" * 5000)
    assert before.rfind("<details>") > before.rfind("</details>")
    assert after.index("</details>") < after.index("</dd>")
    assert "<h2>Your answers to questionnaires</h2>" in page
    assert "<h2>Long leave</h2>" in page


def test_the_schema_describes_exactly_what_is_there(full):
    import jsonschema

    packed = download(full.ada)
    schema, data = json.loads(packed.read("schema.json")), json.loads(packed.read("everything.json"))
    jsonschema.validate(data, schema)
    data["Run"][0]["unheard"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_the_file_needs_the_password_once_more(full):
    assert (
        full.ada.browser.post("/account/download/")
        .headers["Location"]
        .startswith("/accounts/reauthenticate/")
    )


def leave(member, typed):
    member.browser.post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    return member.browser.post("/account/leave/", {"typed": typed})


def test_leaving_removes_every_row_at_once_and_leaves_others_alone(full):
    eve = rights.everything(full.eve.person)
    ada = full.ada.person
    assert leave(full.ada, "ADA@example.org ").headers["Location"] == "/"
    assert not User.objects.filter(pk=ada.user_id).exists()
    assert not Run.objects.filter(owner_id=ada.pk).exists()
    assert canaries("canary-ada") == []
    assert rights.everything(full.eve.person) == eve
    assert canaries("canary-eve") != [], "the search finds what is there"


def canaries(mark):
    """Every table and column of the database in which the text stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            found += [(table, names) for row in cursor.fetchall() if any(mark in str(cell) for cell in row)]
    return found


def test_leaving_ends_every_browser_of_the_person(cast):
    from tests.cast import Browser

    elsewhere = Browser()
    elsewhere.post(
        "/accounts/login/", {"login": "ben@example.org", "password": "correct horse battery staple"}
    )
    assert elsewhere.get("/today/").status_code == 200
    key = elsewhere.session.session_key
    leave(cast.ben, "ben@example.org")
    assert not Session.objects.filter(session_key=key).exists()
    assert elsewhere.get("/today/").status_code == 302


@pytest.mark.parametrize("typed", ["", "yes", "eve@example.org", "ada@example.or"])
def test_nothing_is_removed_when_something_else_was_typed(full, typed):
    answer = leave(full.ada, typed)
    assert answer.status_code == 422
    assert Person.objects.filter(pk=full.ada.person.pk).exists()


def test_the_record_keeps_that_somebody_left_and_nothing_of_them(full):
    pk = full.ada.person.pk
    leave(full.ada, "ada@example.org")
    line = Entry.objects.get(actor=pk, verb="leave")
    assert line.facts == {}
    assert "canary" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(("number", "name"), [("E7", "Ada"), (None, "Eve")])
def test_nobody_in_the_roster_takes_the_name_of_somebody_else(cast, number, name):
    Person.objects.filter(pk=cast.ada.person.pk).update(number=number)
    cast.ada.browser.post(
        "/account/settings/",
        {"name": "Eve", "zone": "Europe/Berlin", "work_from": "08:00", "work_to": "16:00"},
    )
    changed = Person.objects.get(pk=cast.ada.person.pk)
    assert (changed.name, changed.work_from.hour) == (name, 8)
