"""Heads are written, mailed, exported, compared; the weekly walk keeps its verdict."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.factories import GrantFactory, PersonFactory
from tests.organization import assemble_organization
from tests.web.trail.chain import FIRST_DAY, chain, sql

from fairlead.web import trail
from fairlead.web.trail import actions, checking, guard
from fairlead.web.trail.models import Entry, Head, Verdict


def command(name: str, *arguments: str) -> tuple[str, str, int]:
    """Run one command: what it says, what it says beside, and its code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(name, *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    return out.getvalue(), err.getvalue(), code


def test_each_past_day_with_lines_has_one_head_and_today_has_none(db):
    chain(30)
    assert list(Head.objects.values_list("day", "entry")) == [
        (dt.date(2026, 3, 2), 10),
        (dt.date(2026, 3, 3), 20),
        (dt.date(2026, 3, 4), 30),
    ]
    assert list(Head.objects.values_list("seal", flat=True)) == list(
        Entry.objects.filter(id__in=[10, 20, 30]).order_by("id").values_list("seal", flat=True)
    )
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=10), tick=False):
        ada = PersonFactory.create()
        trail.record(ada, "keep", ada)
        assert actions.write_heads() == 0


def test_a_clock_that_was_set_back_leaves_no_day_with_two_heads(db):
    chain(20)
    ada = PersonFactory.create()
    with time_machine.travel(FIRST_DAY - dt.timedelta(days=3), tick=False):
        trail.record(ada, "keep", ada)
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=5), tick=False):
        actions.write_heads()
        trail.record(ada, "keep", ada)
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=6), tick=False):
        actions.write_heads()
    entries = list(Head.objects.values_list("entry", flat=True))
    assert entries == sorted(entries)
    assert entries[-1] == 22
    assert checking.verify().whole


def test_heads_are_mailed_once_to_auditors_and_the_works_council_and_say_nothing_else(db):
    assemble_organization(signed_in=True)
    mail.outbox.clear()
    Head.objects.all().delete()
    chain(20)
    assert actions.mail_heads() == 2
    assert sorted(message.to for message in mail.outbox) == [["hugo@example.org"], ["ida@example.org"]]
    for message in mail.outbox:
        assert re.fullmatch(r"(\d{4}-\d\d-\d\d \d+ [0-9a-f]{64}\n)+", message.body)
        assert len(checking.read_heads(message.body)) == Head.objects.count()
    mail.outbox.clear()
    assert actions.mail_heads() == 0
    assert mail.outbox == []


def test_heads_wait_until_there_is_somebody_to_mail_them_to(db):
    chain(10)
    assert actions.mail_heads() == 0
    GrantFactory.create(role="auditor", person__user__email="late@example.org")
    assert actions.mail_heads() == 1
    assert mail.outbox[-1].to == ["late@example.org"]


def test_a_role_that_does_not_count_gets_no_heads(db):
    today = timezone.localdate()
    GrantFactory.create(role="auditor", confirmed_at=None)
    GrantFactory.create(role="auditor", until=today - dt.timedelta(days=1))
    GrantFactory.create(role="auditor", person__left=today - dt.timedelta(days=1))
    GrantFactory.create(role="auditor", person__user__is_active=False)
    GrantFactory.create(role="people_operations")
    assert actions.checkers() == []


def test_a_mail_server_that_is_down_loses_no_head(db, settings):
    GrantFactory.create(role="auditor")
    chain(10)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert actions.mail_heads() == 0
    assert Head.objects.filter(mailed_at=None).exists()


def test_the_walk_is_done_once_a_week_and_its_verdict_kept(db):
    chain(10)
    actions.tick()
    actions.tick()
    assert Verdict.objects.count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1), tick=False):
        actions.tick()
    assert Verdict.objects.count() == 2
    assert Verdict.objects.first().whole


def test_a_bad_verdict_sends_a_link_to_those_who_check(db):
    GrantFactory.create(role="auditor", person__user__email="auditor@example.org")
    chain(10)
    guard.disarm()
    sql("UPDATE web_entry SET verb = 'tick' WHERE id = 4")
    verdict = actions.check()
    assert (verdict.whole, verdict.wrong, verdict.lines) == (False, 4, 3)
    (message,) = mail.outbox
    assert message.to == ["auditor@example.org"]
    assert "/record/" in message.body
    assert "Line 4" not in message.body


def test_the_command_says_one_sentence_and_its_code(db, tmp_path):
    heads = tmp_path / "heads.txt"
    chain(30)
    heads.write_text("Subject: Fairlead\n\n" + command("export_heads")[0])
    assert len(checking.read_heads(heads.read_text())) == 3
    said, _beside, code = command("verify_trail", "--heads", str(heads))
    assert (code, said) == (
        0,
        "The record is whole: lines 1 to 30 follow from each other and agree with the 3 heads given.\n",
    )
    guard.disarm()
    sql("DELETE FROM web_entry WHERE id = 30")
    sql("DELETE FROM web_head WHERE entry = 30")
    assert command("verify_trail") == (
        "The record is whole: lines 1 to 29 follow from each other.\n",
        "",
        0,
    )
    said, _beside, code = command("verify_trail", "--heads", str(heads))
    assert code == 1
    assert said == ("Cut off: the record ends with line 29, and on 4 March 2026 it had reached line 30.\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        ("nothing of the kind\n", "holds no heads"),
        ("2026-02-31 5 " + "0" * 64 + "\n", "a day that does not exist"),
    ],
)
def test_a_file_without_heads_is_no_verdict(db, tmp_path, content, sentence):
    path = tmp_path / "heads.txt"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("verify_trail", "--heads", str(path))
    assert refused.value.returncode == 2
