"""What goes wrong while a survey closes leaves everything as it was; open boxes are mixed and sealed anew."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command
from tests.web.feedback.boxed import LAST_DAY, NOW, opened, staff

from fairlead.web import release, vault
from fairlead.web.feedback import closing
from fairlead.web.feedback.models import USED, Release, Report, Seat, Survey
from fairlead.web.trail.models import Entry
from fairlead.web.vault import reading, sealing, writing
from fairlead.web.vault.models import Ballot, BoxKey

pytestmark = pytest.mark.django_db

SECRET = "Der Kaffee schmeckt nach Zinkblech"


def ballots() -> int:
    with vault.on_duty("ballots"):
        return Ballot.objects.count()


def reports(survey: Survey) -> dict[tuple[str, str], Report]:
    found = Report.objects.filter(survey=survey)
    return {(one.reach, "" if one.about_id is None else str(one.about_id)): one for one in found}


def comment(text: str, choice: str = "verbatim") -> dict[str, str]:
    return {"question": "", "text": text, "choice": choice}


# --- faults -----------------------------------------------------------------------------------


def everything() -> list[object]:
    with vault.on_duty("ballots"):
        held = list(Ballot.objects.order_by("pk").values_list("pk", "head", "paper"))
    tables = [Survey, Seat, Release, Report, BoxKey, Entry]
    return [held, *(list(model.objects.order_by("pk").values()) for model in tables)]


def test_a_fault_on_the_way_leaves_everything_as_it_was_and_does_not_keep_the_next_one_waiting(
    monkeypatch, caplog
):
    first, second = opened([staff(6)], closes_on=LAST_DAY - dt.timedelta(days=1)), opened([staff(6)])
    for made in (first, second):
        made.everybody_answers()
    keep = closing._keep

    def breaks(survey, released):
        keep(survey, released)
        if survey.pk == first.survey.pk:
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(closing, "_keep", breaks)
    with pytest.raises(RuntimeError, match="disk"):
        closing.close_due(NOW)
    states = dict(Survey.objects.values_list("pk", "state"))
    assert states == {first.survey.pk: "open", second.survey.pk: "released"}
    assert str(first.survey.pk) in caplog.text
    assert len(reading.papers(first.survey.pk)) == 6
    monkeypatch.undo()
    assert closing.close_due(NOW) == 1
    assert release.of(first.survey).cells


@pytest.mark.parametrize("step", ["keep", "burn", "seats", "record"])
def test_a_fault_at_any_step_leaves_everything_as_it_was(monkeypatch, step):
    made = opened([staff(6), staff(7)])
    made.everybody_answers()
    closing.mixing.mix_open(LAST_DAY)
    before = everything()
    place, name = {
        "keep": (release, "keep"), "burn": (writing, "burn"), "seats": (closing, "_seats_alike"),
        "record": (closing.trail, "record"),
    }[step]  # fmt: skip
    real = getattr(place, name)

    def breaks(*given, **more):
        real(*given, **more)
        raise RuntimeError("the power went")

    monkeypatch.setattr(place, name, breaks)
    with pytest.raises(RuntimeError, match="power"):
        closing.close_due(NOW)
    assert everything() == before
    monkeypatch.undo()
    assert closing.close_due(NOW) == 1


def test_with_a_wrong_key_nothing_is_held_or_burnt(settings):
    made = opened([staff(6)])
    made.everybody_answers()
    right, settings.VAULT_KEYS = settings.VAULT_KEYS, ["another key " * 5]
    with pytest.raises(sealing.DoesNotOpen):
        closing.close_due(NOW)
    settings.VAULT_KEYS = right
    assert Survey.objects.get().state == "open"
    assert closing.close_due(NOW) == 1
    assert release.of(made.survey).cells


@pytest.mark.parametrize("left", ["key and places", "places"])
def test_what_a_machine_that_died_left_of_a_close_is_done_at_the_next_tick(left):
    made, still = opened([staff(6)]), opened([staff(6)], closes_on=LAST_DAY + dt.timedelta(days=9))
    for one in (made, still):
        one.answer(one.people[0], 4)
    Survey.objects.filter(pk=made.survey.pk).update(state="released")
    if left == "places":
        BoxKey.objects.filter(pk=made.survey.pk).delete()
    closing.close_due(NOW)
    assert writing.standing() == {still.survey.pk}
    said = {
        one.survey.pk: Counter(seat.used for seat in Seat.objects.filter(survey=one.survey))
        for one in (made, still)
    }
    assert said == {made.survey.pk: {"used": 6}, still.survey.pk: {"used": 1, "open": 5}}


# --- mixing -----------------------------------------------------------------------------------


def test_once_a_day_every_seat_and_every_place_of_an_open_box_changes():
    made = opened([staff(6), staff(5)], closes_on=LAST_DAY + dt.timedelta(days=9))
    made.answer(made.people[0], 4)

    def raw(model, column):
        with vault.on_duty("ballots"):
            rows = model.objects.extra(select={"raw": column}).values_list("pk", "raw")
            return {pk: bytes(found) for pk, found in rows}

    seats, places = raw(Seat, "used"), raw(Ballot, "paper")
    closing.close_due(NOW + dt.timedelta(days=1))
    later, later_places = raw(Seat, "used"), raw(Ballot, "paper")
    assert all(later[pk] != seats[pk] for pk in seats)
    assert all(later_places[pk] != places[pk] for pk in places)
    closing.close_due(NOW + dt.timedelta(days=1, hours=2))
    assert raw(Seat, "used") == later, "once a day is enough"
    used = {one.owner_id for one in Seat.objects.filter(survey=made.survey) if one.used == USED}
    assert used == {made.people[0].pk}
    assert len(reading.papers(made.survey.pk)) == 1


def test_an_answer_changes_the_seat_in_the_company_of_seven_others():
    made = opened([staff(12)])

    def raw():
        rows = Seat.objects.extra(select={"raw": "used"}).values_list("pk", "raw")
        return {pk: bytes(found) for pk, found in rows}

    before = raw()
    made.answer(made.people[3], 4)
    after = raw()
    assert sum(before[pk] != after[pk] for pk in before) == 8
    assert {len(one) for one in after.values()} == {len(one) for one in before.values()}


# --- keys -------------------------------------------------------------------------------------


def test_a_new_key_of_the_installation_seals_boxes_and_releases_anew(settings, capsys):
    made = opened([staff(12)])
    made.everybody_answers(comments=[comment(SECRET)])
    closing.close_due(NOW)
    still = opened([staff(6)], closes_on=LAST_DAY + dt.timedelta(days=9))
    still.everybody_answers()
    released, told = release.of(made.survey), reports(made.survey)
    figures = {key: release.figures_of(one) for key, one in told.items()}
    new = "n" * 43
    settings.VAULT_KEYS = [new, *settings.VAULT_KEYS]
    call_command("rewrap_keys")
    said = capsys.readouterr().out
    assert "1 of 1 keys of ballot boxes sealed anew." in said
    assert "released texts sealed anew." in said
    assert "0 of 0 released" not in said
    call_command("rewrap_keys")
    assert "0 of 1 keys of ballot boxes" in capsys.readouterr().out
    settings.VAULT_KEYS = [new]
    assert release.of(made.survey) == released
    assert {key: release.figures_of(one) for key, one in reports(made.survey).items()} == figures
    assert len(reading.papers(still.survey.pk)) == 6
