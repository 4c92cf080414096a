"""Colleagues are read as they were told, voices against a case are answered, nothing is lost in silence."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse
from tests.factories import PersonFactory, PositionFactory
from tests.organization import sign_in
from tests.web.promotions.calibrated import Calibrating, calibrating
from tests.web.promotions.made import worked_out

from fairlead.web.promotions import actions, holdings, peers, peers_queries, rounds, states
from fairlead.web.promotions.apart_models import PeerWords
from fairlead.web.promotions.case_models import PeerInput
from fairlead.web.promotions.facts import of_round
from fairlead.web.promotions.models import Recusal
from fairlead.web.runs.actions import Refused
from fairlead.web.trail import queries as trail_queries
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

WORDS = "Wendelin promised the move for May; the stock stood in the yard until August and nobody was told."
SUMMARY = "A move was three months late, and those who waited for it were not told."
ANSWER = "The yard was closed by the town in May. We told sales on the 9th, and I should have told the store."


@pytest.fixture
def one():
    found = calibrating(candidates=2)
    boss = PersonFactory.create(name="Boss Bruno")
    case = found.cases["Candidate A"]
    case.manager = boss
    case.save()
    worked_out(found.round)
    return found, case, boss


def colleague(name: str = "Colleague Cosima"):
    person = PersonFactory.create(name=name)
    PositionFactory.create(person=person)
    return person


def chair(found: Calibrating):
    return found.raters["Mild Mira"]


def written(one, form="named", leaning="against", name="Colleague Cosima") -> PeerInput:
    _found, case, boss = one
    made = peers.ask(boss, case, colleague(name), form=form)
    peers.write(made.author, made, text=WORDS, leaning=leaning)
    made.refresh_from_db()
    return made


def text_of(person, case) -> str:
    answer = sign_in(person).get(reverse("promotions:peers", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def forward(found: Calibrating) -> str:
    found.round.refresh_from_db()
    return states.hindrance("begin_deciding", of_round(chair(found), found.round))


def decide_round(found: Calibrating) -> None:
    found.round.state = "decided"
    found.round.save()
    for case in found.cases.values():
        case.state = "decided"
        case.save()


def test_the_author_is_told_beforehand_who_reads_it(one):
    _found, case, boss = one
    for form, told in peers.READ_BY.items():
        made = peers.ask(boss, case, colleague(f"Colleague {form}"), form=form)
        page = sign_in(made.author).get(reverse("promotions:peer_write", args=[made.pk]))
        assert told in page.content.decode()


def test_named_words_are_read_with_the_name_and_by_the_candidate_only_once_decided(one):
    found, case, boss = one
    written(one)
    for person in (boss, chair(found)):
        text = text_of(person, case)
        assert WORDS in text
        assert "Colleague Cosima" in text
    address = reverse("promotions:peers", args=[case.pk])
    assert sign_in(case.candidate).get(address).status_code == 404
    decide_round(found)
    text = text_of(case.candidate, case)
    assert WORDS in text
    assert "Colleague Cosima" in text


def test_of_a_summary_nobody_but_its_writer_reads_words_or_name(one):
    found, case, boss = one
    made = written(one, "summarized")
    mira, edda = chair(found), found.raters["Even Edda"]
    address = reverse("promotions:peer_summary", args=[made.voice])
    assert WORDS not in sign_in(mira).get(address).content.decode(), "not before somebody takes it on"
    assert sign_in(mira).post(address, {"step": "take"}).status_code == 302
    assert WORDS in sign_in(mira).get(address).content.decode()
    assert sign_in(edda).get(address).status_code == 404, "one person reads the words"
    assert sign_in(boss).get(address).status_code == 404
    named = sign_in(mira).post(address, {"text": f"{made.author} says that the move was late."})
    assert named.status_code == 422
    assert "names its author" in named.content.decode()
    assert sign_in(mira).post(address, {"text": SUMMARY}).status_code == 302
    decide_after = [edda, mira]
    for person in decide_after:
        text = text_of(person, case)
        assert SUMMARY in text
        assert WORDS not in text
        assert "Cosima" not in text
    assert (
        SUMMARY in sign_in(made.author).get(reverse("promotions:peer_write", args=[made.pk])).content.decode()
    )
    decide_round(found)
    text = text_of(case.candidate, case)
    assert SUMMARY in text
    assert WORDS not in text
    assert "Cosima" not in text


def test_no_line_of_the_record_tells_a_reader_who_is_behind_a_summary(one):
    found, case, _boss = one
    made = written(one, "summarized")
    mira, edda = chair(found), found.raters["Even Edda"]
    peers.take_summary(mira, made)
    peers.summarize(mira, made, text=SUMMARY)
    text_of(edda, case)
    assert made.author_id not in set(Entry.objects.filter(actor=edda.pk).values_list("subject", flat=True))


def test_whoever_asked_several_for_summaries_finds_nowhere_who_said_what(one):
    found, case, boss = one
    mira = chair(found)
    said = {}
    for name, leaning in (("Cosima Quaas", "for"), ("Dora Pohl", "against"), ("Emil Rau", "mixed")):
        made = written(one, "summarized", leaning, name)
        peers.take_summary(mira, made)
        peers.summarize(mira, made, text=f"{SUMMARY} {leaning}")
        said[name] = made
    peers.ask(boss, case, colleague("Fee Silent"), form="summarized")
    against = said["Dora Pohl"]
    peers.answer(boss, against, text=ANSWER)
    page, own_record = text_of(boss, case), str(trail_queries.export(boss))
    for made in said.values():
        assert str(made.pk) in own_record, "who was asked stands in the record of whoever asked"
        assert str(made.pk) not in page
        assert str(made.voice) in page
        assert str(made.voice) not in own_record
        for name in ("peer_summary", "peer_answer"):
            probed = sign_in(mira).get(reverse(f"promotions:{name}", args=[made.pk]))
            assert probed.status_code == 404, "the number in the record opens nothing"
    assert len(re.findall(rf"{against.pk}", own_record)) == 1, "asked, and nothing of the answer"
    asked = page[page.index('id="asked"') :].split("</ul>")[0]
    assert "Fee Silent" in asked
    for state in PeerInput.State.labels[1:]:
        assert state not in asked, "whoever wrote is not told from whoever did not"
    order = re.findall(r'id="voice-([0-9a-f-]{36})"', page)
    assert order == sorted(order)


@pytest.mark.parametrize("part", ["cosima", "Frau Quaas", "Quaas’", "Cosimas", "c.quaas-weber"])
def test_no_part_of_the_author_stands_in_a_summary(one, part):
    found, _case, _boss = one
    made = written(one, "summarized", name="Cosima Quaas-Weber")
    made.author.user.email = "c.quaas-weber@example.org"
    made.author.user.save()
    peers.take_summary(chair(found), made)
    with pytest.raises(Refused, match="names its author"):
        peers.summarize(chair(found), made, text=f"{part}: {SUMMARY}")
    peers.summarize(chair(found), made, text=f"{SUMMARY} The cosimaesque is no name.")


def test_with_an_author_who_is_erased_goes_what_tells_of_their_words(one):
    found, _case, boss = one
    made = written(one, "summarized")
    peers.take_summary(chair(found), made)
    peers.summarize(chair(found), made, text=SUMMARY)
    peers.answer(boss, made, text=ANSWER)
    actions.forget(made.author)
    made.refresh_from_db()
    assert (made.state, made.leaning, made.summary, made.answer) == ("withdrawn", "", "", "")
    assert (made.summary_by, made.answered_by, made.answered_at) == (None, None, None)


def test_a_voice_against_stands_before_the_step_to_deciding_until_it_is_answered(one):
    found, case, boss = one
    assert forward(found) == ""
    made = written(one)
    assert "not heard yet" in forward(found)
    with pytest.raises(Refused, match="not heard yet"):
        rounds.go_on(chair(found), found.round, "begin_deciding")
    assert "No answer yet" in text_of(boss, case)
    address = reverse("promotions:peer_answer", args=[made.voice])
    assert sign_in(boss).post(address, {"text": ANSWER}).status_code == 302
    assert forward(found) == ""
    decide_round(found)
    assert ANSWER in text_of(case.candidate, case)


def test_the_chair_says_why_something_stays_unanswered_and_the_candidate_reads_it(one):
    found, case, _boss = one
    made = written(one)
    with pytest.raises(Refused, match="chairs"):
        peers.leave_open(found.raters["Even Edda"], made, text=ANSWER)
    with pytest.raises(Refused, match="at least 50 characters"):
        peers.leave_open(chair(found), made, text="It is old and known.")
    address = reverse("promotions:peer_answer", args=[made.voice])
    assert sign_in(chair(found)).post(address, {"text": ANSWER}).status_code == 302
    made.refresh_from_db()
    assert made.left_open
    assert forward(found) == ""
    decide_round(found)
    text = text_of(case.candidate, case)
    assert "Why this stays unanswered" in text
    assert ANSWER in text


def test_what_nobody_summarized_stands_in_the_way_as_well(one):
    found, _case, _boss = one
    made = written(one, "summarized", leaning="for")
    assert "not heard yet" in forward(found)
    peers.take_summary(chair(found), made)
    assert "not heard yet" in forward(found)
    peers.summarize(chair(found), made, text=SUMMARY)
    assert forward(found) == ""


def test_what_speaks_for_a_case_needs_no_answer(one):
    found, _case, _boss = one
    written(one, leaning="for")
    assert forward(found) == ""


def test_the_author_takes_back_words_summary_and_answer(one):
    found, case, boss = one
    made = written(one)
    peers.answer(boss, made, text=ANSWER)
    address = reverse("promotions:peer_write", args=[made.pk])
    assert sign_in(made.author).post(address, {"step": "withdraw"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.summary, made.answer, made.leaning) == ("withdrawn", "", "", "")
    assert not PeerWords.objects.filter(input=made).exists()
    assert WORDS not in text_of(boss, case)
    assert forward(found) == ""


def test_what_was_answered_cannot_be_changed_below_the_answer(one):
    _found, _case, boss = one
    made = written(one)
    peers.answer(boss, made, text=ANSWER)
    with pytest.raises(Refused, match="take them back"):
        peers.write(made.author, made, text="Something else altogether.", leaning="for")


def test_only_a_colleague_is_asked_once_by_those_who_may(one):
    found, case, boss = one
    for person, why in (
        (case.candidate, "Ask a colleague"),
        (chair(found), "rate"),
    ):
        with pytest.raises(Refused, match=why):
            peers.ask(boss, case, person, form="named")
    cosima = colleague()
    with pytest.raises(Refused, match="manager, the sponsor and the committee"):
        peers.ask(cosima, case, colleague("Somebody Else"), form="named")
    peers.ask(boss, case, cosima, form="named")
    with pytest.raises(Refused, match="already"):
        peers.ask(chair(found), case, cosima, form="summarized")
    assert PeerInput.objects.get().form == "named", "what the author was told never changes"


def test_asking_by_the_page_mails_a_link_and_nothing_else(one, django_capture_on_commit_callbacks):
    _found, case, boss = one
    cosima = colleague()
    address = reverse("promotions:peers", args=[case.pk])
    nobody = sign_in(boss).post(address, {"who": "nobody@example.org", "form": "named"})
    assert nobody.status_code == 422
    assert "nobody@example.org" in nobody.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(boss).post(address, {"who": cosima.user.email, "form": "summarized"})
    assert answer.status_code == 302
    body = mail.outbox[-1].body
    assert re.search(r"/promotions/peers/[0-9a-f-]{36}/", body)
    assert not {"Candidate", "Bruno", "Spring"} & set(re.findall(r"\w+", body))
    assert "what you saw" in str(peers_queries.waits(cosima))


def test_the_author_finds_again_what_they_said_and_reads_what_the_case_is_for(one, django_assert_num_queries):
    found, case, _boss = one
    made = written(one, "summarized")
    browser = sign_in(made.author)
    listed = browser.get(reverse("promotions:index")).content.decode()
    page = reverse("promotions:peer_write", args=[made.pk])
    assert "What you said about colleagues" in listed
    assert page in listed
    assert "the summary can be read" not in listed
    peers.take_summary(found.raters["Even Edda"], made)
    peers.summarize(found.raters["Even Edda"], made, text=SUMMARY)
    listed = browser.get(reverse("promotions:index")).content.decode()
    assert "sent; the summary can be read" in listed
    assert SUMMARY in browser.get(page).content.decode()
    decide_round(found)
    assert page in browser.get(reverse("promotions:index")).content.decode()
    assert f"The case is for: <bdi>{case.opening.title} (" in browser.get(page).content.decode()
    for reader in (case.candidate, colleague("Somebody Else")):
        listed = sign_in(reader).get(reverse("promotions:index")).content.decode()
        assert "What you said" not in listed
        with django_assert_num_queries(1):
            assert peers_queries.said_by(reader) == []
    with django_assert_num_queries(1):
        assert len(peers_queries.said_by(made.author)) == 1


def test_a_named_question_is_taken_back_by_who_asked_until_it_is_answered(one):
    found, case, boss = one
    made = peers.ask(boss, case, colleague(), form="named")
    button = f'value="{made.voice}"'
    assert button in text_of(boss, case)
    assert button not in text_of(chair(found), case)
    with pytest.raises(Refused, match="not yours"):
        peers.take_back(chair(found), case, made.voice)
    address = reverse("promotions:peers", args=[case.pk])
    sent = {"step": "take_back", "voice": str(made.voice)}
    assert sign_in(boss).post(address, sent).status_code == 302
    assert not PeerInput.objects.exists()
    assert peers_queries.waits(made.author) == []
    again = peers.ask(boss, case, made.author, form="summarized")
    assert again.state == "asked", "who was asked in the wrong form can be asked again"
    named = written(one, name="Colleague Dan")
    assert f'value="{named.voice}"' not in text_of(boss, case)
    with pytest.raises(Refused, match="answered"):
        peers.take_back(boss, case, named.voice)
    assert sign_in(boss).post(address, sent | {"voice": "no number"}).status_code == 302
    assert PeerInput.objects.count() == 2


def test_a_question_for_a_summary_stays_whether_it_was_written_or_not(one):
    _found, case, boss = one
    waiting = peers.ask(boss, case, colleague("Colleague Dan"), form="summarized")
    done = written(one, "summarized", name="Colleague Eve")
    page = text_of(boss, case)
    assert "take_back" not in page
    assert "A question for a summary stays" in page
    refusals = set()
    for made in (waiting, done):
        with pytest.raises(Refused) as refused:
            peers.take_back(boss, case, made.voice)
        refusals.add(str(refused.value))
    assert len(refusals) == 1, "the refusal does not tell either"
    assert PeerInput.objects.count() == 2


def test_whoever_has_no_part_reads_and_does_nothing(one):
    found, case, _boss = one
    made = written(one, "summarized")
    edda = found.raters["Even Edda"]
    Recusal.objects.create(round=found.round, nomination=case, person=edda, reason="Family")
    for name, pk in (("peers", case.pk), ("peer_summary", made.voice), ("peer_answer", made.voice)):
        assert sign_in(edda).get(reverse(f"promotions:{name}", args=[pk])).status_code == 404
    with pytest.raises(Refused):
        peers.take_summary(edda, made)
    with pytest.raises(Refused):
        peers.ask(edda, case, colleague("Another"), form="named")


@pytest.mark.parametrize(("voices", "queries"), [(1, 26), (3, 28)])
def test_a_voice_costs_the_page_the_key_of_its_author_and_no_more(
    one, voices, queries, django_assert_num_queries
):
    _found, case, boss = one
    for number in range(voices):
        written(one, name=f"Colleague {number}")
    case.refresh_from_db()
    with django_assert_num_queries(queries):
        peers_queries.page(boss, case)


def test_ones_copy_of_a_case_holds_what_its_page_shows_and_ones_own_words(one):
    found, case, boss = one
    mira = chair(found)
    declined, taken_back = written(one, name="Colleague Back"), peers.ask(
        boss, case, colleague("Colleague No"), form="named"
    )  # fmt: skip
    peers.withdraw(declined.author, declined)
    peers.decline(taken_back.author, taken_back)
    made = written(one, "summarized", name="Colleague Quiet")
    peers.take_summary(mira, made)
    peers.summarize(mira, made, text=SUMMARY)
    peers.answer(boss, made, text=ANSWER)
    decide_round(found)
    (copy,) = holdings.export(case.candidate)["PeerInput"]
    assert (copy["author"], copy["asked_by"], copy["id"]) == (None, None, str(made.voice))
    assert (copy["summary"], copy["answer"]) == (SUMMARY, ANSWER)
    assert len(copy["written_at"]) == len("2026-01-01"), "a day, not a minute"
    assert str(made.pk) not in str(holdings.export(case.candidate))
    for row in holdings.export(case.candidate)["RaterAssignment"]:
        assert all(len(row[name]) == 10 for name in ("made_at", "handed_in_at") if row[name])
    (summarized,) = holdings.export(mira)["PeerInput"]
    assert (summarized["summary"], summarized["answer"], summarized["author"]) == (SUMMARY, None, None)
    (answered,) = holdings.export(boss)["PeerInput"]
    assert (answered["summary"], answered["answer"], answered["author"]) == (None, ANSWER, None)
