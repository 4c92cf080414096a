"""Values three at a time, energy by task, German, and one part shown to one other person."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.audits import made
from tests.web.direction import sat
from tests.web.growth.later_matrix import coaching

from fairlead.core.value_sets import designs
from fairlead.library import load
from fairlead.web import vault
from fairlead.web.audits.queries import audit_of, chosen_profile
from fairlead.web.direction import screens, shareable, sittings, task_words
from fairlead.web.direction.models import Sitting
from fairlead.web.grants.models import Grant
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing import actions as sharing
from fairlead.web.sharing import queries as sharing_queries
from fairlead.web.sharing.models import Share

TURNED = tuple(reversed(sat.ORDER))
ROLE = "11-3021.00"


def page(member, path):
    return member.browser.get(path).content.decode().replace("&#x27;", "'")


# --- values ----------------------------------------------------------------------------------


def test_somebody_who_never_contradicts_themselves_is_asked_fewer_sets_than_ten(cast):
    done = sat.values(cast.ada)
    values = sittings.answers_of(cast.ada.person).values
    assert 5 <= len(values.mine) <= 8
    told = page(cast.ada, f"/direction/sitting/{done.pk}/")
    left_out = told.split("Sets that were not asked")[1].split("</details>")[0]
    assert left_out.count("You have put these three in order already") == 10 - len(values.mine)


def test_a_skipped_set_is_told_while_asking_and_can_be_asked_anyway(cast):
    sitting = sat.begin(cast.ada, "values")
    number = 1
    while "Ask me anyway" not in (shown := page(cast.ada, f"/direction/sitting/{sitting.pk}/{number}/")):
        sat.value_set(cast.ada, sitting, number, sat.ORDER)
        number += 1
    place = int(re.search(r"\?set=(\d+)", shown).group(1))
    wanted = page(cast.ada, f"/direction/sitting/{sitting.pk}/{number}/?set={place}")
    assert f'name="set" value="{place}"' in wanted
    shown = sorted((str(one) for one in designs()[place]), key=sat.ORDER.index)
    sat.send(cast.ada, sitting, number, {"set": place, "most": shown[2], "least": shown[0]})
    sitting.refresh_from_db()
    assert sitting.content["mine"][-1] == {
        "shown": [str(one) for one in designs()[place]],
        "most": shown[2],
        "least": shown[0],
    }


def test_one_value_is_never_the_most_and_the_least(cast):
    sitting = sat.begin(cast.ada, "values")
    one = str(designs()[0][0])
    answer = sat.send(cast.ada, sitting, 1, {"set": 0, "most": one, "least": one})
    assert answer.status_code == 422
    assert "One value cannot be both" in answer.content.decode()
    sitting.refresh_from_db()
    assert sitting.content == {}


def test_a_value_that_was_not_shown_is_no_answer(cast):
    sitting = sat.begin(cast.ada, "values")
    other = next(one for one in sat.ORDER if one not in set(designs()[0]))
    said = {"set": 0, "most": other, "least": str(designs()[0][0])}
    assert sat.send(cast.ada, sitting, 1, said).status_code == 422


def test_answering_a_set_again_changes_it_and_adds_none(cast):
    sitting = sat.begin(cast.ada, "values")
    sat.value_set(cast.ada, sitting, 1, sat.ORDER)
    sat.value_set(cast.ada, sitting, 1, TURNED)
    sitting.refresh_from_db()
    assert len(sitting.content["mine"]) == 1
    assert sitting.content["mine"][0]["most"] == max(map(str, designs()[0]), key=sat.ORDER.index)


def test_what_practice_rewards_otherwise_is_named_as_apart(cast):
    done = sat.values(cast.ada, practice=TURNED)
    told = page(cast.ada, f"/direction/sitting/{done.pk}/")
    assert "Achievement counts more for you than daily practice rewards it" in told
    assert "Daily practice rewards working conditions more than it counts for you" in told
    assert told.count('class="bar-line') == 12


def test_values_that_the_organization_published_are_ticked_to_begin_with(cast):
    from fairlead.web.handbook.models import StatedValues

    says = [
        {"name": "We stand by each other", "says": "", "values": ["support"]},
        {"name": "Freedom", "says": "", "values": ["independence", "support"]},
    ]
    StatedValues.objects.create(content=says, published_on=timezone.localdate())
    sitting = sat.begin(cast.ada, "values")
    for side, order in (("mine", sat.ORDER), ("practice", TURNED)):
        while (asked := screens.screens(sitting)[-1]).asked and asked.asked.side == side:
            sat.value_set(cast.ada, sitting, len(screens.screens(sitting)), order)
            sitting.refresh_from_db()
    stated = page(cast.ada, f"/direction/sitting/{sitting.pk}/{len(screens.screens(sitting))}/")
    assert set(re.findall(r'value="(\w+)"[^>]*checked', stated)) == {"support", "independence"}


# --- energy ----------------------------------------------------------------------------------


def test_the_tasks_of_the_role_come_first_and_are_ticked(cast):
    cast.ada.person.role_code = ROLE
    cast.ada.person.save(update_fields=["role_code"])
    asked = sorted(chosen_profile(cast.ada.person).competencies, key=lambda one: -(one.share or 0))[:4]
    assert [one.task for one in task_words.suggested(cast.ada.person)] == [one.name for one in asked]
    sitting = sat.begin(cast.ada, "energy")
    shown = page(cast.ada, f"/direction/sitting/{sitting.pk}/1/")
    assert set(re.findall(r'value="(\w+)"[^>]*checked', shown)) == {one.name for one in asked}
    assert shown.index("In your calendar and your role") < shown.index("Leading, managing, doing")


def test_the_tasks_of_the_calendar_come_with_their_hours(cast):
    reading = made.stand(cast.ada)
    time = audit_of(reading).time
    weeks = time.figure("work_hours").value / time.figure("hours_per_week").value
    found = {one.task: one.hours for one in task_words.suggested(cast.ada.person)}
    assert found["firefighting"] == pytest.approx(time.hours.firefighting / weeks, abs=0.06)
    assert found["doing"] == pytest.approx(time.hours.doing / weeks, abs=0.06)
    assert found["developing_people"] == pytest.approx(
        next(one.hours for one in time.competencies if one.name == "developing_people") / weeks, abs=0.06
    )
    sitting = sat.begin(cast.ada, "energy")
    sat.send(cast.ada, sitting, 1, {"tasks": ["firefighting"]})
    shown = page(cast.ada, f"/direction/sitting/{sitting.pk}/2/")
    assert f'name="0-hours_spent" value="{found["firefighting"]}"' in shown


def test_every_work_activity_can_be_chosen(cast):
    sitting = sat.begin(cast.ada, "energy")
    shown = page(cast.ada, f"/direction/sitting/{sitting.pk}/1/")
    codes = [one.code for one in load.direction_texts().activities]
    assert len(codes) == 41
    assert [code for code in codes if f'value="{code}"' not in shown] == []


def test_what_energizes_and_what_drains_is_read_with_its_hours(cast):
    done = sat.energy(cast.ada, **{"4.A.2.b.2": 2, "performance_monitoring": -2, "firefighting": -1})
    energy = sittings.answers_of(cast.ada.person).energy
    assert {(one.task, one.effect, one.hours_spent, one.hours_wanted) for one in energy} == {
        ("performance_monitoring", -2, 10, 5),
        ("firefighting", -1, 10, 5),
        ("4.A.2.b.2", 2, 10, 5),
    }
    told = page(cast.ada, f"/direction/sitting/{done.pk}/")
    gives = told.split('id="gives"')[1].split("</section>")[0]
    takes = told.split('id="takes"')[1].split("</section>")[0]
    assert "Inventing and designing" in gives
    assert "Performance monitoring" in takes
    assert takes.index("Performance monitoring") < takes.index("Firefighting")


def test_own_tasks_are_asked_about_and_keep_their_words(cast):
    sitting = sat.begin(cast.ada, "energy")
    sat.send(cast.ada, sitting, 1, {"own": "Letters\n Letters \nTea & talk"})
    shown = page(cast.ada, f"/direction/sitting/{sitting.pk}/2/")
    assert "<h2>Tea &amp; talk</h2>" in shown
    sat.send(cast.ada, sitting, 2, {"0-effect": "1"})
    sat.finish(cast.ada, sitting)
    energy = sittings.answers_of(cast.ada.person).energy
    assert [(one.task, one.label, one.effect) for one in energy] == [("own:Letters", "Letters", 1)]


def test_own_tasks_out_of_a_file_are_told_apart_by_their_words(cast):
    said = [{"task": "own:", "label": words, "effect": 1} for words in ("Letters", "Tea & talk")]
    sat.finished(cast.ada.person, "energy", said)
    again = sat.begin(cast.ada, "energy", again="on")
    sat.send(cast.ada, again, 1, {"own": "Letters\nTea & talk"})
    sat.send(cast.ada, again, 2, {"0-effect": "1", "1-effect": "-2"})
    sat.finish(cast.ada, again)
    energy = sittings.answers_of(cast.ada.person).energy
    assert [(one.label, one.effect) for one in energy] == [("Letters", 1), ("Tea & talk", -2)]


def test_more_tasks_than_a_sitting_holds_are_refused(cast):
    sitting = sat.begin(cast.ada, "energy")
    codes = [one.code for one in load.direction_texts().activities][:9]
    answer = sat.send(cast.ada, sitting, 1, {"tasks": codes})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "9 tasks take longer than the five minutes of one sitting" in said
    assert len(re.findall(r'name="tasks"[^>]*checked', said)) == 9
    sitting.refresh_from_db()
    assert sitting.content == {}


def test_a_task_that_is_chosen_no_more_goes_and_the_others_keep_what_was_said(cast):
    sitting = sat.begin(cast.ada, "energy")
    sat.send(cast.ada, sitting, 1, {"tasks": ["innovation", "firefighting"]})
    sat.send(cast.ada, sitting, 2, {"0-effect": "2", "1-effect": "-2", "0-hours_spent": "3"})
    sat.send(cast.ada, sitting, 1, {"tasks": ["innovation", "doing"]})
    sitting.refresh_from_db()
    said = {one["task"]: (one["effect"], one["hours_spent"]) for one in sitting.content}
    assert said["innovation"] == (2, 3)
    assert said["doing"] == (None, None)
    assert "firefighting" not in said


# --- German ----------------------------------------------------------------------------------


@pytest.mark.parametrize("section", ["why", "values", "energy", "motives", "skills"])
def test_the_questions_can_be_had_in_german(cast, section):
    sitting = sat.begin(cast.ada, section, language="de")
    german = load.direction_texts("de")
    shown = page(cast.ada, f"/direction/sitting/{sitting.pk}/1/")
    assert 'lang="de"' in shown
    assert german.section(section).title in shown
    assert load.direction_texts().section(section).title not in shown


def test_answers_are_the_same_in_both_languages(cast):
    german = sat.begin(cast.ada, "why", language="de")
    sat.send(cast.ada, german, 2, {"push": "own"})
    sat.finish(cast.ada, german)
    sat.why(cast.ben, push="own")
    assert sittings.answers_of(cast.ada.person) == sittings.answers_of(cast.ben.person)


# --- showing one part --------------------------------------------------------------------------


def show(cast, sitting, parts):
    from fairlead.web.sharing import actions

    until = timezone.localdate() + timedelta(days=7)
    copy = shareable.snapshot(sitting, parts)
    return actions.share(
        cast.ada.person,
        reader=cast.ben.person,
        kind="direction",
        object_id=sitting.pk,
        title="Why I work",
        snapshot=copy,
        until=until,
    )


def test_one_part_is_shown_without_own_words_unless_they_are_ticked(cast):
    done = sat.why(cast.ada, push="own", success="My secret garden")
    without = repr(shareable.snapshot(done, {"result"}))
    assert "It is my own wish" in without
    assert "garden" not in without
    assert "garden" in repr(shareable.snapshot(done, {"result", "words"}))


def test_the_other_person_reads_the_copy_and_not_the_sitting(cast):
    done = sat.why(cast.ada, push="own", success="My secret garden")
    coaching(cast.ben.person, cast.ada.person)
    made = show(cast, done, {"result"})
    seen = page(cast.ben, f"/sharing/{made.pk}/")
    assert "It is my own wish" in seen
    assert "garden" not in seen
    assert cast.ben.browser.get(f"/direction/sitting/{done.pk}/").status_code == 404
    assert cast.eve.browser.get(f"/sharing/{made.pk}/").status_code == 404


def test_a_share_goes_with_its_sitting(cast):
    done = sat.why(cast.ada, push="own")
    coaching(cast.ben.person, cast.ada.person)
    show(cast, done, {"result"})
    cast.ada.browser.post(f"/direction/sitting/{done.pk}/delete/")
    assert not Share.objects.filter(owner=cast.ada.person).exists()


def test_what_is_not_finished_cannot_be_shown(cast):
    begun = sat.begin(cast.ada, "why")
    assert cast.ada.browser.get(f"/sharing/new/direction/{begun.pk}/").status_code == 404
    done = Sitting.objects.create(
        owner=cast.ada.person, section="why", content={"push": "own"}, finished_at=timezone.now()
    )
    assert cast.ada.browser.get(f"/sharing/new/direction/{done.pk}/").status_code == 200


@pytest.mark.parametrize("section", ["values", "energy", "motives", "skills"])
def test_figures_are_shown_in_words_with_their_intervals(cast, section):
    item = load.instrument("motives").sections[0].items
    contents = {
        "energy": [{"task": "doing", "effect": 2}],
        "motives": {"answers": [[one.id, 4] for one in item]},
        "skills": [[one.id, 4] for part in load.instrument("two-sides").sections for one in part.items],
    }
    done = (
        sat.values(cast.ada)
        if section == "values"
        else sat.finished(cast.ada.person, section, contents[section])
    )
    says = shareable.snapshot(done, {"result"})["sections"][0]["says"]
    told = " ".join(f"{one['label']}: {one['says']}" for one in says)
    expected = {"values": "Achievement, mine: ", "energy": "Doing: Gives me energy"}
    assert expected.get(section, " to ") in told


def test_nobody_but_a_coach_can_be_shown_a_part_not_even_a_manager(cast):
    done = sat.why(cast.ada, push="own", success="My secret garden")
    with pytest.raises(Refused, match="to your coach and to nobody else"):
        show(cast, done, {"result"})


def test_with_the_coaching_ends_what_the_coach_was_shown(cast):
    done = sat.why(cast.ada, push="own", success="My secret garden")
    coaching(cast.ben.person, cast.ada.person)
    made = show(cast, done, {"result"})
    Grant.objects.update(ended_at=timezone.now())
    assert cast.ben.browser.get(f"/sharing/{made.pk}/").status_code == 404
    sharing.tick()
    with vault.seen_by(cast.ada.person):
        made.refresh_from_db()
    assert (made.snapshot, made.ended_at is None) == (None, False)


def test_with_the_coaching_it_is_gone_from_lists_and_file_before_anything_ticks(cast):
    coach, owner = cast.ben.person, cast.ada.person
    done = sat.why(cast.ada, push="own", success="My secret garden")
    coaching(coach, owner)
    show(cast, done, {"result"})
    assert len(sharing_queries.shares(coach).shown) == 1
    Grant.objects.update(ended_at=timezone.now())
    with vault.seen_by(coach):
        assert sharing_queries.export(coach)["Share"] == []
        assert sharing_queries.shares(coach).shown == ()
        assert sharing_queries.shown_between(owner, coach) == []
        assert sharing_queries.today(coach) is None
    assert "Why I work" not in page(cast.ben, "/sharing/")


def test_a_burden_in_own_words_is_shown_only_where_own_words_are_ticked(cast):
    burdens = [["paperwork", "bearable"], ["Quarzlibelle at dinner", "not_for_me"]]
    done = sat.finished(cast.ada.person, "next_level", {"role": "Lead", "burdens": burdens})
    figures = repr(shareable.snapshot(done, {"result"}))
    assert "Forms and reports" in figures
    assert "Quarzlibelle" not in figures
    assert "Quarzlibelle at dinner" in repr(shareable.snapshot(done, {"words"}))
