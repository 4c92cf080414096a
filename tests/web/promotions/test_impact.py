"""Selection rates: through the one gate, tied over rounds, equal to the command line, and nobody told."""

from __future__ import annotations

import csv
import io
import itertools
import json
from datetime import timedelta

import numpy as np
import pytest
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone
from tests.factories import GrantFactory, PersonFactory
from tests.organization import sign_in
from tests.web.promotions import impact_made as made

from fairlead.cli.impact import command
from fairlead.core.decisions import NOT_STATED
from fairlead.web import vault
from fairlead.web.promotions import impact_counting, impact_rows, impact_statements
from fairlead.web.promotions.apart_models import SelfStatement
from fairlead.web.promotions.models import ImpactTable
from fairlead.web.roster.models import Unit
from fairlead.web.runs.actions import Refused
from fairlead.web.runs.models import Run
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    found = PersonFactory.create(name="Jon")
    GrantFactory.create(person=found, role="equality_analyst")
    return found


@pytest.fixture
def count(analyst, django_capture_on_commit_callbacks):
    def worked_out(inside=""):
        with vault.seen_by(analyst), django_capture_on_commit_callbacks(execute=True):
            run = impact_counting.work_out(analyst, inside)
        with vault.seen_by(analyst):
            run.refresh_from_db()
            assert run.state == "done", run.error
        return {one.step: one for one in ImpactTable.objects.filter(pk__in=run.result["tables"])}

    return worked_out


def halves(people):
    for number, one in enumerate(people):
        made.states(one, sex="woman" if number % 2 else "man")


def outcomes(people, every=2):
    return {one: "promoted" if number // 2 % every == 0 else "not_now" for number, one in enumerate(people)}


# --- the same numbers as the command line ---------------------------------------------------------------


def test_the_json_is_that_of_the_command_line_over_the_same_decisions(analyst, count, tmp_path):
    made.question()
    units = [Unit.objects.create(name=name) for name in ("Works", "Sales")]
    people = made.people(40, units=units)
    halves(people[:36])
    came = outcomes(people) | {people[0]: "withdrawn", people[1]: "set_aside", people[2]: "withdrawn_early"}
    one = made.finished("Spring round", came)
    table = count("unit")["decided"]
    assert table.state == "released"
    rows = impact_rows.rows("decided", one, "Spring round", "unit")
    said = {str(person.pk): "woman" if number % 2 else "man" for number, person in enumerate(people[:36])}
    file = tmp_path / "decisions.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["person", "round", "unit", "sex", "rated", "promoted"])
        for row in rows:
            steps = [
                "yes" if row.passed > at else "" if row.passed < at or row.open else "no" for at in (0, 1)
            ]
            writer.writerow([row.person, row.round, row.stratum, said.get(row.person, ""), *steps])
    words = [
        "--group",
        "sex",
        "--selected",
        "rated",
        "--selected",
        "promoted",
        "--by",
        "unit",
        "--round",
        "round",
    ]
    printed = CliRunner().invoke(command, [str(file), *words, "--person", "person", "--release", "--json"])
    browser = sign_in(analyst, fresh=True)
    answer = browser.get(reverse("promotions:impact_file", args=[table.pk, "json"]))
    assert json.loads(answer.content) == json.loads(printed.stdout)
    assert json.loads(answer.content)["tables"][0]["n"] == 38
    law = browser.get(reverse("promotions:impact_file", args=[table.pk, "csv"])).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(law)))
    assert lines[0][:4] == ["Categories", "Category", "# of Applicants", "# Selected"]
    assert Entry.objects.filter(verb="export_impact", actor=analyst.pk).count() == 2
    assert browser.get(reverse("promotions:impact_file", args=[table.pk, "xml"])).status_code == 404


# --- differencing ---------------------------------------------------------------------------------------


def left_open(tables, told):
    """Every assignment of two sexes to those who state one that fits all that stands released."""
    people = sorted(told)
    every = np.array(list(itertools.product((0, 1), repeat=len(people))), dtype=np.int8)
    fits = np.ones(len(every), dtype=bool)
    for one in tables:
        rows = impact_rows.read(one.content["rows"])
        last = len(impact_rows.STEPS[one.step])
        for table in impact_counting.released_of(one).tables:
            here = [row for row in rows if table.scope != "round" or row.round == table.name]
            at = impact_rows.STEPS[one.step].index(table.name) if table.scope == "step" else None
            decided = [row for row in here if (not row.open if at is None else row.passed > at or (
                row.passed == at and not row.open))]  # fmt: skip
            selected = [row for row in here if row.passed > (last - 1 if at is None else at)]
            for group in table.groups:
                if group.group == NOT_STATED or group.together:
                    continue
                value = int(group.group == "woman")
                for shown, which in ((group.n, decided), (group.selected, selected)):
                    if shown is not None:
                        weights = np.array([sum(row.person == who for row in which) for who in people])
                        fits &= ((every == value) * weights).sum(axis=1) == shown
    return people, every[fits]


def test_a_second_round_with_one_more_person_does_not_say_what_that_person_stated(count):
    made.question()
    people = made.people(12)
    halves(people)
    now = timezone.now()
    made.finished("One", outcomes(people), opened_at=now - timedelta(days=400))
    first = count()
    assert first["decided"].state == "released"
    (new,) = made.people(1, start=90)
    made.states(new, sex="woman")
    made.finished("Two", outcomes([*people, new]), opened_at=now)
    second = count()
    told = {str(one.pk) for one in (*people, new)}
    standing = [one for one in (*first.values(), *second.values()) if one.state == "released"]
    names, left = left_open(standing, told)
    assert len(left), "what is true fits"
    assert len(set(left[:, names.index(str(new.pk))])) == 2
    for at in range(len(names)):
        assert len(set(left[:, at])) == 2
    # Without the tie between the rounds both would have been released, and the two say it.
    with vault.on_duty("test"):
        rows = impact_rows.rows("decided", impact_rows.finished()[1], "Two", "")
        said = [("sex", made.SEX, *impact_statements.stated(impact_statements.questions()))]
    alone = impact_counting._released(impact_rows.decisions("decided", rows, ["Two"], said, ""), [])
    assert alone.find("sex").groups[1].n == 7


def test_rounds_that_wait_are_counted_with_the_next_one_and_a_former_round_is_shown_once(count):
    made.question()
    now = timezone.now()
    first = made.people(24)
    halves(first)
    made.finished("One", outcomes(first), opened_at=now - timedelta(days=400))
    one = count()["decided"]
    second = made.people(24, start=30)
    halves(second)
    made.finished("Two", outcomes(second, 3), opened_at=now)
    two = count()["decided"]
    assert impact_counting.released_of(two).rounds == ("One", "Two")
    assert two.content["counted"] == [[str(impact_rows.finished()[1].pk), "Two"]]
    both = impact_counting.released_of(two).find("sex")
    assert [(group.group, group.n) for group in both.groups[:2]] == [("man", 24), ("woman", 24)]
    before = {
        group.group: (group.n, group.selected)
        for group in impact_counting.released_of(one).find("sex").groups
    }
    again = impact_counting.released_of(two).find("sex", "round", "One").groups
    assert {group.group: (group.n, group.selected) for group in again} == before
    with pytest.raises(Refused, match="Every finished round is counted"):
        impact_counting.work_out(PersonFactory.create(), "")


def test_who_takes_it_back_counts_in_no_later_release_and_what_was_released_stays(count):
    made.question()
    now = timezone.now()
    people = made.people(24)
    halves(people)
    made.finished("One", outcomes(people), opened_at=now - timedelta(days=400))
    one = count()["decided"]
    kept = json.dumps(one.content)
    gone = people[:12]
    for person in gone:
        with vault.seen_by(person):
            impact_statements.withdraw(person)
    others = made.people(24, start=30)
    halves(others)
    made.finished("Two", outcomes([*gone, *others]), opened_at=now)
    two = count()["decided"]
    assert json.dumps(ImpactTable.objects.get(pk=one.pk).content) == kept
    assert two.state == "released"
    released = impact_counting.released_of(two)
    assert released.rounds == ("Two",), "round One is not what it was, so it is not shown again"
    groups = {group.group: group.n for group in released.find("sex").groups}
    assert groups == {"man": 12, "woman": 12, NOT_STATED: 12}


# --- nobody reads it ------------------------------------------------------------------------------------


def test_what_is_stated_stands_on_no_page_but_ones_own_in_no_log_mail_or_record(
    analyst, count, caplog, mailoutbox
):
    word = "Quartzheron"
    asked = made.question(categories=("man", "woman", word))
    people = made.people(24)
    halves(people[:23])
    cleo = people[23]
    lines = Entry.objects.count()
    browser = sign_in(cleo)
    sent = {f"about-{asked.pk.hex}": word}
    assert browser.post(reverse("promotions:about_me"), sent).status_code == 302
    assert Entry.objects.count() == lines, "whoever reads the record does not learn who stated something"
    asked.categories = ["man", "woman"]
    asked.save()
    assert word in browser.get(reverse("promotions:about_me")).content.decode(), "their own page says it"
    asked.categories = ["man", "woman", word]
    asked.save()
    made.finished("One", outcomes(people))
    tables = count()
    asked.categories = ["man", "woman"]  # the question itself names its answers to everybody
    asked.save()
    pages = [reverse("promotions:impact"), reverse("promotions:impact_questions")]
    whole = ""
    jon = sign_in(analyst, fresh=True)
    for one in tables.values():
        pages += [reverse(f"promotions:{name}", args=[one.pk]) for name in ("impact_table", "impact_publish")]
        # A released table names its groups; that nobody of this one is told is what the counts show.
        groups = [group for table in impact_counting.released_of(one).tables for group in table.groups]
        mine = [group for group in groups if group.group == word]
        assert mine
        assert all(group.n is None and group.selected is None for group in mine)
        assert str(cleo.pk) not in json.dumps(one.content["released"])
        assert word not in json.dumps(one.content["rows"])
    for page in pages:
        whole += jon.get(page).content.decode()
    assert cleo.name not in whole
    for who in (analyst, people[0]):
        looks = sign_in(who, fresh=True)
        for page in ("today", "account", "promotions:index", "promotions:about_me", "trail:looked"):
            assert word not in looks.get(reverse(page)).content.decode()
    with vault.on_duty("test"):
        assert word not in json.dumps(list(Run.objects.values_list("params", "result", "error")))
        assert SelfStatement.objects.filter(owner=cleo).count() == 1
    assert word not in caplog.text
    assert word not in json.dumps(list(Entry.objects.values_list("facts", flat=True)))
    assert not mailoutbox


def test_only_the_role_opens_it_and_only_after_signing_in_again(analyst, client):
    table = made.table()
    page = reverse("promotions:impact_table", args=[table.pk])
    assert sign_in(PersonFactory.create(), fresh=True).get(page).status_code == 404
    committee = PersonFactory.create()
    GrantFactory.create(person=committee, role="committee")
    assert sign_in(committee, fresh=True).get(page).status_code == 404
    assert "reauthenticate" in sign_in(analyst).get(page).url
    assert sign_in(analyst, fresh=True).get(page).status_code == 200


def test_the_role_is_given_by_two_people_like_the_others(client):
    from fairlead.web.access.relations import proposes

    lead = PersonFactory.create()
    GrantFactory.create(person=lead, role="people_operations")
    assert "equality_analyst" in proposes(lead.user)


# --- the analyst's pages --------------------------------------------------------------------------------


def test_the_page_says_what_is_withheld_and_too_few_to_say(analyst):
    table = made.table()
    text = (
        sign_in(analyst, fresh=True).get(reverse("promotions:impact_table", args=[table.pk])).content.decode()
    )
    for words in (
        "withheld",
        "too few to say",
        "Too few to say: ",
        "Exact p",
        "Local Law 144",
        "Spring round",
    ):
        assert words in text
    assert "<script>" not in text
    assert "style=" not in text


def test_a_summary_is_published_read_by_everybody_and_taken_back(analyst):
    table = made.table()
    jon, eve = sign_in(analyst, fresh=True), sign_in(PersonFactory.create())
    summary = reverse("promotions:impact_summary", args=[table.pk])
    assert eve.get(summary).status_code == 404
    page = reverse("promotions:impact_publish", args=[table.pk])
    assert jon.post(page, {"words": "x" * 2001}).status_code == 422
    assert jon.post(page, {"words": "We look again in spring."}).status_code == 302
    text = eve.get(summary).content.decode()
    assert "We look again in spring." in text
    assert "withheld" in text
    assert summary in eve.get(reverse("promotions:about_me")).content.decode()
    assert jon.post(reverse("promotions:impact_take_down", args=[table.pk])).status_code == 302
    assert eve.get(summary).status_code == 404
    verbs = list(Entry.objects.filter(actor=analyst.pk).order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["publish_impact", "take_down_impact"]


def test_nothing_is_counted_while_nothing_is_asked_finished_or_stated(analyst, count):
    page, jon = reverse("promotions:impact"), sign_in(analyst, fresh=True)
    text = jon.get(page).content.decode()
    assert "Nothing is asked yet" in text
    assert "Nothing is counted yet" in text
    assert jon.post(page, {"inside": "none"}).status_code == 422
    assert jon.post(page, {}).status_code == 422
    assert jon.post(page, {"inside": "shoe size"}).status_code == 422
    made.question()
    with pytest.raises(Refused, match="Every finished round is counted"):
        impact_counting.work_out(analyst, "")
    made.finished("One", outcomes(made.people(6)))
    assert {one.state for one in count().values()} == {"withheld"}
    assert "counted together with the next one" in jon.get(page).content.decode()
    assert impact_counting.waiting("decided"), "it still waits"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Give it a short name"),
        ({"name0": "sex", "categories0": "one"}, "at least two answers"),
        ({"name0": "sex", "categories0": "a\na\nb"}, "stands there twice"),
        ({"name0": "sex", "categories0": "a, b\nc"}, "has a comma"),
        ({"name0": "sex", "categories0": "a\nprefer not to say"}, "means that nothing is stated"),
        (
            {"name0": "sex", "categories0": "a\nb", "name1": "Sex", "categories1": "c\nd"},
            "Both have one name",
        ),
        ({"name0": "sex", "categories0": "a\nb", "categories1": "c\nd"}, "Say what these answers are about"),
        ({"name0": "sex", "categories0": "\n".join(map(str, range(61)))}, "at most 60"),
    ],
)
def test_questions_that_cannot_be_compared_are_refused_in_words(analyst, sent, says):
    answer = sign_in(analyst, fresh=True).post(reverse("promotions:impact_questions"), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert impact_statements.questions() == []


def test_questions_are_kept_changed_and_dropped(analyst):
    jon, page = sign_in(analyst, fresh=True), reverse("promotions:impact_questions")
    sent = {
        "name0": "sex",
        "categories0": "man\nwoman\n",
        "name1": "origin",
        "categories1": "here\nelsewhere",
    }
    assert jon.post(page, sent).status_code == 302
    first = impact_statements.questions()
    sent = {
        "name0": "origin",
        "categories0": "here\nelsewhere\nboth",
        "name1": "sex",
        "categories1": "man\nwoman",
    }
    assert jon.post(page, sent).status_code == 302
    second = impact_statements.questions()
    assert [one.name for one in second] == ["origin", "sex"]
    assert {one.name: one.pk for one in second} == {one.name: one.pk for one in first}
    assert jon.post(page, {"name0": "sex", "categories0": "man\nwoman"}).status_code == 302
    assert [one.name for one in impact_statements.questions()] == ["sex"]
    assert Entry.objects.filter(verb="stop_asking").count() == 1


# --- about oneself --------------------------------------------------------------------------------------


def test_one_states_changes_skips_and_takes_back_and_nothing_is_chosen_beforehand():
    sex, origin = made.question(), made.question("origin", ("here", "elsewhere"), 1)
    cleo = PersonFactory.create()
    browser, page = sign_in(cleo), reverse("promotions:about_me")
    text = browser.get(page).content.decode()
    assert "checked" not in text
    assert "Nobody else sees what you state" in text

    def stated():
        with vault.seen_by(cleo):
            found = impact_statements.own(cleo)
            return found.content if found else None

    assert browser.post(page, {f"about-{sex.pk.hex}": "fish"}).status_code == 422
    assert stated() is None
    assert browser.post(page, {}).status_code == 302
    assert stated() is None
    browser.post(page, {f"about-{sex.pk.hex}": "woman", f"about-{origin.pk.hex}": "-"})
    assert stated() == {str(sex.pk): "woman"}
    browser.post(page, {f"about-{sex.pk.hex}": "-", f"about-{origin.pk.hex}": "here"})
    assert stated() == {str(origin.pk): "here"}
    assert browser.get(page).content.decode().count("checked") == 2
    assert browser.post(reverse("promotions:take_back_statement")).status_code == 302
    assert stated() is None
    browser.post(page, {f"about-{sex.pk.hex}": "woman"})
    assert browser.post(page, {f"about-{sex.pk.hex}": "-"}).status_code == 302
    assert stated() is None, "all skipped leaves nothing behind"


def test_it_is_in_the_copy_of_ones_own_data_and_goes_with_the_account():
    from fairlead.web import rights

    sex, cleo = made.question(), PersonFactory.create()
    made.states(cleo, sex="woman")
    with vault.seen_by(cleo):
        assert rights.everything(cleo)["SelfStatement"][0]["content"] == {str(sex.pk): "woman"}
    with vault.on_duty("erasure"):
        cleo.delete()
    with vault.on_duty("test"):
        assert not SelfStatement.objects.exists()


def test_an_empty_installation_asks_nothing(client):
    text = sign_in(PersonFactory.create()).get(reverse("promotions:about_me")).content.decode()
    assert "Nothing is asked yet" in text
    assert '<form method="post" novalidate>' not in text
