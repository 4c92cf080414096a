"""Questionnaires: all readable in full, one's own taken in only if nothing is wrong with it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.organization import assemble_organization
from tests.web.feedback.asking import draft, launched, questionnaire

from fairlead.core.problems import BadInput
from fairlead.library.load import instrument_text
from fairlead.library.strict_yaml import MAX_BYTES
from fairlead.web.feedback import instruments, launching, terms
from fairlead.web.feedback.models import OwnInstrument, Survey
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry


@pytest.fixture
def organization(db):
    return assemble_organization()


def text(name="ours", version="1.0", **replaced):
    found = questionnaire("pulse", "pulse-fairness").text
    found = found.replace("id: pulse-fairness", f"id: {name}", 1)
    found = found.replace('version: "1.0"', f'version: "{version}"', 1)
    for before, after in replaced.items():
        assert before in found
        found = found.replace(before, after, 1)
    return found


def send(member, content, name="ours.yaml"):
    data = content if isinstance(content, bytes) else content.encode()
    return member.browser.post("/feedback/questionnaires/add/", {"file": SimpleUploadedFile(name, data)})


def test_every_questionnaire_that_ships_is_readable_in_full(organization):
    cleo = organization["cleo"].browser
    page = cleo.get("/feedback/questionnaires/").content.decode()
    for one in terms.everything_offered():
        assert one.title in page
        full = cleo.get(f"/feedback/questionnaires/{one.id}/")
        body = full.content.decode()
        instrument = one.instrument
        assert "{name}" not in body
        for item in instrument.items:
            shown = instrument.worded(item, "this person").replace("'", "&#x27;")
            assert shown[:1].upper() + shown[1:] in body
        for research in instrument.research.values():
            assert research.doi in body
        file = cleo.get(f"/feedback/questionnaires/{one.id}/file.yaml")
        assert file.content.decode() == one.text
        assert file["Content-Disposition"] == f'attachment; filename="{one.id}.yaml"'


def test_one_of_our_own_is_taken_in_and_can_be_asked(organization):
    answer = send(organization["ada"], text())
    kept = OwnInstrument.objects.get()
    assert answer["Location"] == f"/feedback/questionnaires/own/{kept.pk}/"
    assert (kept.name, kept.version, kept.asks) == ("ours", "1.0", "pulse")
    assert kept.digest == terms.digest_of(text())
    assert organization["cleo"].browser.get(answer["Location"]).status_code == 200
    survey = launched(organization.person("ada"), name="ours")
    assert survey.instrument_text == text()
    assert Entry.objects.filter(verb="upload_instrument").count() == 1


def test_the_same_file_twice_changes_nothing(organization):
    for _ in range(2):
        send(organization["ada"], text())
    send(organization["ada"], b"\xef\xbb\xbf" + text().encode())
    assert OwnInstrument.objects.count() == 1
    assert Entry.objects.filter(verb="upload_instrument").count() == 1


def test_a_new_version_stands_beside_the_old_one(organization):
    ada = organization.person("ada")
    instruments.upload(ada, name="a.yaml", data=text().encode())
    instruments.upload(ada, name="a.yaml", data=text(version="1.1").encode())
    assert {one.version for one in terms.offered("pulse") if one.id == "ours"} == {"1.0", "1.1"}


def test_other_words_need_another_version(organization):
    ada = organization["ada"]
    send(ada, text())
    page = send(ada, text(minutes="# more\nminutes"))
    assert page.status_code == 422
    body = page.content.decode()
    assert "is here already, with other words" in body
    assert "Give this one a new version." in body
    line = text().splitlines().index('version: "1.0"') + 1
    assert f"<b>Line {line}, column" in body
    assert OwnInstrument.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty."),
        (b"id: [", "<b>Line "),
        (b"id: x\nid: y\n", "stands here again"),
        (b"\xff\xfe\x00", "This is not UTF-8 text."),
        (("id: ours\ntitle: a\u202eb\n").encode(), "invisible character U+202E"),
        (b"a" * (MAX_BYTES + 1), "At most 256 KiB are read."),
        (b"&a [*a]", "Line 1, column"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(organization, content, says):
    page = send(organization["ada"], content)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert OwnInstrument.objects.count() == 0


def test_every_problem_is_told_at_once(organization):
    page = send(organization["ada"], text(**{"minutes: 3": "minutes: many", "asks: pulse": "asks: nobody"}))
    assert page.status_code == 422
    assert page.content.decode().count("<b>Line ") >= 2


def test_one_that_people_answer_about_themselves_is_no_survey(organization):
    with pytest.raises(BadInput) as caught:
        instruments.upload(
            organization.person("ada"),
            name="x.yaml",
            data=shipped_about_oneself().replace("id: rut-check", "id: x").encode(),
        )
    assert "about themselves" in str(caught.value) or "asks" in str(caught.value)


def shipped_about_oneself() -> str:
    return instrument_text("rut-check")


def test_the_id_of_one_that_ships_is_taken(organization):
    with pytest.raises(BadInput, match="ships with Fairlead") as caught:
        instruments.upload(
            organization.person("ada"), name="x.yaml", data=text(name="pulse-fairness").encode() + b"\n"
        )
    assert caught.value.problems[0].line == 3


def test_hostile_words_stay_words(organization):
    title = "<script>alert(1)</script> & {{ x }}"
    found = text(**{"title: ": f"title: '{title}' # "})
    answer = send(organization["ada"], found)
    if answer.status_code == 422:  # braces are refused by the library; the rest is let in as text
        title = title.replace(" & {{ x }}", " &")
        answer = send(organization["ada"], text(**{"title: ": f"title: '{title}' # "}))
    assert answer.status_code == 302
    for path in (answer["Location"], "/feedback/questionnaires/", "/feedback/new/pulse/"):
        body = organization["ada"].browser.get(path).content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert" in body


def test_retired_it_is_offered_no_more_and_surveys_go_on(organization):
    ada = organization.person("ada")
    kept, _ = instruments.upload(ada, name="a.yaml", data=text().encode())
    running, waiting = launched(ada, name="ours"), draft(ada, name="ours", closes=30)
    page = organization["ada"].browser.post(f"/feedback/questionnaires/own/{kept.pk}/retire/")
    assert page.status_code == 302
    assert organization["cleo"].browser.get(f"/feedback/questionnaires/own/{kept.pk}/").status_code == 404
    assert organization["ada"].browser.get(f"/feedback/questionnaires/own/{kept.pk}/").status_code == 200
    assert terms.instrument_of(Survey.objects.get(pk=running.pk)).id == "ours"
    with pytest.raises(Refused, match="offered no more"):
        launching.freeze(ada, waiting)
    assert organization["ada"].browser.get(f"/feedback/surveys/{waiting.pk}/preview/").status_code == 200
    assert organization["ada"].browser.get(f"/feedback/surveys/{waiting.pk}/change/").status_code == 200
    with pytest.raises(Refused, match="retired already"):
        instruments.retire(ada, kept)
    assert instruments.upload(ada, name="a.yaml", data=text().encode()) == (kept, True)
    assert launching.plan(waiting, waiting.opens_on).offered is not None


def test_only_people_operations_take_in_and_retire(organization):
    kept, _ = instruments.upload(organization.person("ada"), name="a.yaml", data=text().encode())
    for name in ("cleo", "ben", "kim", "gina", "hugo", "ida"):
        assert send(organization[name], text("theirs")).status_code == 404
        answer = organization[name].browser.post(f"/feedback/questionnaires/own/{kept.pk}/retire/")
        assert answer.status_code == 404
    assert OwnInstrument.objects.filter(retired_at=None).count() == 1


def test_a_newer_text_that_ships_does_not_change_a_survey_under_way(organization, monkeypatch):
    survey = launched(organization.person("ada"))
    before = terms.instrument_of(survey)
    monkeypatch.setattr(terms, "instruments", lambda *_asks: ())
    terms.parsed.cache_clear()
    assert terms.instrument_of(Survey.objects.get(pk=survey.pk)) == before


def test_what_is_missing_is_told_and_nothing_that_follows_from_it(organization):
    page = send(organization["ada"], b"id: x\nversion: 1\nasks: pulse\n").content.decode()
    assert "“sections” is missing" in page
    assert "factory" not in page
    assert "not_mine" not in page
