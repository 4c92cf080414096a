"""Reports: who reads what, nothing but what was released, showing and taking back, files, others' side."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
import shutil
import subprocess

import pytest
import time_machine
from django.utils import timezone
from tests.organization import assemble_organization, sign_in
from tests.web.audits import made as audits_made
from tests.web.feedback import made
from tests.web.feedback.boxed import NOW, staff

from fairlead.library import load
from fairlead.web import access, release
from fairlead.web.audits import shareable
from fairlead.web.audits.models import AnswerSheet
from fairlead.web.feedback import reporting
from fairlead.web.feedback.models import Report, Seat, Survey
from fairlead.web.roster.models import Position
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

MINE, THEIRS = "Zinkblechkaffee", "Quarzlibellentanz"
"""Planted: a comment for whom it is about, one that is kept from them."""


@pytest.fixture
def organization(db):
    return assemble_organization()


def path(report, rest=""):
    return f"/feedback/reports/{report.pk}/{rest}"


def words(answer):
    """The visible words of a page: no tags, one space between them."""
    assert answer.status_code == 200, answer.status_code
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def comments(person, at):
    """Everybody writes one for Cleo and one that is kept from her."""
    del person
    return [
        {"question": "make_stronger", "text": f"{MINE} {at}", "choice": "verbatim"},
        {"question": "make_stronger", "text": f"{THEIRS} {at}", "choice": "not to the manager"},
    ]


def cleos(organization, *, size=12, **more):
    """A released report of a team about Cleo; Max is in the team."""
    return made.team_report(organization.person("cleo"), [organization.person("max")], size=size, **more)


def own_answers(person, value=5):
    instrument = load.instrument("role-audit")
    return AnswerSheet.objects.create(
        owner=person,
        instrument="role-audit",
        version=instrument.version,
        sha256="0" * 64,
        values={item.id: value for item in instrument.items if item.options},
        finished_at=timezone.now(),
    )


# --- who reads what ----------------------------------------------------------------------------


def test_only_whom_it_is_about_and_people_operations_read_it(organization):
    report = cleos(organization)
    for name, member in organization.members.items():
        expected = 200 if name in {"cleo", "ada", "finn"} else 404
        assert member.browser.get(path(report)).status_code == expected, name


def test_what_somebody_began_about_themselves_nobody_else_reads(organization):
    report = cleos(organization, kind="role")
    for name, member in organization.members.items():
        expected = 200 if name == "cleo" else 404
        assert member.browser.get(path(report)).status_code == expected, name
        for form in ("pdf", "csv"):
            if name != "cleo":
                assert member.browser.get(path(report, f"report.{form}")).status_code == 404


def test_those_above_read_several_teams_together_and_never_one(organization):
    """Ben leads Cleo and Kim leads Ben: two teams below Ben, his own and Cleo's."""
    ben, cleo = organization.person("ben"), organization.person("cleo")
    survey = made.make_released_survey(
        [staff(7), staff(8)], said=lambda *_: 4, kind="upward", managers=[ben, cleo]
    )
    below = made.report_of(survey, ben, "organization")
    of_cleo = made.report_of(survey, cleo)
    browser = organization["ben"].browser
    assert browser.get(path(below)).status_code == 200
    assert browser.get(path(of_cleo)).status_code == 404
    assert "Cleo" not in words(browser.get(path(below)))
    listed = browser.get("/feedback/reports/").content.decode()
    assert str(of_cleo.pk) not in listed
    assert str(below.pk) in listed
    assert organization["kim"].browser.get(path(of_cleo)).status_code == 404


def test_a_report_stays_with_whom_it_was_about_when_the_team_gets_another_manager(organization):
    report = cleos(organization)
    Position.objects.filter(person=organization.person("max")).update(manager=organization.person("eve"))
    assert organization["cleo"].browser.get(path(report)).status_code == 200
    assert organization["eve"].browser.get(path(report)).status_code == 404


def test_everybody_who_was_asked_reads_the_whole_of_a_pulse_and_a_manager_their_team(organization):
    team = [organization.person("max"), *staff(6)]
    survey = made.make_released_survey([team, staff(6)], managers=[organization.person("cleo"), *staff(1)])
    whole, of_team = made.report_of(survey), made.report_of(survey, organization.person("cleo"))
    assert organization["max"].browser.get(path(whole)).status_code == 200
    assert organization["max"].browser.get(path(of_team)).status_code == 404
    assert organization["cleo"].browser.get(path(of_team)).status_code == 200
    assert organization["cleo"].browser.get(path(whole)).status_code == 404  # she was not asked
    assert organization["eve"].browser.get(path(whole)).status_code == 404
    assert organization["ada"].browser.get(path(whole)).status_code == 200


def test_what_all_teams_said_about_their_managers_only_people_operations_read(organization):
    """Also where they were asked themselves: it is no pulse, and they sign in again to take it along."""
    survey = made.make_released_survey(
        [[organization.person("ada"), organization.person("max"), *staff(5)], staff(7)],
        said=lambda *_: 4, kind="upward", managers=staff(2),
    )  # fmt: skip
    whole = made.report_of(survey)
    assert organization["max"].browser.get(path(whole)).status_code == 404
    page = organization["ada"].browser.get(path(whole))
    assert "One thing to do" not in words(page)
    assert organization["ada"].browser.get(path(whole, "report.pdf")).status_code == 302
    listed = words(organization["ada"].browser.get("/feedback/reports/"))
    assert "Pulses in which I was asked" not in listed


def test_comments_are_for_whom_it_is_about_and_others_for_nobody_on_this_page(organization):
    report = cleos(organization, comments=comments)
    own = words(organization["cleo"].browser.get(path(report)))
    assert own.count(MINE) == 12
    assert THEIRS not in own
    reporting.show_to_team(organization.person("cleo"), report)
    for name in ("ada", "finn", "max"):
        seen = words(organization[name].browser.get(path(report)))
        assert MINE not in seen, name
        assert THEIRS not in seen, name


def test_nothing_but_released_figures_is_on_any_page(organization):
    """Other answers with the same release give the same page, paper and table: nothing else goes in."""
    told = []
    for family, alone in (("one", 4), ("other", 3)):
        report = cleos(
            organization, size=8, family=family, said=lambda _s, _p, at, a=alone: a if at == 2 else 4
        )
        browser = organization["cleo"].browser
        page = words(browser.get(path(report)))
        table = browser.get(path(report, "report.csv")).content
        cells = [cell for cell in release.figures_of(report)["cells"] if cell["reach"] == "team"]
        told.append((json.dumps(cells), page, table))
    assert told[0][0] == told[1][0]
    assert told[0] == told[1]


def test_an_extreme_answer_is_on_no_page(organization):
    """One 1 and one 5 among fours: every number on the page is an end of a range that was released."""

    def said(survey, _person, at):
        return made.answers(survey, 4, **dict.fromkeys(made.asked(survey)[:3], {0: 1, 1: 5}.get(at, 4)))

    report = cleos(organization, size=8, said=said)
    page = words(organization["cleo"].browser.get(path(report)))
    figures = [reporting.told(report, "self").lines]
    known = {one.figure for lines in figures for line in lines for one in (line, *line.questions)} - {""}
    found = set(re.findall(r"between [\d½¼¾⅛⅜⅝⅞]+ and [\d½¼¾⅛⅜⅝⅞]+|[\d½¼¾⅛⅜⅝⅞]+ or (?:more|less)", page))
    assert found - {"10 or more"} == known
    assert {"1", "5"}.isdisjoint(re.findall(r"between (\d) |and (\d) near", page))


def test_a_page_holds_no_count_of_those_who_answered(organization):
    """Eleven of twelve answered: the range and the tenth, and no eleven anywhere."""
    report = cleos(organization, said=lambda _survey, _person, at: None if at == 5 else 4)
    page = words(organization["cleo"].browser.get(path(report)))
    assert "8 to 15 people" in page
    assert "90 to 100" in page
    assert not re.search(r"\b(11|eleven|91)\b", page)


# --- no figure -----------------------------------------------------------------------------------


def test_below_five_answers_there_is_no_figure_and_how_to_ask_openly(organization):
    cleo = organization.person("cleo")
    team = [organization.person("max"), *staff(5)]
    survey = made.make_released_survey(
        [team, staff(6)],
        said=lambda _survey, person, at: None if person in team and at > 3 else 5,
        kind="upward",
        managers=[cleo, *staff(1)],
    )
    assert not Report.objects.filter(survey=survey, about=cleo, reach="team").exists()
    browser = organization["cleo"].browser
    listed = browser.get("/feedback/reports/").content.decode()
    where = f"/feedback/reports/none/{survey.pk}/"
    assert where in listed
    page = words(browser.get(where))
    guide = load.conversations()["ask_openly"]
    assert guide.opening in page
    assert "Fewer than 5 answers." in page
    assert not re.search(r"between \S+ and|or more of|or less of|\b4 (people|answers)", page)
    assert organization["max"].browser.get(where).status_code == 404
    assert organization["ada"].browser.get(where).status_code == 404


def test_who_has_a_report_is_led_to_it(organization):
    report = cleos(organization)
    answer = organization["cleo"].browser.get(f"/feedback/reports/none/{report.survey_id}/")
    assert (answer.status_code, answer["Location"]) == (302, path(report))


def test_a_survey_that_was_held_back_says_so_without_a_number(organization):
    report = cleos(organization)
    survey = report.survey
    report.delete()
    Survey.objects.filter(pk=survey.pk).update(state="held", refusal="The check found too much.")
    page = words(organization["cleo"].browser.get(f"/feedback/reports/none/{survey.pk}/"))
    assert "The check found too much." in page


# --- showing it to the team ------------------------------------------------------------------------


def test_the_team_sees_exactly_what_the_preview_showed(organization):
    own_answers(organization.person("cleo"))
    report = cleos(organization, comments=comments, instrument="role-audit-others")
    browser = organization["cleo"].browser
    preview = words(browser.get(path(report, "show/")))
    assert organization["max"].browser.get(path(report)).status_code == 404
    assert browser.post(path(report, "show/")).status_code == 302
    shown = words(organization["max"].browser.get(path(report)))

    def body(page):
        return page[page.index("Most clearly") : page.index("Who sees this page")]

    assert body(preview) == body(shown)
    for page in (preview, shown):
        assert MINE not in page
        assert "in your own eyes" not in page.casefold()
        assert "One thing to do" not in page


def test_only_the_team_of_that_day_sees_it_and_nobody_once_it_is_taken_back(organization):
    report = cleos(organization)
    browser = organization["cleo"].browser
    browser.post(path(report, "show/"))
    for name in ("eve", "kim", "ben", "lea"):
        assert organization[name].browser.get(path(report)).status_code == 404, name
    assert organization["max"].browser.get(path(report, "report.pdf")).status_code == 200
    browser.post(path(report, "take-back/"))
    assert organization["max"].browser.get(path(report)).status_code == 404
    assert organization["max"].browser.get(path(report, "report.pdf")).status_code == 404
    verbs = list(Entry.objects.filter(object_id=report.pk).order_by("id").values_list("verb", flat=True))
    assert [one for one in verbs if one in {"show_report", "take_back_report"}] == [
        "show_report",
        "take_back_report",
    ]


def test_it_is_shown_once_and_taken_back_once(organization):
    report = cleos(organization)
    browser = organization["cleo"].browser
    browser.post(path(report, "take-back/"))
    assert Report.objects.get(pk=report.pk).shown_to_team_at is None
    browser.post(path(report, "show/"))
    first = Report.objects.get(pk=report.pk).shown_to_team_at
    page = browser.post(path(report, "show/"), follow=True)
    assert "It is shown already." in words(page)
    assert Report.objects.get(pk=report.pk).shown_to_team_at == first


def test_figures_of_several_teams_are_shown_to_no_team(organization):
    ben = organization.person("ben")
    survey = made.make_released_survey(
        [[organization.person("max"), *staff(6)], staff(8)], said=lambda *_: 4, kind="upward",
        managers=[ben, *staff(1)],
    )  # fmt: skip
    below = made.report_of(survey, ben, "organization")
    assert organization["ben"].browser.get(path(below, "show/")).status_code == 404
    assert organization["ben"].browser.post(path(below, "show/")).status_code == 404


def test_people_operations_show_nothing_to_anybody(organization):
    report = cleos(organization)
    for name in ("ada", "finn"):
        assert organization[name].browser.post(path(report, "show/")).status_code == 404
        assert organization[name].browser.post(path(report, "take-back/")).status_code == 404


def test_what_is_new_stands_under_today_for_seven_days(organization):
    report = cleos(organization)
    released = NOW.replace(year=2027)
    with time_machine.travel(released + dt.timedelta(days=1), tick=False):
        assert [one.title for one in reporting.new_for(organization.person("cleo"))] == ["How it is"]
        assert reporting.new_for(organization.person("max")) == ()
        reporting.show_to_team(organization.person("cleo"), report)
        (told,) = reporting.new_for(organization.person("max"))
        assert told.title == "How it is: Cleo shows you the figures"
        assert reporting.new_for(organization.person("eve")) == ()
    with time_machine.travel(released + dt.timedelta(days=9), tick=False):
        assert reporting.new_for(organization.person("cleo")) == ()
        assert reporting.new_for(organization.person("max")) == ()


def test_a_pulse_is_new_for_those_who_were_asked_and_for_nobody_else(organization):
    made.make_released_survey([[organization.person("max"), *staff(6)], staff(6)])
    with time_machine.travel(NOW.replace(year=2027) + dt.timedelta(days=1), tick=False):
        assert [one.title for one in reporting.new_for(organization.person("max"))] == ["How it is"]
        assert reporting.new_for(organization.person("eve")) == ()


# --- the record ----------------------------------------------------------------------------------


def test_reading_somebody_elses_report_leaves_a_line_in_their_record(organization):
    report = cleos(organization)
    organization["cleo"].browser.get(path(report))
    assert not Entry.objects.filter(verb="saw", object_id=report.pk).exists()
    organization["ada"].browser.get(path(report))
    organization["cleo"].browser.post(path(report, "show/"))
    organization["max"].browser.get(path(report))
    seen = Entry.objects.filter(verb="saw", object_id=report.pk, subject=organization.person("cleo").pk)
    assert {line.actor for line in seen} == {organization.person("ada").pk, organization.person("max").pk}


def test_a_download_leaves_a_line_with_its_form_and_no_content(organization):
    report = cleos(organization)
    organization["cleo"].browser.get(path(report, "report.csv"))
    line = Entry.objects.get(verb="download_report")
    assert (line.facts, line.object_id) == ({"form": "csv"}, report.pk)


def test_people_operations_sign_in_again_before_they_take_it_along(organization):
    report = cleos(organization)
    stale = organization["ada"].browser.get(path(report, "report.pdf"))
    assert stale.status_code == 302
    assert not Entry.objects.filter(verb="download_report").exists()
    fresh = sign_in(organization.person("ada"), fresh=True)
    assert fresh.get(path(report, "report.pdf")).status_code == 200
    assert Entry.objects.filter(verb="download_report", subject=organization.person("cleo").pk).count() == 1


# --- files ---------------------------------------------------------------------------------------


def test_the_table_says_what_the_page_says(organization):
    report = cleos(organization)
    browser = organization["cleo"].browser
    page = words(browser.get(path(report)))
    rows = list(
        csv.DictReader(io.StringIO(browser.get(path(report, "report.csv")).content.decode("utf-8-sig")))
    )
    assert {row["of"] for row in rows} == {"scale", "question"}
    for row in rows:
        assert row["label"] in page
        assert row["figure"] in page
        if row["figure"]:
            assert float(row["low"]) < float(row["high"])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
def test_the_paper_says_what_the_page_says(organization):
    report = cleos(organization, comments=comments)
    browser = organization["cleo"].browser
    page = words(browser.get(path(report)))
    answer = browser.get(path(report, "report.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=answer.content,
        capture_output=True,
        check=True,
    )
    printed = " ".join(read.stdout.decode().split())
    for told in set(re.findall(r"between \S+ and [\d½¼¾⅛⅜⅝⅞]+", page)):
        assert told in printed
    assert printed.count(MINE) == page.count(MINE) == 12
    assert THEIRS not in printed


def test_hostile_words_stay_words_everywhere(organization):
    """A comment is somebody's text; a title and a name may begin with what a spreadsheet computes."""
    evil = '<script>alert(1)</script> =cmd|"/c calc"!A1 \u202e {{ 7*7 }} #set page(width: 1pt)'
    cleo = organization.person("cleo")
    cleo.name = '=HYPERLINK("http://x.example","Cleo")'
    cleo.save(update_fields=["name"])
    report = cleos(
        organization, comments=lambda _p, _at: [{"question": "", "text": evil, "choice": "verbatim"}]
    )
    browser = organization["cleo"].browser
    page = browser.get(path(report)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "49" not in re.findall(r"7\*7|\b49\b", page)
    assert browser.get(path(report, "report.pdf")).status_code == 200
    table = browser.get(path(report, "report.csv")).content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table)):
        assert not any(cell[:1] in "=+@\t\r" and cell for cell in row)
        assert "calc" not in "".join(row)


def test_a_file_has_no_name_of_a_person_and_no_other_form(organization):
    report = cleos(organization)
    browser = organization["cleo"].browser
    name = browser.get(path(report, "report.csv"))["Content-Disposition"]
    assert "Cleo" not in name
    for form in ("json", "html", "xlsx", "yaml"):
        assert browser.get(path(report, f"report.{form}")).status_code == 404


# --- change over time --------------------------------------------------------------------------------


def test_a_change_is_told_in_words_only_where_the_release_tells_it(organization):
    team = [organization.person("max"), *staff(11)]
    waves = {}
    for month, usual in ((1, 2), (6, 5)):
        waves[month] = made.team_report(
            organization.person("cleo"), team, size=12, family="f", said=lambda _s, _p, _at, u=usual: u,
            closes_on=dt.date(2026, month, 19),
        )  # fmt: skip
    page = words(organization["cleo"].browser.get(path(waves[6])))
    trends = {cell["trend"] for cell in release.figures_of(waves[6])["cells"]}
    assert trends == {"higher"}
    assert "Higher than on 19 Jan 2026." in page.replace("\N{NO-BREAK SPACE}", " ")
    first = words(organization["cleo"].browser.get(path(waves[1])))
    assert "Since last time" not in first


def test_where_one_person_came_the_change_is_hidden_and_nothing_hints_at_it(organization):
    team = staff(7)
    for month, usual, members in ((1, 2, team), (6, 2, [*team[:-1], organization.person("max")])):
        report = made.team_report(
            organization.person("cleo"), members, size=7, family="f",
            said=lambda _s, p, _at, u=usual: 5 if p == organization.person("max") else u,
            closes_on=dt.date(2026, month, 19),
        )  # fmt: skip
    told = release.figures_of(report)["cells"]
    assert {cell["trend"] for cell in told} <= {"", "about the same"}
    page = words(organization["cleo"].browser.get(path(report)))
    assert "Higher than" not in page
    assert "Lower than" not in page


# --- self beside others, and others beside self ----------------------------------------------------------


def test_own_answers_stand_beside_for_the_person_alone(organization):
    own_answers(organization.person("cleo"), value=5)
    report = cleos(organization, instrument="role-audit-others", said=lambda *_: 2)
    own = words(organization["cleo"].browser.get(path(report)))
    assert "More of it in your own eyes than in theirs." in own
    for name in ("ada", "finn"):
        seen = words(organization[name].browser.get(path(report)))
        assert "own eyes" not in seen
        assert "upright mark" not in seen


def test_without_own_answers_the_page_says_how_they_could_stand_beside(organization):
    report = cleos(organization, instrument="role-audit-others")
    page = organization["cleo"].browser.get(path(report)).content.decode()
    assert "/role/questions/role-audit/" in page
    assert "/role/questions/role-audit/" not in organization["ada"].browser.get(path(report)).content.decode()


def test_my_role_shows_what_others_see_with_its_own_date(organization):
    own_answers(organization.person("cleo"), value=3)
    audits_made.stand(organization["cleo"])
    before = words(organization["cleo"].browser.get("/role/"))
    assert "What others see" not in before
    report = cleos(organization, kind="role", instrument="role-audit-others", said=lambda *_: 4)
    page = organization["cleo"].browser.get("/role/")
    text = words(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "What others see" in text
    assert "counted on 19 Mar 2026" in text
    assert "People come to you" in text  # row 171, in words
    assert path(report) in page.content.decode()
    assert 'class="small-map"' in page.content.decode()
    for other in ("max", "ben", "ada"):
        assert "What others see" not in words(organization[other].browser.get("/role/"))


def test_what_others_see_is_the_newest_release_that_mirrors_the_role_audit(organization):
    cleo = organization.person("cleo")
    old = cleos(organization, kind="role", instrument="role-audit-others", closes_on=dt.date(2025, 3, 19))
    new = cleos(organization, instrument="role-audit-others")
    cleos(organization, instrument="multiplier", closes_on=dt.date(2026, 5, 19))
    found = reporting.others(cleo, "role-audit")
    assert found is not None
    assert found.href == path(new)
    assert found.href != path(old)
    assert reporting.others(cleo, "rut-check") is None


def test_a_share_of_a_reading_holds_nothing_that_others_said(organization):
    own_answers(organization.person("cleo"), value=3)
    cleos(organization, kind="role", instrument="role-audit-others", said=lambda *_: 4)
    reading = audits_made.stand(organization["cleo"])
    assert "What others see" in words(organization["cleo"].browser.get(f"/role/readings/{reading.pk}/"))
    told = json.dumps(shareable.snapshot(reading, sorted(shareable.USUAL)))
    assert "What others see" not in told
    assert "The group you asked" not in told
    assert "What others say" not in told


# --- costs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("teams", [1, 3])
def test_a_report_costs_the_same_whatever_the_size_of_the_survey(
    organization, teams, django_assert_num_queries
):
    cleo = organization.person("cleo")
    survey = made.make_released_survey(
        [staff(6) for _ in range(teams)], kind="upward", managers=[cleo, *staff(teams - 1)]
    )
    report = made.report_of(survey, cleo)
    browser = organization["cleo"].browser
    browser.get(path(report))
    with django_assert_num_queries(REPORT_QUERIES):
        browser.get(path(report))


REPORT_QUERIES = 10


@pytest.mark.parametrize("surveys", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(organization, surveys, django_assert_num_queries):
    for number in range(surveys):
        cleos(organization, size=5, family=f"f{number}")
    browser = organization["ada"].browser
    browser.get("/feedback/reports/")
    with django_assert_num_queries(LIST_QUERIES):
        browser.get("/feedback/reports/")


LIST_QUERIES = 11


def test_permissions_name_every_way_to_a_report():
    names = {name for name, rule in access.PERMISSIONS.items() if rule.model is Report}
    assert names == {"report.view", "report.own", "theme.write"}


def test_no_seat_is_read_for_anybody_else(organization):
    """The page of a report asks for one's own seats and for nobody else's."""
    report = cleos(organization)
    assert Seat.objects.filter(survey=report.survey).count() == 12
    assert reporting.reader_of(organization.person("ada"), report) == "operations"
    assert reporting.reader_of(organization.person("max"), report) == "operations"  # not shown
    reporting.show_to_team(organization.person("cleo"), report)
    report.refresh_from_db()
    assert reporting.reader_of(organization.person("max"), report) == "shown"
