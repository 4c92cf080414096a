"""Three files: what holds for each, what stands in which, and how an older installation gets there."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from fairlead.web.vault.tables import APART, BALLOTS, MAIN, private_models, schemas

ON_SQLITE = pytest.mark.skipif(
    "FAIRLEAD_TEST_DATABASE" in os.environ, reason="PostgreSQL keeps everything in one place"
)
ROOT = Path(__file__).parents[3]
WORD = "Haselnussquark"


def run(data: Path, *command: str, **more: str) -> str:
    """Run fairlead-web in an environment of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "fairlead.web.manage", *command],
        env={**kept, "FAIRLEAD_DATA": str(data), **more},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shell(data: Path, script: str, **more: str) -> str:
    return run(data, "shell", "--no-imports", "-c", script, **more)


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_every_connection_keeps_every_file_as_promised():
    import threading

    def pragmas(found):
        with connection.cursor() as cursor:
            for schema in (MAIN, *APART):
                for name in ("journal_mode", "synchronous", "secure_delete"):
                    cursor.execute(f"PRAGMA {schema}.{name}")
                    found[schema, name] = cursor.fetchone()[0]
            cursor.execute("PRAGMA foreign_keys")
            found["foreign_keys"] = cursor.fetchone()[0]
        connection.close()

    expected = {"foreign_keys": 1}
    for schema in (MAIN, *APART):
        expected |= {
            (schema, "journal_mode"): "wal",
            (schema, "synchronous"): 2,
            (schema, "secure_delete"): 1,
        }
    for _ in range(3):
        found: dict = {}
        thread = threading.Thread(target=pragmas, args=(found,))
        thread.start()
        thread.join()
        assert found == expected


@ON_SQLITE
@pytest.mark.django_db
def test_each_table_stands_in_its_file_alone():
    with connection.cursor() as cursor:
        stands = {}
        for schema in (MAIN, *APART):
            cursor.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")
            stands[schema] = {name for (name,) in cursor.fetchall() if not name.startswith("sqlite_")}
        # An index is only of use where its table is.
        cursor.execute(
            "SELECT count(*) FROM vault.sqlite_master WHERE type = 'index' AND name = 'runs_of_a_person'"
        )
        assert cursor.fetchone() == (1,)
    assert stands["vault"] == {BALLOTS, *(model._meta.db_table for model in private_models())}
    assert stands["keys"] == {"web_boxkey", "web_datakey"}
    assert not stands[MAIN] & set(schemas())
    assert set(schemas()) < set(connection.introspection.table_names())


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_leaves_the_logs_of_all_files():
    from tests.factories import RunFactory

    from fairlead.web import erasing, vault
    from fairlead.web.vault import files

    run_ = RunFactory.create(result=[WORD], kind=WORD)
    main = Path(connection.settings_dict["NAME"])
    blob = bytes(run_.owner.pk.hex, "ascii")

    def held(mark: bytes) -> list[str]:
        named = [main, *files.beside(main).values()]
        logs = [path.with_name(f"{path.name}-wal") for path in named]
        return [path.name for path in (*named, *logs) if path.exists() and mark in path.read_bytes()]

    assert held(WORD.encode()) != [], "the kind is not sealed: the check itself must find it"
    assert held(blob) != []
    owner = run_.owner
    run_.delete()
    vault.destroy_key(owner)
    owner.delete()
    assert erasing.empty_the_log()
    assert held(WORD.encode()) == []
    assert held(blob) == []


SETTINGS = """
from fairlead.web.settings import *
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / "fairlead.sqlite3"}}
"""


AUDIT = {
    "time": {"first_day": "2026-01-05", "last_day": "2026-03-01", "hours": {"leading": 3.5}},
    "next_step": {"title": f"{WORD} step"},
}
RUN = {
    "kind": "calendar", "state": "done", "progress": 100, "words": "", "page": "", "inputs_digest": "",
    "params": json.dumps({"options": {"zone": WORD}}), "method": "m", "seed": 0, "error": f"{WORD} error",
    "result": json.dumps({"audit": AUDIT, "word": f"{WORD} ü"}),
    "svgs": json.dumps({"map": f"<svg>{WORD}</svg>"}),
}  # fmt: skip
WAITING = RUN | {"state": "queued", "progress": 0, "params": "{}", "error": "", "result": None, "svgs": "{}"}


def rows_of(number: int) -> list[tuple[str, dict]]:
    """Somebody of the first release, with a row in every table."""
    now, later = datetime.now(tz=UTC).isoformat(), (datetime.now(tz=UTC) + timedelta(days=3)).isoformat()
    user, person, run_, calendar, decision = (uuid.uuid4().hex for _ in range(5))
    account = {"password": "", "is_active": 1, "date_joined": now}
    hours = {"zone": "UTC", "work_from": "09:00:00", "work_to": "17:30:00"}
    role = {"role_title": "", "role_code": "", "created_at": now}

    def own(**values) -> dict:
        return {"id": uuid.uuid4().hex, "owner_id": person, "made_at": now, **values}

    read = {
        "digest": "d", "names": json.dumps([f"{WORD}.ics"]), "options": "{}", "events": 3,
        "table": WORD.encode(), "placed": b"\x00\x01", "titles": zlib.compress(WORD.encode()),
        "titles_until": later, "weeks": None,
        "notes": "[]", "run_id": run_,
    }  # fmt: skip
    rule = {"about": "series", "match": "m", "kind": "doing", "competency": "", "high_payoff": ""}
    sheet = {"instrument": "i", "version": "1", "sha256": "", "values": '{"a": 4.0}'}
    return [
        ("web_user", {"id": user, "email": f"p{number}@example.org", **account}),
        ("web_person", {"id": person, "user_id": user, "name": f"P{number}", **hours, **role}),
        ("web_run", {"id": run_, "owner_id": person, "created_at": now, **RUN}),
        ("web_run", {"id": uuid.uuid4().hex, "owner_id": person, "created_at": now, **WAITING}),
        ("web_calendarimport", own(**read) | {"id": calendar}),
        ("web_reading", own(run_id=run_, calendar_id=calendar, made_on="2026-03-02", role_title="R")),
        ("web_sortingsalt", own(salt=b"s" * 32)),
        ("web_ownrule", own(says=f"{WORD} 'quoted'", events=1, hours=1.5, **rule)),
        ("web_answersheet", own(texts=json.dumps({"b": WORD}), **sheet)),
        ("web_ownprofile", own(title=WORD, source="own", profile=json.dumps({"t": WORD}))),
        ("web_remembered", own(values=json.dumps({"addresses": [WORD]}))),
        ("web_highpayoffentry", own(area="own", name=WORD, saves="", people=WORD, words="x")),
        ("web_procedure", own(name=WORD, brings="b\\x41", kept_at="100% of it")),
        ("web_resolution", own(text=f"{WORD}\nsecond line", decided_on="2026-01-05") | {"id": decision}),
        ("web_weektick", {"resolution_id": decision, "monday": "2026-01-05", "note": WORD}),
        ("web_weektick", {"resolution_id": decision, "monday": "2026-01-12", "note": ""}),
    ]


def old_installation(data: Path, tmp: Path, people: int) -> dict[str, int]:
    """Make the tables as the first release had them, all in one file, with rows in each."""
    (tmp / "old_settings.py").write_text(SETTINGS)
    path = os.pathsep.join([str(tmp), *filter(None, [os.environ.get("PYTHONPATH")])])
    old = {"DJANGO_SETTINGS_MODULE": "old_settings", "PYTHONPATH": path}
    run(data, "migrate", "web", "0002", "--verbosity", "0", **old)
    counts: dict[str, int] = {}
    database = sqlite3.connect(data / "fairlead.sqlite3")
    for number in range(people):
        for table, values in rows_of(number):
            names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" for _ in values)
            database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))
            counts[table] = counts.get(table, 0) + 1
    database.commit()
    database.close()
    return counts


LOOK = """
import json
from fairlead.web import vault
from fairlead.web.vault.tables import private_models
from fairlead.web.people.models import Person
from django.db import connection
def plain(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value
with vault.on_duty("backup"):
    told = {m._meta.db_table: [{k: plain(v) for k, v in row.items()}
            for row in m.objects.order_by("pk").values()] for m in private_models()}
for person in Person.objects.all():
    with vault.seen_by(person):
        assert person.runs.count() == 2, person.runs.count()
with connection.cursor() as cursor:
    for schema in ("main", "keys", "vault"):
        cursor.execute(f"PRAGMA {schema}.integrity_check")
        assert cursor.fetchall() == [("ok",)], schema
        cursor.execute(f"PRAGMA {schema}.foreign_key_check")
        assert cursor.fetchall() == [], schema
print("TOLD" + json.dumps(told, default=str))
"""


@pytest.fixture(scope="module")
def brought_up(tmp_path_factory):
    """An installation of the first release with two people, brought up to this one."""
    data = tmp_path_factory.mktemp("brought_up") / "data"
    data.mkdir()
    old_installation(data, data.parent, people=2)
    run(data, "prepare")
    return data


@pytest.fixture
def installation(brought_up, tmp_path):
    """The same, for one test alone."""
    return Path(shutil.copytree(brought_up, tmp_path / "data"))


def told(data: Path, **more: str) -> dict:
    said = shell(data, LOOK, **more)
    return json.loads(next(line for line in said.splitlines() if line.startswith("TOLD"))[4:])


@ON_SQLITE
@pytest.mark.slow
def test_an_installation_of_the_first_release_keeps_every_row_and_no_plain_word(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    counts = old_installation(data, tmp_path, people=3)
    assert WORD.encode() in (data / "fairlead.sqlite3").read_bytes()
    run(data, "prepare")
    found = told(data)
    assert {name: len(rows) for name, rows in found.items() if rows} == {
        name: count for name, count in counts.items() if name not in {"web_user", "web_person"}
    }
    first = {name: rows[0] for name, rows in found.items() if rows}
    done = next(row for row in found["web_run"] if row["state"] == "done")
    assert done["result"]["word"] == f"{WORD} ü"
    assert done["svgs"] == {"map": f"<svg>{WORD}</svg>"}
    assert (done["params"], done["error"]) == ({"options": {"zone": WORD}}, f"{WORD} error")
    assert next(row for row in found["web_run"] if row["state"] == "queued")["result"] is None
    calendar = first["web_calendarimport"]
    assert (calendar["names"], calendar["table"], calendar["weeks"]) == ([f"{WORD}.ics"], WORD, None)
    assert zlib.decompress(calendar["titles"].encode("latin-1")) == WORD.encode()
    assert first["web_reading"]["line"] == {
        "first_day": "2026-01-05", "last_day": "2026-03-01", "hours": {"leading": 3.5},
        "step": f"{WORD} step",
    }  # fmt: skip
    assert first["web_ownrule"]["says"] == f"{WORD} 'quoted'"
    assert (first["web_answersheet"]["values"], first["web_answersheet"]["texts"]) == (
        {"a": 4.0},
        {"b": WORD},
    )
    procedure = first["web_procedure"]
    assert (procedure["name"], procedure["brings"], procedure["kept_at"]) == (WORD, "b\\x41", "100% of it")
    assert first["web_resolution"]["text"] == f"{WORD}\nsecond line"
    assert sorted(row["note"] for row in found["web_weektick"]) == ["", "", "", WORD, WORD, WORD]
    for file in data.glob("*.sqlite3*"):
        assert WORD.encode() not in file.read_bytes(), file.name
        assert file.stat().st_mode & 0o077 == 0, file.name
    with sqlite3.connect(data / "fairlead.sqlite3") as main:
        names = {name for (name,) in main.execute("SELECT name FROM sqlite_master")}
    assert not names & set(counts) - {"web_user", "web_person"}
    before = {file.name: file.read_bytes() for file in data.glob("*.sqlite3")}
    run(data, "prepare")
    assert told(data) == found
    assert set(before) == {"fairlead.sqlite3", "vault.sqlite3", "keys.sqlite3"}


@ON_SQLITE
@pytest.mark.slow
def test_a_move_that_was_broken_off_is_done_again_from_the_whole_table(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    old_installation(data, tmp_path, people=2)
    with sqlite3.connect(data / "vault.sqlite3") as half:
        half.execute("CREATE TABLE web_run (id char(32))")
        half.execute("INSERT INTO web_run VALUES ('half')")
    run(data, "prepare")
    assert len(told(data)["web_run"]) == 4


@ON_SQLITE
@pytest.mark.slow
def test_the_way_back_gives_every_word_again(installation):
    data = installation
    before = told(data)
    run(data, "migrate", "web", "0006", "--verbosity", "0")
    with sqlite3.connect(data / "vault.sqlite3") as vault:
        texts = vault.execute("SELECT text FROM web_resolution").fetchall()
        assert texts == [(f"{WORD}\nsecond line",)] * 2
        assert vault.execute("SELECT kept_at FROM web_procedure").fetchall() == [("100% of it",)] * 2
    run(data, "migrate", "--verbosity", "0")
    assert told(data) == before


ERASE = """
from fairlead.web import rights, vault
from fairlead.web.people.models import Person
rights.forget(Person.objects.get(name="P0"))
"""
READ_ALL = """
from fairlead.web import vault
from fairlead.web.runs.models import Run
from fairlead.web.vault.keys import KeyGone
opened, gone = 0, 0
with vault.on_duty("backup"):
    for pk in Run.objects.filter(state="done").values_list("pk", flat=True):
        try:
            Run.objects.get(pk=pk).result["word"]
            opened += 1
        except KeyGone:
            gone += 1
print("OPENED", opened, "GONE", gone)
"""


@ON_SQLITE
@pytest.mark.slow
def test_who_was_erased_cannot_be_read_in_a_backup_of_a_month_ago(installation, tmp_path):
    data = installation
    month_ago = tmp_path / "month_ago"
    month_ago.mkdir()
    for name in ("fairlead.sqlite3", "vault.sqlite3", "secret.key", "trail.key"):
        shutil.copy(data / name, month_ago / name)
    before = (data / "keys.sqlite3").read_bytes()
    shell(data, ERASE)
    for name in ("keys.sqlite3", "vault.key"):  # of the keys there is only ever the latest copy
        shutil.copy(data / name, month_ago / name)
    assert "OPENED 1 GONE 1" in shell(month_ago, READ_ALL)
    # The positive control: with the keys of that day everything would open.
    (month_ago / "keys.sqlite3").write_bytes(before)
    assert "OPENED 2 GONE 0" in shell(month_ago, READ_ALL)
    assert "OPENED 1 GONE 0" in shell(data, READ_ALL)


@ON_SQLITE
@pytest.mark.slow
def test_keys_are_sealed_anew_with_a_new_vault_key_and_the_old_one_is_not_needed_any_more(installation):
    data = installation
    old = (data / "vault.key").read_text()
    new = "n" * 40
    assert "2 of 2" in run(data, "rewrap-keys", FAIRLEAD_VAULT_KEY=new, FAIRLEAD_OLD_VAULT_KEY=old)
    assert "0 of 2" in run(data, "rewrap-keys", FAIRLEAD_VAULT_KEY=new, FAIRLEAD_OLD_VAULT_KEY=old)
    assert "OPENED 2 GONE 0" in shell(data, READ_ALL, FAIRLEAD_VAULT_KEY=new)


@ON_SQLITE
@pytest.mark.slow
def test_a_wrong_vault_key_is_one_sentence_at_the_start_and_nothing_is_written_with_it(installation):
    data = installation
    keys = (data / "keys.sqlite3").read_bytes()
    (data / "vault.key").unlink()
    for command in (("prepare",), ("worker",), ("check", "--database", "default")):
        with pytest.raises(AssertionError, match="vault key does not open") as refused:
            run(data, *command)
        assert "Traceback" not in str(refused.value)
    assert (data / "keys.sqlite3").read_bytes() == keys
    with pytest.raises(AssertionError, match="too short"):
        run(data, "check", FAIRLEAD_VAULT_KEY="short")
