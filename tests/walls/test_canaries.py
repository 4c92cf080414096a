"""A full account with a planted word in every secret place: nobody else ever meets one of them."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.cast import Browser
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import path_of
from tests.web.audits import made

from fairlead.library import load
from fairlead.web import rights
from fairlead.web.audits import actions, answering, wordings
from fairlead.web.audits.models import AnswerSheet, CalendarImport, OwnProfile, OwnRule, Reading
from fairlead.web.runs.models import Run
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.slow

CALENDAR = (made.TITLE, made.PLACE, made.NOTE, made.GUEST, "lee@example", "boss@example", "Drosselbart")
"""Planted in the file and in the lists beside it; after the run even their owner meets none of them."""

NAME, ROLE, PROFILE, FILE = "Zaunkoenigin", "Wiesenknopf", "Hasenklee", "ziegenmelker"
ANSWER, PAYOFF, SAVES, PEOPLE, WORDS = "Mauersegler", "Wollgras", "Sonnentau", "Bachstelze", "Feldlerche"
PROCEDURE, BRINGS, PLACE = "Pfeifengras", "Steinbrech", "Teichrohr"
DECISION, TICK, RULE, FAULT = "Rotkehlchen", "Goldammer", "Wendehals", "Neuntoeter"
MAIL = "ada@example.org"
OWN = (
    NAME, ROLE, PROFILE, FILE, ANSWER, PAYOFF, SAVES, PEOPLE, WORDS, PROCEDURE, BRINGS, PLACE, DECISION,
    TICK, RULE, FAULT, MAIL,
)  # fmt: skip
ALL = (*CALENDAR, *OWN)


def texts(answer: Any) -> str:
    """Everything a browser is told: the page, what is packed in it, and the headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{head}\n{answer.cookies}\n{body.decode('utf-8', 'replace')}".lower()


def met(text: str, marks: tuple[str, ...] = ALL) -> list[str]:
    return [mark for mark in marks if mark.lower() in text]


@pytest.fixture
def full(cast, caplog):
    """Ada with something planted everywhere, by the pages a person uses."""
    caplog.set_level(logging.DEBUG)
    ada, post = cast.ada, cast.ada.browser.post
    post("/account/settings/", {"name": NAME, "zone": "UTC", "work_from": "09:00", "work_to": "17:00"})
    profile = wordings.example().replace(wordings.example().split("title:")[1].split("\n")[0], f" {PROFILE}")
    assert post("/role/asked/own/", {"text": profile}).status_code == 302
    post(
        "/role/high-payoff/",
        {"area": "own", "name": PAYOFF, "saves": SAVES, "people": PEOPLE, "words": f"{WORDS}, budget"},
    )
    post("/role/procedures/", {"name": PROCEDURE, "brings": BRINGS, "kept_at": PLACE})
    post("/role/decision/", {"text": DECISION, "decided_on": timezone.localdate().isoformat()})
    _answer(ada.person)
    people = f"id,name,email,manager_id\n1,Ada,{MAIL},\n2,Drosselbart,{made.REPORT},1\n".encode()
    more = {"people": SimpleUploadedFile("people.csv", people), "name": f"{FILE}.ics"}
    reading = made.read(ada, **more)
    resolution = ada.person.__class__.objects.get(pk=ada.person.pk)
    actions.tick_week(
        actor=resolution, resolution=_only("Resolution"), monday=timezone.localdate(), note=TICK
    )
    OwnRule.objects.create(owner=ada.person, about="series", match="0" * 32, kind="doing", says=RULE)
    Run.objects.create(owner=ada.person, kind="calendar", state="failed", error=FAULT)
    OwnProfile.objects.create(owner=ada.person, title=ROLE, source="own", profile={})
    return cast, reading


def _only(name: str) -> Any:
    from fairlead.web.audits import models

    return getattr(models, name).objects.get()


def _answer(person: Any) -> None:
    for name in ("role-audit", "rut-check"):
        instrument = load.instrument(name)
        sheet = actions.open_sheet(
            actor=person, instrument=name, version=instrument.version, sha256=load.instrument_digest(name)
        )
        values = {item.id: 3.0 for item in instrument.items if item.kind == "choice"}
        written = {item.id: ANSWER for item in instrument.items if item.kind == "text"}
        actions.answer(actor=person, sheet=sheet, values=values, texts=written)
        sheet.refresh_from_db()
        assert answering.overview(instrument, sheet)["answered"]
        sheet.finished_at = timezone.now()
        sheet.save()
    if not AnswerSheet.objects.exclude(texts={}).exists():
        sheet.texts = {instrument.items[0].id: ANSWER}
        sheet.save()


def addresses(person: Any, reading: Any) -> list[str]:
    """Every address there is, with the numbers of this person's objects in it."""
    objects = {
        "readings": [reading.pk],
        "sort": [reading.calendar_id],
        "rules": OwnRule.objects.filter(owner=person).values_list("pk", flat=True),
        "answers": AnswerSheet.objects.filter(owner=person).values_list("pk", flat=True),
        "own": OwnProfile.objects.filter(owner=person).exclude(profile={}).values_list("pk", flat=True),
        "high-payoff": [_only("HighPayoffEntry").pk],
        "procedures": [_only("Procedure").pk],
        "decision": [_only("Resolution").pk],
        "runs": Run.objects.filter(owner=person).values_list("pk", flat=True),
        "keys": [1],
        "people": [person.pk],
    }
    found = []
    for route, row in MATRIX.items():
        if "<uuid:pk>" in route or "<int:pk>" in route:
            folder = route.split("<")[0].rstrip("/").split("/")[-1]
            forms = ("pdf", "html", "json", "csv") if "<slug:form>" in route else ("",)
            found += [
                path_of(route, {"pk": pk, "number": 1, "form": form})
                for pk in objects.get(folder, ())  # what Ada has; the organization's own are in test_planted
                for form in forms
            ]
        elif row.path or "<" not in route:
            found.append(path_of(route, {}))
    return [*found, f"/role/readings/compare/?earlier={reading.pk}&later={reading.pk}", "/nowhere/"]


def test_nobody_else_meets_a_word_of_an_account(full, caplog, settings):
    cast, reading = full
    paths = addresses(cast.ada.person, reading)
    assert len(paths) > 80
    strangers = [(name, member.person) for name, member in cast if name != "ada"] + [("visitor", None)]
    for demo in (False, True):
        settings.DEMO = demo
        for name, person in strangers if not demo else strangers[-2:]:
            for path in paths:
                browser = Browser(raise_request_exception=False)
                if person is not None:
                    browser.force_login(person.user)
                for answer in (browser.get(path), browser.get(path, headers={"HX-Request": "true"})):
                    assert met(texts(answer)) == [], f"{name}: {path}"
    for name, person in strangers:
        if person is not None:
            assert met(repr(rights.everything(person)).lower()) == [], name


def test_their_owner_does_meet_them_so_the_check_is_alive(full):
    cast, reading = full
    seen: set[str] = set()
    for path in addresses(cast.ada.person, reading):
        if "logout" not in path:
            seen |= set(met(texts(cast.ada.browser.get(path))))
    post = cast.ada.browser.post
    post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    seen |= set(met(texts(post("/account/download/"))))
    assert set(OWN) - seen == set()
    assert set(CALENDAR) & seen == set(), "these were promised to be forgotten"


def test_no_word_of_it_is_in_logs_mails_sessions_or_the_record(full, caplog):
    cast, reading = full
    post = cast.ada.browser.post
    Browser().post("/accounts/password/reset/", {"email": MAIL})
    bad = made.ics(weeks=2).replace(b"RRULE:FREQ=WEEKLY;COUNT=2", b"RRULE:FREQ=SECONDLY", 1)
    post("/role/calendar/", made.form(data=bad))
    cast.ada.browser.post(f"/role/readings/{reading.pk}/delete/")
    content = tuple(mark for mark in ALL if mark != MAIL)
    assert met(caplog.text.lower(), content) == []
    assert mail.outbox
    for message in mail.outbox:
        assert met(f"{message.subject}\n{message.body}".lower(), content) == []
    for session in Session.objects.all():
        assert met(repr(session.get_decoded()).lower()) == []
    assert Entry.objects.count() > 5
    for entry in Entry.objects.all():
        assert met(repr(vars(entry)).lower()) == []


def test_a_broken_calendar_names_the_place_and_keeps_no_word_of_it(cast):
    bad = [
        made.ics(weeks=2).replace(b"DTSTART;TZID=Europe/Berlin:", f"DTSTART:{made.TITLE}".encode(), 1),
        made.ics(weeks=2).replace(b"RRULE:FREQ=WEEKLY;COUNT=2", f"RRULE:{made.TITLE}".encode(), 1),
        made.ics(weeks=2).replace(b"SUMMARY:", b"SUMMARY"),
        made.ics(weeks=2).replace(b"LOCATION:", b"\x00\xff", 3),
        made.ics(weeks=2).replace(b"DESCRIPTION:", b"DESCRIPTION:one\r\n"),
        made.ics(weeks=2).replace(b"ATTENDEE;PARTSTAT=ACCEPTED:", b"", 4),
    ]
    for data in bad:
        cast.ada.browser.post("/role/calendar/", made.form(data=data))
    held = repr(rights.everything(cast.ada.person)).lower()
    assert Run.objects.count() == len(bad)
    assert met(held, CALENDAR) == []
    assert CalendarImport.objects.count() == Reading.objects.count()
