"""Two write one case and lose nothing; who speaks for it reads it by the candidate's will alone."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.organization import sign_in
from tests.web.promotions import made

from fairlead.web.promotions import cases, letters
from fairlead.web.promotions.models import Nomination
from fairlead.web.runs.actions import Refused

pytestmark = pytest.mark.django_db

SECRET = "She has an offer from elsewhere."
TYPED = {"argument": "Typed in the second window", "team_benefit": "", "preparation": "", "loss_impact": ""}


@pytest.fixture
def case():
    one = made.a_round("evidence", opened_at=timezone.now())
    top, boss = PersonFactory.create(name="Top"), PersonFactory.create(name="Boss Bea")
    for name in ("Peer Pia", "Peer Pit"):
        PositionFactory.create(person=PersonFactory.create(name=name), manager=top)
    PositionFactory.create(person=boss, manager=top)
    cand = PersonFactory.create(name="Candidate Cleo")
    PositionFactory.create(person=cand, manager=boss)
    return made.case(one, cand, manager=boss, above=top, loss_impact=SECRET)


def person(name):
    return PersonFactory._meta.model.objects.get(name=name)


def letters_to_all():
    return [one.to[0] for one in mail.outbox if one.subject == letters.SUBJECT]


def see(who, case, rest="", status=200):
    answer = sign_in(who).get(f"/promotions/cases/{case.pk}/{rest}")
    assert answer.status_code == status
    return answer.content.decode()


def do(who, case, verb, **sent):
    return sign_in(who).post(f"/promotions/cases/{case.pk}/{verb}/", sent)


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_written_over(case):
    first = seen_in(see(case.candidate, case, "write/"))
    cases.write_packet(case.manager, case, {"argument": "Kept by Bea"})
    refused = do(case.candidate, case, "write", **TYPED, seen=first)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Somebody else wrote here while you did" in page
    assert "Kept by Bea" in page
    assert "Typed in the second window" in page
    case.refresh_from_db()
    assert case.argument == "Kept by Bea"
    assert do(case.candidate, case, "write", **TYPED, seen=seen_in(page)).status_code == 302
    case.refresh_from_db()
    assert case.argument == "Typed in the second window"
    before = see(case.manager, case, "write/")
    assert "Kept by Bea" in before, "what it was before stays beside it"
    assert "Until <bdi>Candidate Cleo</bdi> changed it" in before


def test_a_text_that_the_manager_empties_can_be_read_and_written_again(case):
    cases.write_packet(case.candidate, case, {"argument": "My own words"})
    cases.write_packet(case.manager, case, {"argument": ""})
    page = see(case.candidate, case, "write/")
    assert "My own words" in page
    assert "Boss Bea" in page


def test_the_candidate_takes_any_evidence_out_and_others_their_own(case):
    own = cases.add_evidence(case.candidate, case, criterion="vision", kind="account", text="I did it.")
    boss = cases.add_evidence(case.manager, case, criterion="vision", kind="account", text="Seen by me.")
    assert see(case.manager, case).count("/remove/") == 1
    with pytest.raises(Refused, match="takes it out"):
        cases.remove_evidence(case.manager, own)
    assert case.evidence.count() == 2
    cases.remove_evidence(case.candidate, boss)
    assert list(case.evidence.all()) == [own]


def test_whom_the_manager_proposes_reads_nothing_before_candidate_and_advocate_say_yes(
    case, django_capture_on_commit_callbacks
):
    pia = person("Peer Pia")
    with django_capture_on_commit_callbacks(execute=True):
        cases.name_advocate(case.manager, case, pia)
    assert letters_to_all() == []
    for rest in ("", "advocate/"):
        see(pia, case, rest, 404)
    assert "could speak for your case" in see(case.candidate, case)
    assert "Peer Pia" not in see(case.above, case)
    assert do(case.candidate, case, "do/ask-advocate").status_code == 302
    assert letters_to_all() == [pia.user.email]
    see(pia, case, "", 404)
    stub = see(pia, case, "advocate/")
    assert "Candidate Cleo" in stub
    assert SECRET not in stub
    assert do(pia, case, "advocate", wants="yes", words="I saw the move").status_code == 302
    assert SECRET in see(pia, case)
    assert "speaks for it" in see(case.above, case)


def test_the_candidate_alone_reads_why_an_advocate_says_no_and_the_advocate_nothing_more(case):
    pia = person("Peer Pia")
    cases.name_advocate(case.candidate, case, pia)
    do(pia, case, "advocate", wants="no", words="I know too little of it")
    for rest in ("", "advocate/"):
        see(pia, case, rest, 404)
    assert "I know too little of it" in see(case.candidate, case)
    for reader in (case.manager, case.above):
        page = see(reader, case)
        assert "I know too little of it" not in page
        assert "Peer Pia" not in page


def test_a_no_to_a_proposed_advocate_leaves_nobody_asked(case):
    pia = person("Peer Pia")
    cases.name_advocate(case.manager, case, pia)
    with pytest.raises(Refused, match="Nobody is proposed"):
        cases.agree_to_advocate(case.manager, case, wanted=True)
    do(case.candidate, case, "do/no-advocate")
    case.refresh_from_db()
    assert (case.advocate, case.advocate_wants) == (None, "")
    see(pia, case, "advocate/", 404)


def test_an_advocate_reads_no_case_that_was_withdrawn(case):
    pia = person("Peer Pia")
    cases.name_advocate(case.candidate, case, pia)
    cases.answer_advocate(pia, case, wants=True)
    see(pia, case)
    cases.withdraw(case.candidate, Nomination.objects.get(pk=case.pk))
    see(pia, case, "", 404)


def test_what_a_manager_wrote_of_somebody_who_says_no_is_destroyed(case):
    case.state = "proposed"
    case.save()
    cases.write_packet(case.manager, case, {"argument": "All that Bea thinks", "loss_impact": "Nothing."})
    cases.add_evidence(case.manager, case, criterion="vision", kind="account", text="What Bea saw")
    cases.decline(case.candidate, case, because="Not now")
    case.refresh_from_db()
    assert (case.argument, case.loss_impact, case.earlier) == ("", "", [])
    assert not case.evidence.exists()
    assert case.ended_because == "Not now"


def test_where_the_manager_has_no_account_the_one_above_carries_the_case(case):
    boss, top = case.manager, case.above
    PositionFactory.create(person=top)
    case.delete()
    boss.user.is_active = False
    boss.user.save()
    one = made.a_round("nominating", opened_at=timezone.now())
    made_case = cases.nominate_oneself(person("Candidate Cleo"), one, one.openings.get())
    assert (made_case.manager, made_case.sponsor) == (boss, top)
    assert "carries this case" in see(made_case.candidate, made_case)
    assert "Write the case" in see(top, made_case)
    pia = person("Peer Pia")
    other = cases.nominate_oneself(pia, one, one.openings.get())
    assert other.sponsor is None, "whose manager can be reached needs nobody else"
