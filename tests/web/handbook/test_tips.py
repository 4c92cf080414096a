"""Tips: nobody reads one before people operations answered, and without a name it has none."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from tests.organization import MANAGERS, assemble_organization, sign_in
from tests.web.handbook import made

from fairlead.web import rights
from fairlead.web.access import get
from fairlead.web.handbook import actions, looking, notices, queries, tips
from fairlead.web.handbook.models import Notice, Tip
from fairlead.web.privacy import actions as privacy
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

PAGE = "/handbook/page/leading/"
SAID = "Begin with the quiet ones."


@pytest.fixture
def organization(db):
    return assemble_organization()


def text(answer) -> str:
    return html.unescape(answer.content.decode())


def send(member, **said):
    return member.browser.post("/handbook/tips/on/leading/", {"text": SAID, "name": "not", **said})


def fingerprint(answer) -> str:
    return text(answer).split('name="read" value="')[1].split('"')[0]


def answers(member, tip, act="publish", **said):
    """Open the page of a tip, and answer what stands there."""
    path = f"/handbook/to-read/{tip.pk}/"
    read = fingerprint(member.browser.get(path))
    return member.browser.post(path, {"act": act, "read": read, **said})


def test_a_tip_is_read_by_nobody_before_it_is_published_and_then_by_everybody_in_the_chart(organization):
    assert send(organization["cleo"]).status_code == 302
    tip = Tip.objects.get()
    for name in MANAGERS:
        assert SAID not in text(organization[name].browser.get(PAGE)), name
    ada = organization["ada"].browser
    assert SAID in text(ada.get(f"/handbook/to-read/{tip.pk}/"))
    assert answers(organization["ada"], tip).status_code == 302
    for name in MANAGERS:
        assert SAID in text(organization[name].browser.get(PAGE)), name


def test_somebody_outside_the_chart_neither_reads_nor_writes(organization):
    organization.person("max").positions.all().delete()
    made.tip(organization.person("cleo"), state="published", text=SAID)
    assert SAID not in text(organization["max"].browser.get(PAGE))
    assert organization["max"].browser.get("/handbook/tips/on/leading/").status_code == 404
    assert send(organization["max"]).status_code == 404
    assert organization["max"].browser.get("/handbook/ideas/").status_code == 404
    assert organization["max"].browser.get("/handbook/values/").status_code == 200


def test_without_a_name_no_page_and_no_line_of_the_record_says_whose_it_is(organization):
    cleo = organization.person("cleo")
    cleo.name = "Cleopatra Uniquename"
    cleo.save()
    before = set(Entry.objects.values_list("pk", flat=True))
    send(organization["cleo"])
    tip = Tip.objects.get()
    for name in ("ada", "finn"):
        for path in ("/handbook/to-read/", f"/handbook/to-read/{tip.pk}/", "/today/"):
            assert "Uniquename" not in text(organization[name].browser.get(path))
    answers(organization["ada"], tip)
    assert "Without a name" in text(organization["max"].browser.get(PAGE))
    assert "Uniquename" not in text(organization["max"].browser.get(PAGE))
    tips.change(cleo, tip=tip, text="Something else entirely.")
    tips.withdraw(cleo, tip=tip)
    lines = Entry.objects.exclude(pk__in=before)
    assert [(one.verb, one.actor) for one in lines] == [("publish_tip", organization.person("ada").pk)]
    assert all(one.subject is None for one in lines)


def test_with_a_name_it_stands_under_the_tip_and_the_record_says_who_read_it(organization):
    send(organization["cleo"], name="shown")
    tip = Tip.objects.get()
    assert "Cleo" in text(organization["ada"].browser.get(f"/handbook/to-read/{tip.pk}/"))
    seen = Entry.objects.get(verb="saw")
    assert (seen.actor, seen.subject) == (organization.person("ada").pk, organization.person("cleo").pk)
    answers(organization["ada"], tip)
    assert "<bdi>Cleo</bdi>" in text(organization["max"].browser.get(PAGE))


def test_another_wording_is_published_by_its_author_alone(organization):
    tip = made.tip(organization.person("cleo"), text=SAID)
    ada, cleo, max_ = (organization[name].browser for name in ("ada", "cleo", "max"))
    said = {"wording": "Ask the quiet ones first.", "reason": "Shorter."}
    answers(organization["ada"], tip, "suggest", **said)
    assert "quiet ones" not in text(max_.get(PAGE))
    assert "Shorter." in text(cleo.get(f"/handbook/tips/{tip.pk}/"))
    assert "Another wording of your tip" in text(cleo.get("/today/"))
    for name in ("max", "ada"):
        assert organization[name].browser.post(f"/handbook/tips/{tip.pk}/accept/").status_code == 404
    assert ada.post(f"/handbook/to-read/{tip.pk}/", {"act": "publish"}).status_code == 404
    cleo.post(f"/handbook/tips/{tip.pk}/accept/")
    shown = text(max_.get(PAGE))
    assert "Ask the quiet ones first." in shown
    assert SAID not in shown


def test_a_declined_tip_is_read_with_its_reason_by_its_author_alone(organization):
    tip = made.tip(organization.person("cleo"), text=SAID)
    ada = organization["ada"].browser
    assert ada.post(f"/handbook/to-read/{tip.pk}/", {"act": "decline"}).status_code == 422
    answers(organization["ada"], tip, "decline", reason="It is about a customer.")
    assert "It is about a customer." in text(organization["cleo"].browser.get("/handbook/tips/"))
    assert "Your tip was not published" in text(organization["cleo"].browser.get("/today/"))
    for name in ("max", "kim"):
        assert "It is about a customer." not in text(organization[name].browser.get(PAGE))


def test_nobody_answers_their_own_tip(organization):
    tip = made.tip(organization.person("ada"))
    assert organization["ada"].browser.get(f"/handbook/to-read/{tip.pk}/").status_code == 404
    with pytest.raises(Refused, match="own tip"):
        tips.publish(organization.person("ada"), tip=tip, read=looking.digest(tip.text))
    assert "None waits." in text(organization["ada"].browser.get("/handbook/to-read/"))
    assert organization["finn"].browser.get(f"/handbook/to-read/{tip.pk}/").status_code == 200


def test_what_was_read_is_what_is_published(organization):
    cleo = organization.person("cleo")
    read = made.tip(cleo, text=SAID)
    tips.change(cleo, tip=read, text="Something nobody has read yet.")
    with pytest.raises(tips.Changed, match="after you opened it"):
        tips.publish(organization.person("ada"), tip=read, read=looking.digest(SAID))
    assert Tip.objects.get().state == "waiting"


@pytest.mark.parametrize("act", ["publish", "decline", "suggest"])
def test_a_tip_that_changed_while_its_page_stood_open_is_shown_anew_and_not_answered(organization, act):
    tip = made.tip(organization.person("cleo"), text=SAID)
    ada, path = organization["ada"].browser, f"/handbook/to-read/{tip.pk}/"
    opened = fingerprint(ada.get(path))
    organization["cleo"].browser.post(f"/handbook/tips/{tip.pk}/", {"text": "Zebras nobody has read about."})
    said = {"act": act, "reason": "My reason.", "wording": "My wording of it."}
    answer = ada.post(path, {**said, "read": opened})
    shown = text(answer)
    assert answer.status_code == 422
    assert "changed this tip after you opened it" in shown
    assert "Zebras nobody has read about." in shown
    assert "My reason." in shown, "what was typed is not lost"
    assert Tip.objects.get().state == "waiting"
    assert ada.post(path, {**said, "read": ""}).status_code == 422
    assert Tip.objects.get().state == "waiting"
    assert ada.post(path, {**said, "read": fingerprint(answer)}).status_code == 302
    assert Tip.objects.get().state != "waiting"


def test_a_form_with_a_mistake_still_holds_what_was_read(organization):
    tip = made.tip(organization.person("cleo"), text=SAID)
    path = f"/handbook/to-read/{tip.pk}/"
    wrong = organization["ada"].browser.post(path, {"act": "decline"})
    assert fingerprint(wrong) == looking.digest(SAID)


def test_a_changed_tip_is_read_anew_before_anybody_sees_it(organization):
    tip = made.tip(organization.person("cleo"), state="published", text=SAID)
    answer = organization["cleo"].browser.post(f"/handbook/tips/{tip.pk}/", {"text": "Zebras are quiet too."})
    assert answer.status_code == 302
    shown = text(organization["max"].browser.get(PAGE))
    assert "Zebras" not in shown
    assert SAID not in shown


def test_names_and_dates_are_marked_once_before_a_tip_is_sent(organization):
    max_ = organization.person("max")
    max_.name = "Maximilian Okonkwo"
    max_.save()
    said = {"text": "Maximilian and I tried it on 2026-03-02.", "name": "not"}
    cleo = organization["cleo"].browser
    answer = cleo.post("/handbook/tips/on/leading/", said)
    shown = text(answer)
    assert answer.status_code == 200
    assert "<mark>Maximilian</mark>" in shown
    assert "<mark>2026-03-02</mark>" in shown
    assert not Tip.objects.exists()
    looked = shown.split('name="looked" value="')[1].split('"')[0]
    other = cleo.post("/handbook/tips/on/leading/", {**said, "text": "Okonkwo did it.", "looked": looked})
    assert "<mark>Okonkwo</mark>" in text(other), "what was looked over is what may be sent"
    assert cleo.post("/handbook/tips/on/leading/", {**said, "looked": looked}).status_code == 302
    assert Tip.objects.get().text == said["text"]


def test_under_a_name_only_others_are_marked(organization):
    said = {"text": "I tried it on 2026-03-02.", "name": "shown"}
    assert organization["cleo"].browser.post("/handbook/tips/on/leading/", said).status_code == 302


def test_one_person_does_not_flood_those_who_read(organization):
    cleo = organization.person("cleo")
    for number in range(tips.MOST_WAITING):
        tips.write(cleo, page="leading", text=f"Tip number {number}.", name_shown=False)
    answer = send(organization["cleo"])
    assert answer.status_code == 422
    assert "wait to be read" in text(answer)
    assert Tip.objects.count() == tips.MOST_WAITING


def test_a_text_that_is_too_long_or_hides_something_is_refused(organization):
    for wrong in ("x" * 1201, "short", "turned \u202e around", "hidden \x07 bell"):
        assert send(organization["cleo"], text=wrong).status_code == 422, wrong
    assert not Tip.objects.exists()


def test_hostile_text_stays_text_wherever_it_is_read(organization):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    tip = made.tip(organization.person("cleo"), text=hostile, suggestion=hostile, reason=hostile)
    pages = [("ada", f"/handbook/to-read/{tip.pk}/"), ("cleo", f"/handbook/tips/{tip.pk}/")]
    pages += [("cleo", "/handbook/tips/")]
    made.tip(None, state="published", text=hostile)
    pages += [("max", PAGE)]
    for name, path in pages:
        shown = organization[name].browser.get(path).content.decode()
        assert "alert(1)" in shown, path
        assert "<script>alert" not in shown, path
        assert "<img src=x" not in shown, path


def test_people_operations_are_told_under_today_that_something_waits(organization):
    made.tip(organization.person("cleo"))
    made.tip(organization.person("max"))
    assert "2 tips wait to be read" in text(organization["ada"].browser.get("/today/"))
    assert "wait to be read" not in text(organization["ben"].browser.get("/today/"))


def test_without_a_second_factor_nothing_is_moderated(organization):
    tip = made.tip(organization.person("cleo"), text=SAID)
    browser = sign_in(organization.person("ada"), second_factor=False)
    answer = browser.get(f"/handbook/to-read/{tip.pk}/")
    assert answer.status_code == 302
    assert SAID not in text(browser.get("/today/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_the_same_whatever_is_in_them(organization, rows, django_assert_num_queries):
    for _ in range(rows):
        made.tip(organization.person("cleo"), name_shown=True)
        made.notice(organization.person("max"))
    for name, path, number in (("ada", "/handbook/to-read/", 7), ("cleo", "/handbook/tips/", 6)):
        organization[name].browser.get(path)
        with django_assert_num_queries(number):
            organization[name].browser.get(path)


def test_without_a_second_factor_the_handbook_stays_open_as_to_every_colleague(organization):
    ada = organization.person("ada")
    made.tip(organization.person("cleo"), state="published", text=SAID)
    made.tip(ada, state="published")
    idea = made.idea(organization.person("cleo"))
    hidden = made.idea(organization.person("cleo"), title="Taken away", state="hidden")
    browser = sign_in(ada, second_factor=False)
    assert SAID in text(browser.get(PAGE))
    assert SAID in text(browser.get("/handbook/search/?q=quiet")).replace("<mark>", "").replace("</mark>", "")
    for path in ("/handbook/", "/handbook/ideas/", f"/handbook/ideas/{idea.pk}/", "/handbook/tips/"):
        assert browser.get(path).status_code == 200, path
    assert "Taken away" not in text(browser.get("/handbook/ideas/"))
    for path in ("/handbook/to-read/", f"/handbook/ideas/{hidden.pk}/"):
        assert browser.get(path).headers["Location"] == "/accounts/2fa/", path
    made.answer(organization.person("cleo"), to=made.idea(ada, title="Mine"))
    shown = text(browser.get("/today/"))
    assert shown.index("Your tip was published") < shown.index("Your role asks for a second factor")
    assert "1 new answer to “Mine”" in shown


# --- something is wrong with it -------------------------------------------------------------------


def test_a_notice_takes_a_tip_away_and_never_says_who_sent_it(organization):
    tip = made.tip(organization.person("cleo"), state="published", text=SAID)
    max_ = organization.person("max")
    max_.name = "Maximilian Uniquename"
    max_.save()
    path = f"/handbook/notices/about/tip/{tip.pk}/"
    assert organization["max"].browser.post(path, {"text": "It names a customer."}).status_code == 302
    sent = Notice.objects.get()
    ada = organization["ada"].browser
    assert "1 notice about the handbook" in text(ada.get("/today/"))
    shown = text(ada.get(f"/handbook/notices/{sent.pk}/"))
    assert "It names a customer." in shown
    assert "Uniquename" not in shown
    ada.post(f"/handbook/notices/{sent.pk}/", {"act": "take_away", "reason": "A customer is named."})
    sent.refresh_from_db()
    assert (sent.by, sent.taken_away) == (None, True)
    assert SAID not in text(organization["kim"].browser.get(PAGE))
    assert "A customer is named." in text(organization["cleo"].browser.get("/handbook/tips/"))
    assert not Entry.objects.filter(actor=max_.pk).exists()


def test_a_notice_can_be_left_and_is_answered_once_for_all_who_sent_one(organization):
    tip = made.tip(organization.person("cleo"), state="published", text=SAID)
    for name in ("max", "eve"):
        notices.send(organization.person(name), thing=tip, text="I do not like it.")
    first = Notice.objects.first()
    notices.settle(organization.person("ada"), notice=first, take_away=False, reason="")
    assert not Notice.objects.filter(settled_on=None).exists()
    assert not Notice.objects.exclude(by=None).exists()
    assert SAID in text(organization["max"].browser.get(PAGE))
    with pytest.raises(Refused, match="already"):
        notices.settle(organization.person("finn"), notice=first, take_away=False, reason="")


def test_nobody_answers_a_notice_about_their_own_words(organization):
    tip = made.tip(organization.person("ada"), state="published")
    sent = made.notice(organization.person("max"), about=tip)
    assert organization["ada"].browser.get(f"/handbook/notices/{sent.pk}/").status_code == 404
    assert organization["finn"].browser.get(f"/handbook/notices/{sent.pk}/").status_code == 200


def test_what_cannot_be_read_cannot_be_pointed_at(organization):
    tip = made.tip(organization.person("cleo"))
    for name in ("max", "kim"):
        path = f"/handbook/notices/about/tip/{tip.pk}/"
        assert organization[name].browser.get(path).status_code == 404


# --- leaving --------------------------------------------------------------------------------------


def test_a_tip_is_in_its_authors_file_and_in_nobody_elses(organization):
    made.tip(organization.person("cleo"), text=SAID)
    assert rights.everything(organization.person("cleo"))["Tip"][0]["text"] == SAID
    assert rights.everything(organization.person("max"))["Tip"] == []
    assert rights.everything(organization.person("ada"))["Tip"] == []


def test_who_goes_takes_along_tips_with_a_name_and_what_nobody_published(organization):
    cleo = organization.person("cleo")
    made.tip(cleo, text="waiting")
    made.tip(cleo, state="published", name_shown=True, text="named")
    kept = made.tip(cleo, state="published", text="nameless")
    actions.forget(cleo)
    assert [(one.pk, one.author) for one in Tip.objects.all()] == [(kept.pk, None)]
    assert "nameless" in text(organization["max"].browser.get(PAGE))


def test_whoever_is_erased_leaves_no_word(organization):
    cleo = organization.person("cleo")
    made.tip(cleo, state="published", text="nameless")
    made.idea(cleo)
    made.answer(cleo, to=made.idea(organization.person("max")))
    privacy.ask(cleo)
    from fairlead.web.privacy.models import ErasureRequest

    privacy.erase(organization.person("ada"), request=ErasureRequest.objects.get())
    assert not Tip.objects.exists()
    assert [one.author for one in queries.Idea.objects.all()] == [organization.person("max")]
    assert not queries.IdeaAnswer.objects.exists()


def test_what_others_answered_to_somebody_erased_stays_without_the_ideas_words(organization):
    cleo, max_ = organization.person("cleo"), organization.person("max")
    for title, state in (("Shown idea", "open"), ("Hidden idea", "hidden")):
        idea = made.idea(cleo, title=title, state=state, reason="About Shown idea")
        made.answer(cleo, to=idea, text="My own answer.")
        made.answer(max_, to=idea, text="We tried it for a month.")
    alone = made.idea(cleo, title="Alone idea")
    made.answer(cleo, to=alone)
    privacy.ask(cleo)
    from fairlead.web.privacy.models import ErasureRequest

    privacy.erase(organization.person("ada"), request=ErasureRequest.objects.get())
    left = list(queries.Idea.objects.order_by("state"))
    assert [(one.state, one.author, one.text, one.effect, one.reason) for one in left] == [
        ("closed", None, "", "", ""),
        ("hidden", None, "", "", ""),
    ]
    assert not any(title in one.title for one in left for title in ("Shown", "Hidden", "Alone"))
    assert [(one.author, one.text) for one in queries.IdeaAnswer.objects.all()] == [
        (max_, "We tried it for a month.")
    ] * 2
    shown = text(organization["kim"].browser.get(f"/handbook/ideas/{left[0].pk}/"))
    assert "We tried it for a month." in shown
    assert "Its words are gone." in shown
    assert organization["kim"].browser.get("/handbook/ideas/").status_code == 200
    assert "We tried it" in str(rights.everything(max_)["IdeaAnswer"])


def test_who_leaves_takes_no_answers_of_others_along_with_an_idea_that_was_taken_away(organization):
    idea = made.idea(organization.person("cleo"), title="Planted", state="hidden")
    made.answer(organization.person("max"), to=idea)
    actions.forget(organization.person("cleo"))
    assert queries.IdeaAnswer.objects.get().author == organization.person("max")
    assert "Planted" not in queries.Idea.objects.get().title


def test_an_idea_stays_as_long_as_the_youngest_answer_to_it(organization):
    from fairlead.web.handbook.expiry import clear_handbook

    now = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    idea = made.idea(organization.person("cleo"), made_at=now - dt.timedelta(days=400))
    made.idea(organization.person("cleo"), made_at=now - dt.timedelta(days=400))
    made.answer(organization.person("max"), to=idea, made_at=now - dt.timedelta(days=390))
    young = made.answer(organization.person("max"), to=idea, made_at=now - dt.timedelta(days=10))
    clear_handbook(now, 365)
    assert [one.pk for one in queries.Idea.objects.all()] == [idea.pk]
    assert [one.pk for one in queries.IdeaAnswer.objects.all()] == [young.pk]
    clear_handbook(now + dt.timedelta(days=365), 365)
    assert not queries.Idea.objects.exists()


def test_a_tip_goes_three_years_after_it_was_written(organization):
    from fairlead.web.privacy import classes

    made.tip(organization.person("cleo"), state="published")
    days = classes.days("handbook")
    day = dt.datetime.combine(Tip.objects.get().written_on, dt.time(12), tzinfo=dt.UTC)
    classes.expire(day + dt.timedelta(days=days))
    assert Tip.objects.exists()
    classes.expire(day + dt.timedelta(days=days + 1))
    assert not Tip.objects.exists()


def test_a_door_gives_nobody_a_waiting_tip_but_its_author_and_those_who_answer(organization):
    from django.http import Http404

    tip = made.tip(organization.person("cleo"))
    assert get(organization["cleo"].person.user, "tip.own", tip.pk) == tip
    for name in MANAGERS:
        if name != "cleo":
            with pytest.raises(Http404):
                get(organization[name].person.user, "tip.own", tip.pk)
        with pytest.raises(Http404):
            get(organization[name].person.user, "tip.read", tip.pk)
