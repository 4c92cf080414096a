"""``fairlead-web import-roster``: for cron, the same as the screen."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from tests.web.roster import made

from fairlead.web.people.models import Person
from fairlead.web.roster.models import RosterImport

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    def go(text, *more):
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        call_command("import_roster", str(path), *more)
        return capsys.readouterr().out

    return go


def test_without_yes_it_only_says_what_would_change(run):
    told = run(made.SMALL)
    assert "added: 3" in told
    assert "Nothing was changed. Add --yes to import." in told
    assert not Person.objects.exclude(number=None).exists()


def test_with_yes_it_imports_and_the_second_time_there_is_nothing_to_do(run):
    assert "Imported." in run(made.SMALL, "--yes")
    assert "Nothing would change." in run(made.SMALL, "--yes")
    assert [one.state for one in RosterImport.objects.order_by("made_at")] == ["done", "dropped"]


def test_refused_rows_are_told_with_line_and_sentence_as_on_the_screen(run):
    bad = "id,name,manager_id\n1,Ann,1\n2,Ben,\n"
    told = run(bad, "--yes")
    sentence = made.read(bad).plan["refused"][0]
    assert f"people.csv, line {sentence['line']}, column {sentence['column']}: {sentence['wrong']}" in told
    assert Person.objects.filter(number="2").exists()


def test_many_leaving_need_their_number(run):
    run("id,name\n" + "".join(f"{n},P {n}\n" for n in range(10)), "--yes")
    fewer = "id,name\n" + "".join(f"{n},P {n}\n" for n in range(5))
    with pytest.raises(CommandError, match="Type 5"):
        run(fewer, "--complete", "--yes")
    assert not Person.objects.exclude(left=None).exists()
    assert "Imported." in run(fewer, "--complete", "--yes", "--leaving", "5")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'id,name\n"1,x\n'])
def test_a_list_that_cannot_be_read_ends_with_one_sentence(run, text):
    with pytest.raises(CommandError) as caught:
        run(text, "--yes")
    assert "people.csv" in str(caught.value)
    assert not RosterImport.objects.filter(state="done").exists()


def test_columns_are_named_and_a_missing_file_is_said(run, tmp_path):
    assert "added: 1" in run("Nummer,Wer\n1,Ann\n", "--map", "Nummer=id", "--map", "Wer=name")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_roster", str(tmp_path / "none.csv"))
