"""Themes: what people operations read and write, and that its words reach nobody else."""

from __future__ import annotations

import html
import re

import pytest
from tests.organization import assemble_organization
from tests.web.feedback import made
from tests.web.feedback.boxed import staff

from fairlead.web import release
from fairlead.web.feedback import themes
from fairlead.web.feedback.models import Report, Theme
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

CHOICES = ("verbatim", "themes", "not to the manager")
SAID = {
    "verbatim": "Zinkblech stands in the yard since spring and rusts",
    "themes": "Quarzlibelle number {at} has to wait for weeks until the tools come",
    "not to the manager": "Nebelhorn number {at} is heard in the whole corridor each morning",
}


@pytest.fixture
def organization(db):
    return assemble_organization()


def written(_person, at):
    choice = CHOICES[at % 3]
    return [{"question": "make_stronger", "text": SAID[choice].format(at=at), "choice": choice}]


def cleos(organization, *, size=12, **more):
    members = [organization.person("max")]
    return made.team_report(organization.person("cleo"), members, size=size, comments=written, **more)


def path(report, rest=""):
    return f"/feedback/reports/{report.pk}/themes/{rest}"


def words(answer):
    assert answer.status_code in {200, 422}, answer.status_code
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def write(organization, report, text, name="ada"):
    return organization[name].browser.post(path(report), {"text": text})


# --- reading -----------------------------------------------------------------------------------


def test_people_operations_read_what_wants_other_words_and_what_is_kept_back_and_no_more(organization):
    report = cleos(organization)
    page = words(organization["ada"].browser.get(path(report)))
    assert page.count("Quarzlibelle") == page.count("Nebelhorn") == 4
    assert "Zinkblech" not in page


def test_no_figure_stands_beside_the_comments(organization):
    report = cleos(organization)
    page = words(organization["ada"].browser.get(path(report)))
    assert not re.search(r"[½¼¾⅛⅜⅝⅞]|between \S+ and|\d+ to \d+ people|%", page)


def test_nobody_but_people_operations_reads_them_and_nobody_about_themselves(organization):
    report = cleos(organization)
    for name, member in organization.members.items():
        expected = 200 if name in {"ada", "finn"} else 404
        assert member.browser.get(path(report)).status_code == expected, name
    adas = made.team_report(organization.person("ada"), size=12, comments=written, family="ada")
    assert organization["ada"].browser.get(path(adas)).status_code == 404
    assert write(organization, adas, "Tools come late.").status_code == 404
    assert organization["finn"].browser.get(path(adas)).status_code == 200


def test_of_what_somebody_began_about_themselves_people_operations_read_nothing(organization):
    report = cleos(organization, kind="role")
    assert release.others_comments_of(report) == []
    for name in ("ada", "finn"):
        assert organization[name].browser.get(path(report)).status_code == 404


def test_reading_them_leaves_a_line_in_the_record_of_whom_they_are_about(organization):
    report = cleos(organization)
    organization["ada"].browser.get(path(report))
    lines = Entry.objects.filter(verb="saw", object_id=report.pk)
    assert {(line.actor, line.subject) for line in lines} == {
        (organization.person("ada").pk, organization.person("cleo").pk)
    }


def test_below_ten_answers_no_comment_is_anywhere(organization):
    report = cleos(organization, size=9)
    assert "No comment for you" in words(organization["ada"].browser.get(path(report)))
    own = words(organization["cleo"].browser.get(f"/feedback/reports/{report.pk}/"))
    assert "Zinkblech" not in own
    assert "Comments are shown only where ten people or more answered." in own


def test_no_two_pages_differ_by_comments_of_fewer_than_ten(organization):
    """A team of nine beside one of eleven: each comment has one place, and ten people behind it."""
    ben, cleo = organization.person("ben"), organization.person("cleo")
    survey = made.make_released_survey(
        [staff(11), staff(9), staff(6)], kind="upward", comments=written, said=lambda *_: 4,
        managers=[ben, cleo, *staff(1)],
    )  # fmt: skip
    places: dict[str, set[str]] = {}
    for report in Report.objects.filter(survey=survey):
        told = [*release.comments_of(report), *release.others_comments_of(report)]
        for one in told:
            places.setdefault(one["text"], set()).add(f"{report.reach} {report.about_id}")
    of_ben = {one["text"] for one in release.comments_of(made.report_of(survey, ben))}
    assert places
    assert of_ben == {SAID["verbatim"]}
    of_cleo = Report.objects.filter(survey=survey, about=cleo, reach="team").first()
    assert of_cleo is None or release.comments_of(of_cleo) == []
    assert of_cleo is None or release.others_comments_of(of_cleo) == []


# --- writing -----------------------------------------------------------------------------------


def test_whom_it_is_about_reads_the_theme_and_not_the_words_it_came_from(organization):
    report = cleos(organization)
    assert write(organization, report, "Equipment arrives too late for several people.").status_code == 302
    own = words(organization["cleo"].browser.get(f"/feedback/reports/{report.pk}/"))
    assert "Equipment arrives too late for several people." in own
    assert "Quarzlibelle" not in own
    assert "Nebelhorn" not in own


def test_the_team_and_people_operations_read_no_theme_on_the_report(organization):
    report = cleos(organization)
    write(organization, report, "Equipment arrives too late.")
    organization["cleo"].browser.post(f"/feedback/reports/{report.pk}/show/")
    for name in ("max", "ada"):
        page = words(organization[name].browser.get(f"/feedback/reports/{report.pk}/"))
        assert "Equipment arrives too late." not in page, name


def test_a_theme_is_sealed_where_it_lies(organization):
    report = cleos(organization)
    write(organization, report, "Equipment arrives too late.")
    kept = Theme.objects.get()
    assert "Equipment" not in kept.text
    assert [one.text for one in themes.of(report)] == ["Equipment arrives too late."]


@pytest.mark.parametrize(
    "text",
    [
        "Somebody wrote: has to wait for weeks until the tools come.",
        "HEARD in  the whole, corridor",
        "Quarzlibelle number 1 has to wait for weeks until the tools come",
    ],
)
def test_words_of_a_comment_are_no_theme_not_even_of_one_that_is_kept_back(organization, text):
    report = cleos(organization)
    answer = write(organization, report, text)
    assert answer.status_code == 422
    assert "in the same order" in words(answer)
    assert not Theme.objects.exists()


def test_without_a_comment_for_a_theme_there_is_none(organization):
    report = made.team_report(
        organization.person("cleo"), size=12,
        comments=lambda _p, at: [{"question": "", "text": f"Mine {at}", "choice": "not to the manager"}],
    )  # fmt: skip
    with pytest.raises(Refused, match="No comment here is meant for a theme"):
        themes.write(organization.person("ada"), report, "People are content.")


def test_a_theme_is_changed_and_removed_with_a_line_each(organization):
    report = cleos(organization)
    write(organization, report, "Equipment arrives too late.")
    kept = Theme.objects.get()
    browser = organization["finn"].browser
    assert browser.post(path(report, f"{kept.pk}/"), {"text": "Equipment is late."}).status_code == 302
    assert [one.text for one in themes.of(report)] == ["Equipment is late."]
    refused = browser.post(path(report, f"{kept.pk}/"), {"text": "wait for weeks until the tools come"})
    assert refused.status_code == 422
    assert browser.post(path(report, f"{kept.pk}/remove/")).status_code == 302
    assert not Theme.objects.exists()
    lines = Entry.objects.filter(object_id=kept.pk).order_by("id")
    assert [line.verb for line in lines] == ["write_theme", "change_theme", "delete_theme"]
    assert {line.subject for line in lines} == {organization.person("cleo").pk}
    assert all(line.facts == {} for line in lines)


def test_a_theme_is_reached_through_its_own_report_alone(organization):
    """Whoever may write themes of one report reaches none of another's by its number."""
    report = cleos(organization)
    write(organization, report, "Equipment arrives too late.")
    kept = Theme.objects.get()
    other = made.team_report(organization.person("ada"), size=12, comments=written, family="ada")
    Theme.objects.filter(pk=kept.pk).update(report=other)
    assert organization["ada"].browser.get(path(report, f"{kept.pk}/")).status_code == 404
    assert organization["ada"].browser.post(path(report, f"{kept.pk}/remove/")).status_code == 404
    assert organization["ada"].browser.get(path(other, f"{kept.pk}/")).status_code == 404
    assert Theme.objects.filter(pk=kept.pk).exists()


def test_there_are_as_many_themes_as_anybody_reads(organization):
    report = cleos(organization)
    for number in range(themes.MOST):
        themes.write(organization.person("ada"), report, f"Theme {number}.")
    with pytest.raises(Refused, match="enough"):
        themes.write(organization.person("ada"), report, "One more.")


def test_too_long_or_empty_text_comes_back_with_what_is_wrong(organization):
    report = cleos(organization)
    assert write(organization, report, "").status_code == 422
    assert write(organization, report, "x" * (themes.LONGEST + 1)).status_code == 422


def test_comments_of_everybody_together_are_for_nobody_in_particular(organization):
    whole = made.report_of(made.make_released_survey([staff(12)]))
    told = [{"question": "", "text": "More light in the hall", "choice": "themes"}]
    whole.others_comments = release.sealed("others_comments", told)
    whole.save()
    page = words(organization["ada"].browser.get(path(whole)))
    assert "Nobody but people operations reads these words." in page
    assert "More light in the hall" in page
    assert write(organization, whole, "It is dark.").status_code == 422
    assert not Theme.objects.exists()


def test_what_small_teams_wrote_about_their_managers_is_not_read_by_those_above(organization):
    """Ben leads three managers with five people each: their comments stand with his organization."""
    ben = organization.person("ben")
    survey = made.make_released_survey(
        [[organization.person("max"), *staff(4)], *(staff(5) for _ in range(3))],
        kind="upward", comments=written, said=lambda *_: 4, managers=[ben, *staff(3)],
    )  # fmt: skip
    below = made.report_of(survey, ben, "organization")
    assert release.comments_of(below)
    page = words(organization["ben"].browser.get(f"/feedback/reports/{below.pk}/"))
    assert "Zinkblech" not in page
    assert "Comments" not in page.partition("What this rests on")[0]
    assert write(organization, below, "Equipment arrives too late.").status_code == 422


def test_hostile_words_stay_words(organization):
    report = made.team_report(
        organization.person("cleo"), size=12,
        comments=lambda _p, _at: [{"question": "", "text": "<img src=x onerror=a()>", "choice": "themes"}],
    )  # fmt: skip
    page = organization["ada"].browser.get(path(report)).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
