"""The coach's space: what is shown, own notes apart, and all of it closed with the coaching (row 64)."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.utils import timezone
from tests.organization import assemble_organization
from tests.web.audits import made as audits
from tests.web.growth import made

from fairlead.web import rights, vault
from fairlead.web.direction.models import Sitting
from fairlead.web.grants import actions as grants
from fairlead.web.grants.models import Grant
from fairlead.web.growth import coach_actions, coach_queries
from fairlead.web.growth.later_models import CoachTalk, ShownNote
from fairlead.web.growth.models import CoachNote
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing import actions as sharing
from fairlead.web.trail.models import Entry

TODAY = {"day": "2026-03-02"}


@pytest.fixture
def organization(db):
    """Lea coaches Cleo; Lea, Cleo, and everybody else."""
    return assemble_organization()


@pytest.fixture
def cleo(organization):
    return organization["cleo"]


@pytest.fixture
def lea(organization):
    return organization["lea"]


def space(person):
    return f"/growth/coach/{person.pk}/"


def page(member, path):
    answer = member.browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def writes_talk(cleo, lea, agenda="Planted agenda"):
    path = f"{space(lea.person)}talk/"
    assert cleo.browser.post(path, {"agenda": agenda, "day": "2026-04-01"}).status_code == 302


def notes(lea, cleo, text="Planted note"):
    assert lea.browser.post(space(cleo.person), {"text": text} | TODAY).status_code == 302
    with vault.on_duty("test"):
        return CoachNote.objects.latest("made_at")


def ends(cleo):
    grant = Grant.objects.get(role="coach", over_id=cleo.person.pk)
    grants.end(cleo.person, grant)


def everything_of(member):
    with vault.seen_by(member.person):
        return json.dumps(rights.everything(member.person), default=str)


# --- what is shown ---------------------------------------------------------------------------


def test_the_coach_reads_the_agenda_and_nobody_else_does(organization, cleo, lea):
    writes_talk(cleo, lea)
    assert "Planted agenda" in page(lea, space(cleo.person))
    assert Entry.objects.filter(verb="saw", actor=lea.person.pk, subject=cleo.person.pk).exists()
    for name, member in organization.members.items():
        if name != "lea":
            assert member.browser.get(space(cleo.person)).status_code == 404, name
        if name not in {"lea", "cleo"}:
            assert "Planted" not in page(member, "/growth/coach/")


def test_a_coach_sees_nothing_that_is_not_shared(organization, cleo, lea):
    reading = audits.stand(cleo)
    with vault.seen_by(cleo.person):
        made.skill(cleo.person, title="Planted skill")
    shown = page(lea, space(cleo.person))
    assert "Nothing at the moment. They choose what and until when." in shown
    assert "Planted skill" not in shown
    assert str(reading.pk) not in shown


def test_what_is_shared_with_the_coach_stands_in_both_spaces_until_it_is_taken_back(organization, cleo, lea):
    reading = audits.stand(cleo)
    with vault.seen_by(cleo.person):
        share = sharing.share(
            cleo.person,
            reader=lea.person,
            kind="reading",
            object_id=reading.pk,
            title="Reading of 2 March 2026",
            snapshot={"made_on": "2026-03-02", "stands_until": "2026-05-31", "sections": []},
            until=timezone.localdate() + dt.timedelta(days=5),
        )
    for member, path in ((lea, space(cleo.person)), (cleo, "/growth/coach/")):
        assert "Reading of 2 March 2026" in page(member, path)
        assert f"/sharing/{share.pk}/" in page(member, path)
    with vault.seen_by(cleo.person):
        sharing.take_back(cleo.person, share)
    for member, path in ((lea, space(cleo.person)), (cleo, "/growth/coach/")):
        assert f"/sharing/{share.pk}/" not in page(member, path)


def test_the_space_names_the_way_of_showing_as_the_pages_themselves_do(cleo, lea):
    assert "its own page says “Show it” or “Share”" in page(cleo, "/growth/coach/")
    with vault.seen_by(cleo.person):
        skill = made.skill(cleo.person)
    assert ">Show it to somebody</a>" in page(cleo, f"/growth/skills/{skill.pk}/")
    reading = audits.stand(cleo)
    assert ">Share this reading</a>" in page(cleo, f"/role/readings/{reading.pk}/")


def test_what_others_share_does_not_stand_in_this_space(organization, cleo, lea):
    reading = audits.stand(organization["max"])
    with vault.seen_by(organization.person("max")):
        sharing.share(
            organization.person("max"),
            reader=lea.person,
            kind="reading",
            object_id=reading.pk,
            title="Reading of Max",
            snapshot={"made_on": "2026-03-02", "stands_until": "2026-05-31", "sections": []},
            until=timezone.localdate() + dt.timedelta(days=5),
        )
    assert "Reading of Max" not in page(lea, space(cleo.person))


# --- own notes -------------------------------------------------------------------------------


def test_a_note_is_the_coachs_own(organization, cleo, lea):
    note = notes(lea, cleo)
    assert "Planted note" in page(lea, space(cleo.person))
    assert "Planted note" not in page(cleo, "/growth/coach/")
    for name, member in organization.members.items():
        expected = 200 if name == "lea" else 404
        assert member.browser.get(f"/growth/coach/notes/{note.pk}/").status_code == expected, name
        for act in ("show", "hide", "delete"):
            if name != "lea":
                assert member.browser.post(f"/growth/coach/notes/{note.pk}/{act}/").status_code == 404
    assert "Planted note" in everything_of(lea)
    assert "Planted note" not in everything_of(cleo)


def test_one_note_can_be_shown_as_it_stands_and_be_taken_back(organization, cleo, lea):
    note, other = notes(lea, cleo), notes(lea, cleo, "Planted other")
    path = f"/growth/coach/notes/{note.pk}/"
    lea.browser.post(f"{path}show/")
    shown = page(cleo, "/growth/coach/")
    assert "Planted note" in shown
    assert "Planted other" not in shown
    assert Entry.objects.filter(verb="saw", actor=cleo.person.pk, subject=lea.person.pk).exists()
    assert "Planted note" in everything_of(cleo)
    lea.browser.post(path, {"text": "Planted change"} | TODAY)
    assert "Planted change" not in page(cleo, "/growth/coach/")
    lea.browser.post(f"{path}show/")
    assert "Planted change" in page(cleo, "/growth/coach/")
    lea.browser.post(f"{path}hide/")
    assert "Planted" not in page(cleo, "/growth/coach/")
    with vault.on_duty("test"):
        assert set(CoachNote.objects.values_list("pk", flat=True)) == {note.pk, other.pk}
        assert not ShownNote.objects.exists()


def test_showing_a_note_twice_shows_it_once(cleo, lea):
    note = notes(lea, cleo)
    for _ in range(2):
        assert lea.browser.post(f"/growth/coach/notes/{note.pk}/show/").status_code == 302
    with vault.on_duty("test"):
        assert ShownNote.objects.count() == 1
    assert Entry.objects.filter(verb="show_note").count() == 1
    with vault.seen_by(lea.person):
        CoachNote.objects.get().delete()
        with pytest.raises(Refused, match="gone"):
            coach_actions.show_note(lea.person, note=note)


def test_a_deleted_note_takes_its_copy_along(cleo, lea):
    note = notes(lea, cleo)
    lea.browser.post(f"/growth/coach/notes/{note.pk}/show/")
    lea.browser.post(f"/growth/coach/notes/{note.pk}/delete/")
    with vault.on_duty("test"):
        assert not ShownNote.objects.exists()
    assert "Planted note" not in page(cleo, "/growth/coach/")


# --- the end ---------------------------------------------------------------------------------


def test_when_the_coaching_ends_everything_closes_at_once_for_both(cleo, lea):
    writes_talk(cleo, lea)
    note = notes(lea, cleo)
    lea.browser.post(f"/growth/coach/notes/{note.pk}/show/")
    ends(cleo)
    assert lea.browser.get(space(cleo.person)).status_code == 404
    assert lea.browser.get(f"/growth/coach/notes/{note.pk}/").status_code == 404
    assert lea.browser.post(space(cleo.person), {"text": "More"} | TODAY).status_code == 404
    assert cleo.browser.get(f"{space(lea.person)}talk/").status_code == 404
    for member in (cleo, lea):
        assert "Planted" not in page(member, "/growth/coach/")
    assert "Planted" not in everything_of(lea)
    assert "Planted note" not in everything_of(cleo)


@pytest.mark.parametrize("way", ["ended", "left"])
def test_with_the_coaching_ends_what_only_the_coach_was_shown_in_one_transaction(cleo, lea, way):
    until = timezone.localdate() + dt.timedelta(days=9)
    with vault.seen_by(cleo.person):
        sitting = Sitting.objects.create(owner=cleo.person, section="why", content={}, version="1")
        skill = made.skill(cleo.person)
        common = {"reader": lea.person, "title": "-", "snapshot": {"sections": []}, "until": until}
        only = sharing.share(cleo.person, kind="direction", object_id=sitting.pk, **common)
        other = sharing.share(cleo.person, kind="skill", object_id=skill.pk, **common)
    if way == "ended":
        ends(cleo)
    else:
        grants.forget(lea.person)
    with vault.on_duty("test"):
        only.refresh_from_db()
        other.refresh_from_db()
    assert (only.snapshot, only.ended_at is None) == (None, False)
    assert other.ended_at is None
    assert Entry.objects.filter(verb="share_over", subject=cleo.person.pk).count() == 1


def test_a_coaching_that_could_not_be_ended_leaves_what_is_shown(cleo, lea, monkeypatch):
    until = timezone.localdate() + dt.timedelta(days=9)
    with vault.seen_by(cleo.person):
        sitting = Sitting.objects.create(owner=cleo.person, section="why", content={}, version="1")
        common = {"reader": lea.person, "title": "-", "snapshot": {"sections": []}, "until": until}
        only = sharing.share(cleo.person, kind="direction", object_id=sitting.pk, **common)
    monkeypatch.setattr(grants.mail, "about_you", lambda _person: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ends(cleo)
    with vault.on_duty("test"):
        only.refresh_from_db()
    assert only.ended_at is None
    assert Grant.objects.get(role="coach", over_id=cleo.person.pk).ended_at is None


def test_what_two_windows_still_send_after_the_end_is_refused(cleo, lea):
    note = notes(lea, cleo)
    ends(cleo)
    with vault.seen_by(lea.person):
        for act in (
            lambda: coach_actions.add_note(
                lea.person, person=cleo.person, text=".", day=timezone.localdate()
            ),
            lambda: coach_actions.change_note(lea.person, note=note, text=".", day=timezone.localdate()),
            lambda: coach_actions.show_note(lea.person, note=note),
        ):
            with pytest.raises(Refused, match="This coaching is over"):
                act()
    with vault.seen_by(cleo.person), pytest.raises(Refused, match="This coaching is over"):
        coach_actions.write_talk(cleo.person, coach=lea.person, agenda=".", day=None)


def test_a_coach_who_left_sees_nothing_any_more(cleo, lea):
    writes_talk(cleo, lea)
    lea.person.left = timezone.localdate() - dt.timedelta(days=1)
    lea.person.save(update_fields=["left"])
    assert coach_queries.home(cleo.person).coaches == ()
    assert lea.browser.get(space(cleo.person)).status_code != 200


def test_notes_of_a_coaching_that_is_over_go_after_thirty_days_and_not_before(cleo, lea):
    writes_talk(cleo, lea)
    notes(lea, cleo)
    coach_actions.tick()
    ends(cleo)
    for days, left in ((1, 1), (29, 1), (31, 0)):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            coach_actions.tick()
        with vault.on_duty("test"):
            assert (CoachNote.objects.count(), CoachTalk.objects.count()) == (left, left)


def test_notes_stand_while_the_coaching_goes_on_again(cleo, lea):
    notes(lea, cleo)
    ends(cleo)
    again = grants.choose_coach(
        cleo.person, coach=lea.person, until=timezone.localdate() + dt.timedelta(days=300), reason="Once more"
    )
    grants.agree(lea.person, again)
    with time_machine.travel(timezone.now() + dt.timedelta(days=60)):
        coach_actions.tick()
    assert "Planted note" in page(lea, space(cleo.person))


def test_a_coaching_whose_last_day_is_over_is_closed_like_one_that_was_ended(cleo, lea):
    note = notes(lea, cleo)
    Grant.objects.filter(role="coach").update(until=timezone.localdate() - dt.timedelta(days=1))
    assert lea.browser.get(f"/growth/coach/notes/{note.pk}/").status_code == 404
    coach_actions.tick()
    with vault.on_duty("test"):
        assert CoachNote.objects.exists()
    Grant.objects.filter(role="coach").update(until=timezone.localdate() - dt.timedelta(days=40))
    coach_actions.tick()
    with vault.on_duty("test"):
        assert not CoachNote.objects.exists()


def test_who_goes_takes_along_what_was_noted_about_them(cleo, lea):
    writes_talk(cleo, lea)
    notes(lea, cleo)
    rights.forget(cleo.person)
    with vault.on_duty("test"):
        assert not CoachNote.objects.exists()
        assert not CoachTalk.objects.exists()


def test_without_a_coach_the_page_says_how_to_begin(organization):
    shown = page(organization["max"], "/growth/coach/")
    assert "You have no coach here" in shown
    assert "/roles/coach/" in shown


def test_the_record_says_who_wrote_and_saw_and_no_word_of_it(cleo, lea):
    writes_talk(cleo, lea)
    note = notes(lea, cleo)
    lea.browser.post(f"/growth/coach/notes/{note.pk}/show/")
    assert "Planted" not in str(list(Entry.objects.values_list("verb", "facts")))
    assert Entry.objects.filter(verb="show_note", subject=cleo.person.pk).count() == 1


def test_markup_in_a_note_and_an_agenda_stays_text(cleo, lea):
    writes_talk(cleo, lea, "<b>bold</b>")
    notes(lea, cleo, "<script>alert(1)</script>")
    shown = page(lea, space(cleo.person))
    assert "&lt;script&gt;" in shown
    assert "<b>bold" not in shown
