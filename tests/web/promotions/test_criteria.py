"""Criteria as everybody reads them, and from a draft to the version in force."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import PersonFactory
from tests.organization import assemble_organization, sign_in
from tests.web.promotions import criteria_matrix, made

from fairlead.core.framework import digest
from fairlead.library.framework import framework as shipped
from fairlead.web.promotions import criteria_actions, criteria_editing, queries, signing, terms
from fairlead.web.promotions.models import FrameworkSignature, FrameworkVersion
from fairlead.web.rooms import offers
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db
UNDER = "/promotions/criteria/"


@pytest.fixture
def organization():
    return assemble_organization()


def words(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def reworded(draft, text, actor):
    """Another wording of the first criterion at its first level."""

    def make(now):
        first = now.criteria[0]
        seen = (replace(first.seen[0], text=text), *first.seen[1:])
        return criteria_editing.with_criterion(now, replace(first, seen=seen))

    return criteria_actions.rewrite(actor, draft, make)


def put(draft, actor):
    draft.refresh_from_db()
    return criteria_actions.put(actor, draft, seen=criteria_actions.fingerprint(draft))


def sign(draft, *people):
    for one in people:
        draft.refresh_from_db()
        criteria_actions.answer(one, draft, yes=True, seen=draft.sha256)
    draft.refresh_from_db()


# --- reading --------------------------------------------------------------------------------------


def test_before_anything_is_signed_the_page_says_what_it_will_show_and_shows_the_example(organization):
    browser = organization["max"].browser
    assert "will stand here" in words(browser.get(UNDER))
    page = words(browser.get(f"{UNDER}example/"))
    found = shipped("fairlead")
    assert "Nobody has signed it here" in page
    for one in found.criteria:
        for seen in one.seen:
            assert " ".join(seen.text.split()) in page, (one.id, seen.level)
    assert queries.published_framework() is None


def test_a_person_alone_reads_the_example_and_is_led_nowhere_that_is_not_theirs(organization):
    alone = sign_in(PersonFactory.create(name="Alone"))
    asks = alone.get("/journey/missing/").content.decode()
    assert f'href="{UNDER}example/"' in asks
    answer = alone.get(f"{UNDER}example/")
    assert answer.status_code == 200
    assert shipped("fairlead").criteria[0].title in words(answer)
    links = set(re.findall(r'href="(/(?:promotions|journey)/[^"?#]*)', answer.content.decode()))
    assert f"{UNDER}example/framework.yaml" in links
    assert {link: alone.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert alone.get(UNDER).status_code == 404, "what is signed stays with the organization"


def test_everybody_in_the_chart_reads_the_signed_version_whole_and_nobody_without_a_position_does(
    organization,
):
    made.framework()
    page = words(organization["max"].browser.get(UNDER))
    assert "What is seen at e2" in page
    assert made.framework().sha256 in page
    assert "The words on this page have it" in page
    assert [found for _room, part in offers("queries", "published_framework") if (found := part())] == [
        made.plain()
    ]
    outside = sign_in(PersonFactory.create(name="Outside"))
    assert outside.get(UNDER).status_code == 404
    assert outside.get(f"{UNDER}{made.framework().pk}/").status_code == 404


def test_tracks_stand_in_their_order_and_equal_levels_in_one_line(organization):
    made.framework()
    page = organization["max"].browser.get(UNDER).content.decode()
    assert page.index("People manager") < page.index("Expert")
    rows = re.findall(r'<th scope="row"><span class="rung-word">Rung </span>(\d)</th>(.*?)</tr>', page)
    assert [(rung, re.findall(r"#level-(\w+)", cells)) for rung, cells in rows] == [
        ("1", ["m1", "e1"]),
        ("2", ["m2", "e2"]),
    ]


def test_a_version_that_was_changed_past_the_house_is_said_to_be(organization):
    one = made.framework()
    content = one.content
    content["criteria"][0]["title"] = "Something else"
    FrameworkVersion.objects.filter(pk=one.pk).update(content=content)
    assert "they were changed past Fairlead" in words(organization["max"].browser.get(UNDER))


def test_two_levels_stand_beside_one_another_with_what_one_of_them_does_not_ask(organization):
    plain = made.plain()
    short = replace(plain.criteria[2], seen=plain.criteria[2].seen[:1])
    draft = criteria_matrix.draft()
    criteria_actions.rewrite(
        organization.person("ada"), draft, lambda now: criteria_editing.with_criterion(now, short)
    )
    page = organization["ada"].browser.get(f"{UNDER}{draft.pk}/?a=m1&b=e2").content.decode()
    pair = words(
        type("Answer", (), {"content": page[page.index('id="beside"') : page.index('id="levels"')].encode()})
    )
    row = "Masters the craft Team lead What is seen at m1 One example Principal Not asked at this level"
    assert row in pair
    assert organization["max"].browser.get(f"{UNDER}example/?a=nothing&b=m1").status_code == 200


def test_what_changed_is_marked_word_by_word_and_level_by_level(organization):
    ada = organization.person("ada")
    first = made.framework()
    draft = criteria_actions.begin(ada, made.plain())
    assert draft.version == "2"
    reworded(draft, "What is plainly seen at m1", ada)
    answer = organization["ada"].browser.get(f"{UNDER}changes/?from={first.pk}&to={draft.pk}")
    page = answer.content.decode()
    assert "<h3>Level: Team lead</h3>" in page
    assert page.count("<h3>") == 1
    assert "<ins>plainly</ins>" in page
    # A draft is nobody else's to compare with.
    other = organization["max"].browser.get(f"{UNDER}changes/?from={first.pk}&to={draft.pk}")
    assert other.status_code == 404


def test_the_file_reads_back_to_the_same_framework(organization):
    from fairlead.library.framework import read_framework
    from fairlead.library.strict_yaml import read_yaml

    made.framework()
    for path in (f"{made.framework().pk}/framework.yaml", "example/framework.yaml"):
        answer = organization["max"].browser.get(UNDER + path)
        found = read_framework(read_yaml("ours.yaml", answer.content))
        assert digest(found) in {made.framework().sha256, digest(shipped("fairlead"))}


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_asks_as_often_with_one_version_as_with_three(organization, number):
    for n in range(number):
        criteria_matrix.draft(str(n + 1), state="signed", signed_at=made.timezone.now())
    browser = organization["max"].browser
    browser.get(UNDER)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(UNDER).status_code == 200
    assert len([one for one in asked if "promotions" in one["sql"] or "framework" in one["sql"]]) == 3


# --- signing --------------------------------------------------------------------------------------


def test_it_is_in_force_and_frozen_once_everybody_who_is_named_has_signed(organization):
    ada, ben, eve = (organization.person(name) for name in ("ada", "ben", "eve"))
    before = made.framework()
    draft = criteria_actions.begin(ada, made.plain())
    reworded(draft, "Another thing is seen", ada)
    criteria_matrix.team(ben, eve)
    put(draft, ada)
    sign(draft, ben)
    assert draft.state == "draft"
    assert queries.published_framework() == terms.framework_of(before)
    sign(draft, eve)
    before.refresh_from_db()
    assert (draft.state, before.state) == ("signed", "retired")
    assert queries.published_framework() == terms.framework_of(draft)
    assert [one.pk for one in queries.signed_frameworks()] == [draft.pk]
    line = Entry.objects.filter(verb="framework_in_force").get()
    assert line.facts == {"sha256": draft.sha256}
    assert draft.sha256 == digest(terms.framework_of(draft))
    for change in (
        lambda: reworded(draft, "No", ada),
        lambda: criteria_actions.undo(ada, draft, seen=criteria_actions.fingerprint(draft)),
        lambda: criteria_actions.delete(ada, draft),
        lambda: criteria_actions.answer(ben, draft, yes=False, seen=draft.sha256, words="I changed my mind."),
    ):
        with pytest.raises(Refused):
            change()
    page = words(organization["max"].browser.get(UNDER))
    assert f"{ben} , Ben's job," in page
    assert f"{eve} , Eve's job," in page


def test_a_change_after_a_signature_asks_everybody_anew(organization):
    ada, ben, eve = (organization.person(name) for name in ("ada", "ben", "eve"))
    draft = criteria_actions.begin(ada, made.plain())
    criteria_matrix.team(ben, eve)
    put(draft, ada)
    read = draft.sha256
    sign(draft, ben)
    reworded(draft, "Another thing is seen", ada)
    with pytest.raises(Refused, match="does not wait"):
        criteria_actions.answer(eve, draft, yes=True, seen=read)
    put(draft, ada)
    # What eve read is not what stands: nothing is signed that was not read.
    with pytest.raises(criteria_actions.Overtaken):
        criteria_actions.answer(eve, draft, yes=True, seen=read)
    sign(draft, eve)
    assert draft.state == "draft"
    sign(draft, ben)
    assert draft.state == "signed"


def test_a_refusal_with_words_is_read_by_people_operations_and_holds_it_up(organization):
    ada, ben = organization.person("ada"), organization.person("ben")
    draft = criteria_actions.begin(ada, made.plain())
    criteria_matrix.team(ben)
    put(draft, ada)
    browser = sign_in(ben, fresh=True)
    page = browser.get(f"{UNDER}{draft.pk}/sign/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    answer = browser.post(f"{UNDER}{draft.pk}/sign/", {"answer": "refused", "words": "No", "seen": seen})
    assert answer.status_code == 422
    assert "would have to be different" in words(answer)
    said = "Level two asks for more than we pay for."
    browser.post(f"{UNDER}{draft.pk}/sign/", {"answer": "refused", "words": said, "seen": seen})
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert said in words(organization["ada"].browser.get(f"{UNDER}{draft.pk}/edit/"))
    browser.post(f"{UNDER}{draft.pk}/sign/", {"answer": "signed", "seen": seen})
    draft.refresh_from_db()
    assert draft.state == "signed"
    # With the last signature what was said against it is over, and never stood on the public page.
    assert said not in words(organization["max"].browser.get(UNDER))
    assert list(FrameworkSignature.objects.values_list("words", flat=True)) == [""]


def test_those_who_sign_see_on_today_that_a_version_waits_until_they_have_answered(organization):
    ada, ben = organization.person("ada"), organization.person("ben")
    draft = criteria_actions.begin(ada, made.plain())
    criteria_matrix.team(ben, organization.person("eve"))
    waits = "Criteria wait for your signature"
    assert waits not in words(organization["ben"].browser.get("/today/"))
    put(draft, ada)
    assert waits in words(organization["ben"].browser.get("/today/"))
    assert waits not in words(organization["max"].browser.get("/today/"))
    sign(draft, ben)
    assert waits not in words(organization["ben"].browser.get("/today/"))


def test_faults_and_impressions_keep_it_from_being_put_forward(organization):
    ada = organization.person("ada")
    criteria_matrix.team(organization.person("ben"))
    draft = criteria_actions.begin(ada, made.plain())
    reworded(draft, "Has a strong presence in every room.", ada)
    with pytest.raises(Refused, match="One thing is not right yet"):
        put(draft, ada)
    page = words(organization["ada"].browser.get(f"{UNDER}{draft.pk}/edit/"))
    assert "“strong presence” is how somebody comes across" in page
    assert "Put it to the leadership team" not in page
    reworded(draft, "Answers every question that the team asks.", ada)
    criteria_actions.rewrite(ada, draft, lambda now: criteria_editing.without_level(now, "e2"))
    put(draft, ada)


def test_without_a_named_team_nothing_can_be_put_forward(organization):
    draft = criteria_actions.begin(organization.person("ada"), made.plain())
    with pytest.raises(Refused, match="Nobody is named yet"):
        put(draft, organization.person("ada"))


def test_a_list_takes_two_people_and_neither_is_on_it(organization):
    ada, finn, gina, ben = (organization.person(name) for name in ("ada", "finn", "gina", "ben"))
    with pytest.raises(Refused, match="puts themselves"):
        signing.propose(ada, [ada, ben])
    with pytest.raises(Refused, match="cannot sign"):
        signing.propose(ada, [PersonFactory.create(name="Outside")])
    team = signing.propose(ada, [ben, finn])
    assert signing.people() == []
    for nobody in (ada, finn, ben):
        with pytest.raises(Refused, match="somebody else"):
            signing.confirm(nobody, team)
    draft = criteria_actions.begin(ada, made.plain())
    signing.confirm(gina, team)
    assert signing.people() == sorted([ben, finn], key=str)
    put(draft, ada)
    sign(draft, ben)
    # Another list: what waits is put forward anew, so that nothing comes into force by a change of the list.
    later = signing.propose(finn, [ben])
    signing.confirm(ada, later)
    draft.refresh_from_db()
    assert (draft.state, draft.asked_at, signing.people()) == ("draft", None, [ben])
    with pytest.raises(Refused, match="in the meantime"):
        signing.confirm(ada, team)
    verbs = Entry.objects.filter(object_kind="signingteam").values_list("verb", flat=True)
    assert set(verbs) == {"propose", "confirm"}


def test_the_database_holds_no_list_that_one_person_made_alone(organization):
    from django.db import IntegrityError, transaction

    ada = organization.person("ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        signing.SigningTeam.objects.create(
            proposed_by=ada, confirmed_by=ada, confirmed_at=made.timezone.now()
        )


def test_the_forms_of_the_list_name_who_is_not_found_and_propose_who_is(organization):
    browser = sign_in(organization.person("ada"), fresh=True)
    answer = browser.post(f"{UNDER}team/propose/", {"people": "ben@example.org\nnobody at all"})
    assert answer.status_code == 422
    assert "Nobody is found by “nobody at all”" in words(answer)
    assert "ben@example.org" in words(answer)
    assert browser.post(f"{UNDER}team/propose/", {"people": "ben@example.org"}).status_code == 302
    team = signing.proposed()
    second = sign_in(organization.person("gina"), fresh=True)
    assert "waits for a second yes" in words(second.get("/today/"))
    second.post(f"{UNDER}team/{team.pk}/answer/", {"act": "confirm"})
    assert signing.people() == [organization.person("ben")]
    assert "ben" in words(organization["max"].browser.get(f"{UNDER}team/")).casefold()
