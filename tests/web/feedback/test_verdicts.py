"""What auditors and the works council see: that figures were checked, and neither figure nor name."""

from __future__ import annotations

import html
import re

import pytest
from tests.organization import assemble_organization
from tests.web.feedback import made
from tests.web.feedback.boxed import staff

from fairlead.web.feedback.models import Release, Survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization(db):
    return assemble_organization()


def words(answer):
    assert answer.status_code == 200, answer.status_code
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def checks(answer):
    page = words(answer)
    return page[page.index("Checks before release") : page.index("Fairlead runs on")]


def cleos(organization, size=11, **more):
    return made.team_report(organization.person("cleo"), size=size, **more)


def test_only_auditors_and_the_works_council_read_them(organization):
    cleos(organization)
    one = Release.objects.get()
    for name, member in organization.members.items():
        expected = 200 if name in {"hugo", "ida"} else 404
        assert member.browser.get("/feedback/verdicts/").status_code == expected, name
        assert member.browser.get(f"/feedback/verdicts/{one.pk}/").status_code == expected, name


def test_the_rules_the_days_and_what_was_found_are_there(organization):
    cleos(organization)
    page = checks(organization["hugo"].browser.get("/feedback/verdicts/")).replace("\N{NO-BREAK SPACE}", " ")
    assert "9 Mar 2026 to 19 Mar 2026" in page
    assert "No figure of fewer than 5 people. Lens: none." in page
    assert "Passed." in page
    assert "Every figure is made of whole groups" in page


def test_neither_a_name_nor_a_figure_nor_a_count_of_people_is_there(organization):
    """Eleven were asked and ten answered: neither number may be read, or who did not is nearly known."""
    report = cleos(organization, said=lambda _s, _p, at: None if at == 3 else 4)
    Survey.objects.filter(pk=report.survey_id).update(title="Feedback about Cleo")
    one = Release.objects.get()
    for address in ("/feedback/verdicts/", f"/feedback/verdicts/{one.pk}/"):
        page = words(organization["hugo"].browser.get(address))
        told = page[page.index("before release") : page.index("Fairlead runs on")]
        assert "Cleo" not in told
        assert not re.search(r"\b(10|11|ten|eleven)\b", told)
        assert not re.search(r"[½¼¾⅛⅜⅝⅞]|or more of|between \S+ and \S+ of", told)


def test_what_was_held_back_says_why(organization):
    report = cleos(organization)
    survey = report.survey
    Release.objects.all().delete()
    Survey.objects.filter(pk=survey.pk).update(state="held", refusal="The check found too much.")
    page = checks(organization["ida"].browser.get("/feedback/verdicts/"))
    assert "Held back" in page
    assert "The check found too much." in page


def test_a_survey_without_a_figure_says_that_there_was_nothing_to_attack(organization):
    made.make_released_survey([staff(4)], kind="upward", managers=[organization.person("cleo")])
    assert "There was no figure to attack." in checks(organization["hugo"].browser.get("/feedback/verdicts/"))


def test_before_the_first_survey_the_page_says_what_will_stand_here(organization):
    assert "No survey has closed yet" in words(organization["hugo"].browser.get("/feedback/verdicts/"))


def test_every_check_of_the_gate_has_its_words():
    from fairlead.core.disclosure import CHECKS
    from fairlead.web.feedback import checking

    assert set(CHECKS) == set(checking.CHECKS)


@pytest.mark.parametrize("surveys", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(organization, surveys, django_assert_num_queries):
    for number in range(surveys):
        cleos(organization, size=5, family=f"f{number}")
    browser = organization["hugo"].browser
    browser.get("/feedback/verdicts/")
    with django_assert_num_queries(VERDICT_QUERIES):
        browser.get("/feedback/verdicts/")


VERDICT_QUERIES = 7
