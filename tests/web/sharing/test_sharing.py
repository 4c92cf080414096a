"""One reading, as it stands today, for one person, until a day: and nothing beyond that."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import assemble_organization
from tests.web.audits import made
from tests.web.sharing.matrix import own_share
from tests.web.sharing.steps import Sharing, days, snapshot_of

from fairlead.web import finding, rights
from fairlead.web.audits import shareable
from fairlead.web.audits.models import Reading
from fairlead.web.people.models import Person, User
from fairlead.web.roster.models import Position
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing import actions, queries
from fairlead.web.sharing.models import Share
from fairlead.web.trail.models import Entry


@pytest.fixture
def organization(db):
    return assemble_organization()


def test_the_reader_sees_exactly_what_the_preview_showed(organization):
    sharing = Sharing(organization)
    preview, answer = sharing.share()
    assert answer.status_code == 302
    share = Share.objects.get()
    assert (share.owner, share.reader) == (organization.person("cleo"), organization.person("max"))
    path = f"/sharing/{share.pk}/"
    before = snapshot_of(preview.content.decode())
    assert snapshot_of(organization["max"].browser.get(path).content.decode()) == before
    assert snapshot_of(sharing.member.browser.get(path).content.decode()) == before
    assert before.count("<svg") >= 6
    assert before.count("How this was computed") >= 8


def test_nobody_else_sees_it_and_nobody_can_pass_it_on(organization):
    sharing = Sharing(organization)
    sharing.share()
    share = Share.objects.get()
    for name, member in organization.members.items():
        expected = 200 if name in {"cleo", "max"} else 404
        assert member.browser.get(f"/sharing/{share.pk}/").status_code == expected, name
    reader = organization["max"].browser
    for thing in (share.pk, sharing.reading.pk):
        assert reader.get(f"/sharing/new/reading/{thing}/").status_code == 404
        assert reader.post(f"/sharing/new/reading/{thing}/", sharing.form).status_code == 404
    assert reader.post(f"/sharing/{share.pk}/take-back/").status_code == 404
    page = reader.get(f"/sharing/{share.pk}/").content.decode()
    main = page.split("<main", 1)[1].split("</main>")[0]
    links = {link for link in re.findall(r'href="([^"]+)"', main) if not link.startswith("/handbook/page/")}
    assert links == {"/sharing/"}, "nothing to take along, nothing of the owner's room"
    assert "data-spec" not in main
    assert "<form" not in main


def test_taken_back_it_is_gone_at_the_next_request_like_a_missing_one(organization):
    sharing = Sharing(organization)
    sharing.share()
    share, reader = Share.objects.get(), organization["max"].browser
    path = f"/sharing/{share.pk}/"
    assert reader.get(path).status_code == 200
    assert sharing.member.browser.post(f"{path}take-back/").status_code == 302
    gone = reader.get(path)
    missing = reader.get("/sharing/00000000-0000-4000-8000-000000000000/")
    assert (gone.status_code, gone.content) == (404, missing.content)
    share.refresh_from_db()
    assert share.snapshot is None
    assert "shows you a reading" not in reader.get("/today/").content.decode()
    assert "taken back on" in sharing.member.browser.get("/sharing/").content.decode()
    assert sharing.member.browser.post(f"{path}take-back/").status_code == 302
    assert Entry.objects.filter(verb="end_share").count() == 1


def test_it_ends_at_midnight_where_the_owner_lives(organization):
    owner = organization["cleo"].person
    owner.zone = "Pacific/Auckland"
    owner.save(update_fields=["zone"])
    organization["cleo"].person.refresh_from_db()
    sharing = Sharing(organization)
    now = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)  # the second of June in Auckland, at midnight
    with time_machine.travel(now - dt.timedelta(minutes=1), tick=False):
        share = actions.share(
            owner,
            reader=organization.person("max"),
            kind="reading",
            object_id=sharing.reading.pk,
            title="Reading",
            snapshot={"sections": []},
            until=dt.date(2026, 6, 1),
        )
        organization["max"].browser.force_login(organization.person("max").user)
        assert organization["max"].browser.get(f"/sharing/{share.pk}/").status_code == 200
    with time_machine.travel(now, tick=False):
        organization["max"].browser.force_login(organization.person("max").user)
        assert organization["max"].browser.get(f"/sharing/{share.pk}/").status_code == 404
        assert queries.export(organization.person("max"))["Share"] == []
        actions.tick()
    share.refresh_from_db()
    assert (share.snapshot, share.ended_at) == (None, share.ends_at)
    line = Entry.objects.get(verb="share_over")
    assert (line.actor, line.subject) == (None, owner.pk)


def test_a_copy_does_not_follow_what_changes_later(organization):
    sharing = Sharing(organization)
    sharing.share()
    share = Share.objects.get()
    before = snapshot_of(organization["max"].browser.get(f"/sharing/{share.pk}/").content.decode())
    run = sharing.reading.run
    run.svgs = dict.fromkeys(run.svgs, "<svg>changed</svg>")
    run.save(update_fields=["svgs"])
    after = snapshot_of(organization["max"].browser.get(f"/sharing/{share.pk}/").content.decode())
    assert before == after


def test_what_changed_between_preview_and_yes_is_shown_again_first(organization):
    sharing = Sharing(organization)
    form, page = sharing.preview()
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page.content.decode())[1]
    parts = ["map"]
    again = sharing.member.browser.post(
        sharing.path, form | {"parts": parts, "digest": digest, "step": "share"}
    )
    assert again.status_code == 200
    assert "Nothing has been sent yet" in again.content.decode()
    assert not Share.objects.exists()


@pytest.mark.parametrize("how", ["reading", "room", "account", "reader"])
def test_it_goes_with_the_reading_and_with_either_account(organization, how):
    sharing = Sharing(organization)
    sharing.share()
    assert Share.objects.count() == 1
    if how == "reading":
        sharing.member.browser.post(f"/role/readings/{sharing.reading.pk}/delete/")
    elif how == "room":
        from fairlead.web.audits import actions as audits

        audits.delete_everything(actor=sharing.member.person)
    else:
        rights.forget(organization.person("cleo" if how == "account" else "max"))
    assert not Share.objects.exists()


def test_when_the_reader_leaves_the_copy_goes_with_the_next_round(organization):
    Sharing(organization).share()
    reader = organization.person("max")
    reader.left = timezone.localdate() - dt.timedelta(days=1)
    reader.save(update_fields=["left"])
    actions.tick()
    assert Share.objects.get().snapshot is None


# --- what is in it ----------------------------------------------------------------------------


def test_the_copy_holds_no_title_name_answer_rule_or_specification(organization):
    sharing = Sharing(organization)
    result = sharing.reading.run.result
    planted = "Quarzlibelle"
    audit = result["audit"]
    audit["time"]["unsorted"][0]["title"] = planted
    audit["time"]["one_to_ones"][0]["report"] = planted
    audit["time"]["high_payoff"].append(
        {"name": f"{planted} area", "label": planted, "hours": 1.0, "events": 1}
    )
    audit["time"]["rules"][0]["reason"] = planted
    audit["role"] |= {"source": "own", "title": planted}
    audit["notes"].append(planted)
    audit["next_step"]["does"] = planted
    for one in audit["warnings"]:
        one["evidence"] = [planted]
    for one in result["drawn"]:
        if one["name"] in {"one-to-ones", "high-payoff", "drift", "changes"}:
            one["sentence"], one["rows"] = planted, [[planted]]
        if one["spec"]:
            one["spec"]["description"] = planted
    sharing.reading.role_title = planted
    sharing.reading.save()
    sharing.reading.run.result = result
    sharing.reading.run.save(update_fields=["result"])
    reading = Reading.objects.select_related("run").get(pk=sharing.reading.pk)
    copy = shareable.snapshot(reading, list(shareable.PARTS))
    assert planted not in json.dumps(copy)
    assert {section["id"] for section in copy["sections"]} >= {"map", "week", "asked", "payoff", "with"}
    drawn = {one["name"] for section in copy["sections"] for one in section["drawn"]}
    assert drawn.isdisjoint({"one-to-ones", "high-payoff", "drift", "changes"})
    keys = set(re.findall(r'"(\w+)":', json.dumps(copy)))
    assert keys.isdisjoint({"fingerprint", "unsorted", "rules", "spec", "zone", "working_hours", "scored"})


def test_a_part_that_is_not_ticked_is_not_in_the_copy(organization):
    sharing = Sharing(organization)
    sharing.form["parts"] = ["week"]
    _preview, answer = sharing.share()
    assert answer.status_code == 302
    (section,) = Share.objects.get().snapshot["sections"]
    assert section["id"] == "week"
    assert "Evenings" not in json.dumps(Share.objects.get().snapshot)


def test_evenings_are_shown_only_where_somebody_ticks_them():
    assert "evenings" not in shareable.USUAL


# --- what is told to whom ---------------------------------------------------------------------


def test_the_mail_holds_a_link_and_nothing_else(organization):
    mail.outbox.clear()
    Sharing(organization).share()
    (message,) = mail.outbox
    share = Share.objects.get()
    assert message.to == ["max@example.org"]
    assert f"/sharing/{share.pk}/" in message.body
    told = f"{message.subject}\n{message.body}"
    for word in ("Cleo", "Max", "reading", "Reading", share.title):
        assert word not in told


def test_a_mail_server_that_is_down_does_not_undo_it(organization, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    _preview, answer = Sharing(organization).share()
    assert answer.status_code == 302
    assert Share.objects.count() == 1


def test_the_reader_finds_it_under_today_for_a_week_and_under_shared_while_it_stands(organization):
    Sharing(organization).share()
    reader = organization["max"]
    assert "Cleo shows you a reading" in reader.browser.get("/today/").content.decode()
    assert "of <bdi>Cleo</bdi>" in reader.browser.get("/sharing/").content.decode()
    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        reader.browser.force_login(reader.person.user)
        assert "shows you" not in reader.browser.get("/today/").content.decode()
        assert "of <bdi>Cleo</bdi>" in reader.browser.get("/sharing/").content.decode()


def test_a_look_stands_in_the_record_and_nowhere_among_the_shares(organization):
    Sharing(organization).share()
    share, owner = Share.objects.get(), organization["cleo"]
    owner.browser.get("/sharing/")  # takes the message away
    before = re.sub(r'value="[^"]+"', "", owner.browser.get("/sharing/").content.decode())
    owner.browser.get(f"/sharing/{share.pk}/")
    assert not Entry.objects.filter(verb="saw", object_id=share.pk).exists()
    organization["max"].browser.get(f"/sharing/{share.pk}/")
    line = Entry.objects.get(verb="saw", object_id=share.pk)
    assert (line.actor, line.subject, line.facts) == (organization.person("max").pk, owner.person.pk, {})
    after = re.sub(r'value="[^"]+"', "", owner.browser.get("/sharing/").content.decode())
    strip = re.compile(r"csrf[^>]+")
    assert strip.sub("", before) == strip.sub("", after), "no page of shares says whether it was opened"
    record = html.unescape(re.sub(r"<[^>]+>", " ", owner.browser.get("/record/").content.decode()))
    assert "looked at your shared reading" in record


def test_before_sharing_it_is_said_that_looks_are_told(organization):
    reading = made.stand(organization["cleo"])
    page = organization["cleo"].browser.get(f"/sharing/new/reading/{reading.pk}/").content.decode()
    assert "Each time they open it" in page
    Sharing(organization).share()
    shown = organization["max"].browser.get(f"/sharing/{Share.objects.get().pk}/").content.decode()
    assert "each time you open it, their record says so" in shown


def test_a_name_that_is_markup_stays_text(organization):
    person = organization.person("max")
    person.name = "<b>Max</b>"
    person.save(update_fields=["name"])
    preview, _answer = Sharing(organization).share("Max")
    assert "<b>Max</b>" not in preview.content.decode()
    assert "<b>Max</b>" not in organization["cleo"].browser.get("/sharing/").content.decode()


def test_everything_about_me_holds_what_i_show_and_what_is_shown_to_me_while_it_stands(organization):
    own_share(organization.person("cleo"))
    for name in ("cleo", "max"):
        assert len(queries.export(organization.person(name))["Share"]) == 1
    actions.take_back(organization.person("cleo"), Share.objects.get())
    assert queries.export(organization.person("max"))["Share"] == []
    assert queries.export(organization.person("cleo"))["Share"][0]["snapshot"] is None


def test_numbers_of_a_reading_say_who_else_sees_them_while_they_do(organization):
    sharing = Sharing(organization)
    sharing.share()
    own = sharing.member.browser
    says = f"You; the parts you ticked also Max until {Share.objects.get().until:%-d %B %Y}."
    for path in ("/role/", f"/role/readings/{sharing.reading.pk}/"):
        page = own.get(path).content.decode()
        assert says in page
        assert "You alone." not in page.split("How this step was chosen")[1]
    own.post(f"/sharing/{Share.objects.get().pk}/take-back/")
    assert "ticked also" not in own.get("/role/").content.decode()


def test_a_kind_that_nobody_offers_is_not_there(organization):
    reading = made.stand(organization["cleo"])
    assert organization["cleo"].browser.get(f"/sharing/new/secret/{reading.pk}/").status_code == 404


def test_who_looks_for_somebody_learns_what_the_chart_says_and_no_address(organization):
    max_ = organization.person("max")
    max_.email = "max.at.work@example.net"
    max_.save(update_fields=["email"])
    Position.objects.filter(person=max_).update(title="Fitter")
    page = Sharing(organization).find("Max").content.decode()
    assert "Fitter, Works" in page
    assert "max.at.work@example.net" not in page
    assert max_.user.email not in page
    outside = PersonFactory.create(name="Olga", user__email="olga@example.org")
    (found,) = finding.find(outside, max_.user.email)
    assert found.says == "", "whoever is not in the organization does not see its chart"


@pytest.mark.parametrize("gone", ["reader", "owner"])
def test_nothing_is_shared_with_or_by_somebody_erased_a_moment_ago(organization, gone):
    cleo, max_ = organization.person("cleo"), organization.person("max")
    reading = made.stand(organization["cleo"])
    Person.objects.get(pk=(max_ if gone == "reader" else cleo).pk).delete()
    with pytest.raises(Refused):
        actions.share(
            cleo,
            reader=max_,
            kind="reading",
            object_id=reading.pk,
            title="t",
            snapshot={"a": 1},
            until=days(3),
        )
    assert not Share.objects.exists()


def test_nothing_is_shared_with_somebody_whose_account_was_closed_a_moment_ago(organization):
    max_ = organization.person("max")
    reading = made.stand(organization["cleo"])
    assert max_.user.is_active
    User.objects.filter(pk=max_.user_id).update(is_active=False)
    with pytest.raises(Refused, match="no account"):
        actions.share(
            organization.person("cleo"),
            reader=max_,
            kind="reading",
            object_id=reading.pk,
            title="t",
            snapshot={"a": 1},
            until=days(3),
        )
