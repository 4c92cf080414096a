"""An attacker who has the database: run by ``test_ballot_box.py`` in a process of its own.

    python box_attack.py FOLDER SURVEYS [SCENARIO ...]    prints what came of it as JSON

Surveys are held with real files. Of each day the attacker gets the files as they lie there, with the
log of every single write; a web server's log that tells who sent an answer in which order; and what was
released. Some attackers have the installation's key too, once the survey is over. Each guesses what
everybody answered to the first question, and may learn from half of the surveys, whose truth it is told.
Chance is the best guess out of the released figures alone, learned from the same half; where papers
could be opened, the best one out of the heap of a team's papers.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import sqlite3
import struct
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

FOLDER, SURVEYS = Path(sys.argv[1]), int(sys.argv[2])
HERE, TEMPLATE = FOLDER / "data", FOLDER / "template"
for name in [name for name in os.environ if name.startswith(("FAIRLEAD_", "DJANGO_"))]:
    del os.environ[name]
os.environ |= {"FAIRLEAD_DATA": str(HERE), "DJANGO_SETTINGS_MODULE": "fairlead.web.settings"}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.db.models.expressions import RawSQL  # noqa: E402
from tests.web.feedback.boxed import opened  # noqa: E402

from fairlead.core.blocks import EVERYBODY  # noqa: E402
from fairlead.web import erasing, release, vault  # noqa: E402
from fairlead.web.feedback import closing, mixing, terms  # noqa: E402
from fairlead.web.feedback.models import Survey  # noqa: E402
from fairlead.web.people.models import Person  # noqa: E402
from fairlead.web.vault import box as boxes  # noqa: E402
from fairlead.web.vault import files as vault_files  # noqa: E402
from fairlead.web.vault import sealing, writing  # noqa: E402
from fairlead.web.vault.models import Ballot  # noqa: E402

DAYS, FILES = 4, ("fairlead.sqlite3", "vault.sqlite3", "keys.sqlite3")
FIRST = dt.date(2026, 3, 2)
LEAST = 12
"""Examples without which nothing is learned of a sign."""


@dataclass
class Scenario:
    """What is wrong with the box, and what the attacker has."""

    padded: bool = True
    ordered: bool = False
    timed: bool = False
    burnt: bool = True
    every_day: bool = True
    secret: bool = False


SCENARIOS = {
    "without a key": Scenario(),
    "with the key after the close": Scenario(secret=True),
    "the last box opened": Scenario(burnt=False, every_day=False, secret=True),
    "control: lengths": Scenario(padded=False),
    "control: order": Scenario(ordered=True, burnt=False, every_day=False, secret=True),
    "control: time": Scenario(timed=True, burnt=False, every_day=False, secret=True),
    "control: key kept": Scenario(burnt=False, secret=True),
}


@dataclass
class Evidence:
    """All that the attacker has of one survey."""

    days: list[tuple[bytes, bytes]] = field(default_factory=list)
    """The vault's file in the morning, and its log in the evening."""
    last: dict[str, bytes] = field(default_factory=dict)
    """Every file when all is over."""
    everything: list[bytes] = field(default_factory=list)
    """Every byte of every file and log of every day, to be searched."""
    log: list[list[str]] = field(default_factory=list)
    """Who sent an answer, in the order of each day."""
    team: dict[str, str] = field(default_factory=dict)
    shown: dict[str, tuple[float, str]] = field(default_factory=dict)
    box: UUID | None = None
    truth: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


REAL = ("without a key", "with the key after the close")
"""Who attack one and the same surveys, held as they are held."""


# --- the surveys ------------------------------------------------------------------------------


def files() -> dict[str, bytes]:
    found = {}
    for name in FILES:
        for part in (name, f"{name}-wal"):
            if (HERE / part).exists():
                found[part] = (HERE / part).read_bytes()
    return found


def hold(number: int, scenario: Scenario, chance: random.Random, people: list[Any]) -> Evidence:
    """Hold one survey over some days and collect what lies about."""
    sizes = [chance.randint(5, 8), chance.choice((3, 5, 6))]
    asked = chance.sample(people, sum(sizes) + 2)
    here = [asked[2 : 2 + sizes[0]], asked[2 + sizes[0] :]]
    with transaction.atomic():
        made = opened(
            here, managers=asked[:2], closes_on=FIRST + dt.timedelta(days=DAYS - 1), family=f"wave {number}"
        )
    evidence = Evidence(box=made.survey.pk)
    evidence.team = {str(one.pk): team for team, members in made.teams.items() for one in members}
    answering = [one for one in made.people if chance.random() < 0.9]
    chance.shuffle(answering)
    per_day = -(-len(answering) // DAYS)
    mood = chance.uniform(2.2, 4.2)
    for day in range(DAYS):
        morning = FIRST + dt.timedelta(days=day)
        if not scenario.ordered:
            mixing.mix_open(morning)
        assert erasing.empty_the_log()
        before = files()
        today = answering[day * per_day : (day + 1) * per_day]
        for one in today:
            said = min(5, max(1, round(chance.gauss(mood, 1.1))))
            # Who is unhappy writes more: what a length would tell.
            words = f"canary{chance.getrandbits(64):016x} " * (1 + 3 * (5 - said))
            with transaction.atomic():
                code = made.answer(
                    one, [said], comments=[{"question": "", "text": words, "choice": "themes"}]
                )
            evidence.truth[str(one.pk)] = said
            evidence.words += [words.split()[0], code]
        after = files()
        evidence.log.append([str(one.pk) for one in today])
        if scenario.every_day:
            evidence.days.append((before["vault.sqlite3"], after["vault.sqlite3-wal"]))
        evidence.everything += after.values()
    end = dt.datetime.combine(FIRST + dt.timedelta(days=DAYS), dt.time(3), tzinfo=dt.UTC)
    with vault.on_duty("retention"):
        closing.close_due(end)
    erasing.empty_the_log()
    evidence.last = files()
    if not scenario.every_day:
        evidence.days = [(evidence.last["vault.sqlite3"], b"")]
    evidence.everything += evidence.last.values()
    evidence.shown = shown(made.survey, evidence.team)
    return evidence


def shown(survey: Survey, team: dict[str, str]) -> dict[str, tuple[float, str]]:
    """What was released about the first question, as far as it is nearest to each person."""
    released = release.of(Survey.objects.get(pk=survey.pk))
    assert released is not None
    question = terms.instrument_of(survey).questions()[0].id
    found = {}
    for person, group in team.items():
        cell = released.find(question, "team", group) or released.find(question, "organization", EVERYBODY)
        found[person] = (cell.shown.at, cell.shown.end) if cell else (0.0, "")
    return found


# --- what is broken on purpose ----------------------------------------------------------------


def break_box(scenario: Scenario) -> None:
    """Make the box as others make it."""
    if not scenario.padded:
        boxes.Box.seal = _unpadded  # type: ignore[method-assign]
    if scenario.ordered:
        boxes.places = _in_order  # type: ignore[assignment]
        boxes.COMPANY = 0  # type: ignore[misc]
    if scenario.timed:
        put = boxes.put

        def noted(box: Any, place: UUID, content: Any) -> None:
            put(box, place, content)
            _note_time(content)

        boxes.put = noted
    if not scenario.burnt:
        writing.burn = lambda _box: None  # type: ignore[assignment]


def _note_time(content: Any) -> None:
    """Write down when a paper came first, as a column of its row would."""
    mark = content.receipt.hex()[:32]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault.times SELECT %s, (SELECT count(*) FROM vault.times)"
            " WHERE %s <> '' AND NOT EXISTS (SELECT 1 FROM vault.times WHERE id = %s)",
            [mark, mark, mark],
        )


def _unpadded(self: Any, place: UUID, content: Any) -> dict[str, bytes]:
    head = bytes([bool(content.receipt)]) + content.receipt.ljust(32, b"\0")
    paper = len(content.paper).to_bytes(4) + content.paper
    return {"head": self._sealed("head", place, head), "paper": self._sealed("paper", place, paper)}


def _in_order(box: Any) -> list[UUID]:
    found = Ballot.objects.filter(box=box.number).order_by(RawSQL("rowid", ()))
    return list(found.values_list("pk", flat=True))


# --- the attacker -----------------------------------------------------------------------------


def states(base: bytes, log: bytes) -> list[bytes]:
    """Give the file after each single write that its log holds."""
    found, pages = [], bytearray(base)
    if len(log) < 32:
        return [base]
    size = struct.unpack(">I", log[8:12])[0]
    salts = log[16:24]
    for start in range(32, len(log) - size - 23, size + 24):
        page, commit = struct.unpack(">II", log[start : start + 8])
        if log[start + 8 : start + 16] != salts:
            break  # left over from before
        end = page * size
        if len(pages) < end:
            pages.extend(b"\0" * (end - len(pages)))
        pages[end - size : end] = log[start + 24 : start + 24 + size]
        if commit:
            found.append(bytes(pages))
    return found


Row = tuple[int, UUID, bytes, bytes]


def rows(state: bytes, box: UUID) -> dict[UUID, Row]:
    with sqlite3.connect(":memory:") as database:
        # The header says that there is a log beside; this copy has it inside.
        database.deserialize(state[:18] + b"\1\1" + state[20:])
        found = database.execute("SELECT rowid, id, head, paper FROM web_ballot WHERE box = ?", [box.hex])
        return {UUID(one): (row, UUID(one), head, paper) for row, one, head, paper in found}


def times(state: bytes) -> dict[str, int]:
    with sqlite3.connect(":memory:") as database:
        database.deserialize(state[:18] + b"\1\1" + state[20:])
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'times'").fetchone():
            return {}
        return dict(database.execute("SELECT id, at FROM times").fetchall())


def keys_of(evidence: Evidence, scenario: Scenario) -> list[bytes]:
    """Every key that can be found and opened: the installation's own, and what it opens."""
    if not scenario.secret:
        return []
    masters = [sealing.master(one) for one in settings.VAULT_KEYS]
    found = list(masters)
    for state in (
        evidence.last["keys.sqlite3"],
        *states(evidence.last["keys.sqlite3"], evidence.last.get("keys.sqlite3-wal", b"")),
    ):
        with sqlite3.connect(":memory:") as database:
            database.deserialize(state[:18] + b"\1\1" + state[20:])
            for table, owner in (("web_boxkey", "box"), ("web_datakey", "person")):
                for number, wrapped in database.execute(f"SELECT {owner}, wrapped FROM {table}"):
                    found.append(sealing.unwrap(wrapped, person=UUID(number), masters=masters))
    return list(dict.fromkeys(found))


def opened_rows(
    found: dict[UUID, Row], evidence: Evidence, keys: list[bytes]
) -> list[tuple[int, str, dict[str, Any]]]:
    """Every paper that any key opens, with its row's number and its receipt's hash."""
    papers = []
    for key in keys:
        box = boxes.Box(evidence.box, key, 0)  # type: ignore[arg-type]
        for number, place, head, paper in found.values():
            try:
                content = box.content(place, head, paper)
            except sealing.DoesNotOpen:
                break
            if content.receipt:
                papers.append((number, content.receipt.hex()[:32], json.loads(content.paper)))
    return papers


def read(evidence: Evidence, scenario: Scenario) -> dict[str, int]:
    """Attribute papers that can be read: what appeared with which write, or in which order they lie."""
    keys = keys_of(evidence, scenario)
    if not keys:
        return {}
    found: dict[str, int] = {}
    if scenario.every_day:
        for (base, log), senders in zip(evidence.days, evidence.log, strict=True):
            known = {mark for _n, mark, _p in opened_rows(rows(base, evidence.box), evidence, keys)}
            news = []
            for state in states(base, log):
                fresh = [
                    one
                    for one in opened_rows(rows(state, evidence.box), evidence, keys)
                    if one[1] not in known
                ]
                news += [paper["answers"][0] for _n, _m, paper in fresh]
                known |= {mark for _n, mark, _p in fresh}
            found |= dict(zip(senders, news, strict=False))
        return found
    state = evidence.days[0][0]
    at = times(state)
    papers = sorted(
        opened_rows(rows(state, evidence.box), evidence, keys), key=lambda one: (at.get(one[1], 0), one[0])
    )
    senders = [one for day in evidence.log for one in day]
    for team in set(evidence.team.values()):
        those = [one for one in senders if evidence.team[one] == team]
        found |= dict(
            zip(those, [p["answers"][0] for _n, _m, p in papers if p["team"] == team], strict=False)
        )
    return found


def signs(evidence: Evidence) -> dict[str, dict[str, int]]:
    """Everything about each person's own write that could tell something: which rows, how long, how many."""
    found: dict[str, dict[str, int]] = {}
    for day, ((base, log), senders) in enumerate(zip(evidence.days, evidence.log, strict=False)):
        after = states(base, log)
        if len(after) < len(senders):
            continue
        before = rows(base, evidence.box)
        for order, (sender, state) in enumerate(zip(senders, after, strict=False)):
            now = rows(state, evidence.box)
            changed = [one for one in now if now[one] != before.get(one)]
            grown = [len(now[one][3]) - len(before[one][3]) for one in changed if one in before]
            numbers = sorted(now[one][0] for one in changed)
            lowest = min((row[0] for row in now.values()), default=0)
            found[sender] = {
                "day": day,
                "order": order,
                "rows changed": len(changed),
                "longest": max((len(now[one][3]) for one in changed), default=0) // 60,
                "grown": sum(grown) // 60,
                "first row": (numbers[0] - lowest) // 2 if numbers else -1,
                "middle row": (numbers[len(numbers) // 2] - lowest) // 2 if numbers else -1,
                "pages": len(state) // 4096 % 64,
            }
            before = now
    return found


def mode(values: list[int], otherwise: int) -> int:
    return min(Counter(values).most_common(), key=lambda one: (-one[1], one[0]))[0] if values else otherwise


@dataclass(frozen=True)
class Found:
    """What the attacker drew from all that lay about of one survey, and the truth beside it."""

    truth: dict[str, int]
    team: dict[str, str]
    shown: dict[str, tuple[float, str]]
    signs: dict[str, dict[str, int]]
    papers: dict[str, dict[str, int]]
    words: int


def drawn(evidence: Evidence, names: list[str]) -> Found:
    """Look through every byte once for each scenario; the bytes themselves are not kept."""
    whole = b"".join(evidence.everything)
    every_day = SCENARIOS[names[0]].every_day
    return Found(
        truth=evidence.truth,
        team=evidence.team,
        shown=evidence.shown,
        signs=signs(evidence) if every_day else {},
        papers={name: read(evidence, SCENARIOS[name]) for name in names},
        words=sum(word.encode() in whole for word in (*evidence.words, '"answers"')),
    )


def attack(held: list[Found], name: str) -> dict[str, Any]:
    """Learn from every second survey, guess in the others, count what is right."""
    learn, guess = held[::2], held[1::2]
    by_figure: dict[Any, list[int]] = defaultdict(list)
    by_sign: dict[Any, list[int]] = defaultdict(list)
    everything = []
    for one in learn:
        for person, said in one.truth.items():
            everything.append(said)
            by_figure[one.shown[person]].append(said)
            for sign, value in one.signs.get(person, {}).items():
                by_sign[sign, value].append(said)
    usual = mode(everything, 4)

    def chance(one: Found, person: str) -> int:
        known = by_figure[one.shown[person]]
        figure = round(one.shown[person][0]) or usual
        return mode(known, usual) if len(known) >= LEAST else figure

    def gain(sign: str) -> int:
        told = [
            Counter(said).most_common(1)[0][1] for (which, _value), said in by_sign.items() if which == sign
        ]
        return sum(told)

    best = max(sorted({sign for sign, _value in by_sign}), key=gain, default="")
    worth = best and gain(best) > 1.25 * Counter(everything).most_common(1)[0][1]
    told = {"people": 0, "chance": 0, "right": 0, "read": 0, "sign": best if worth else ""}
    for one in guess:
        papers = one.papers[name]
        told["read"] += len(papers)
        for person, said in one.truth.items():
            known = by_sign[best, one.signs.get(person, {}).get(best)] if worth else []
            guessed = mode(known, usual) if len(known) >= LEAST else chance(one, person)
            told["people"] += 1
            # Who has opened the papers of a team, in no order, guesses what most of them say.
            of_team = [papers[other] for other in papers if one.team[other] == one.team[person]]
            heap = bool(of_team) and not SCENARIOS[name].every_day
            told["chance"] += (mode(of_team, usual) if heap else chance(one, person)) == said
            told["right"] += papers.get(person, guessed) == said
    return told | {"words": sum(one.words for one in held)}


def in_child(names: list[str], people: list[Any]) -> dict[str, Any]:
    """Hold surveys and attack them in a child: what is broken there stays there."""
    told = FOLDER / "told.json"
    told.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            told.write_text(json.dumps(held_and_attacked(names, people)))
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told by the exit code
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status == 0, names
    return dict(json.loads(told.read_text()))


def held_and_attacked(names: list[str], people: list[Any]) -> dict[str, Any]:
    scenario = SCENARIOS[names[0]]
    break_box(scenario)
    chance = random.Random(1912)
    held = []
    for number in range(SURVEYS):
        begin_again(scenario)
        with vault.on_duty("test"):  # a look knows the keys it has opened, and these are others each time
            held.append(drawn(hold(number, scenario, chance, people), names))
    return {name: attack(held, name) for name in names}


def begin_again(scenario: Scenario) -> None:
    """Put the files back as they were before any survey."""
    connections.close_all()
    shutil.rmtree(HERE, ignore_errors=True)
    shutil.copytree(TEMPLATE, HERE)
    if scenario.timed:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE vault.times (id char(32), at INTEGER)")


def main() -> dict[str, Any]:
    wanted = sys.argv[3:] or list(SCENARIOS)
    # What is written is the same, and nobody waits for the disk.
    waits = tuple(pragma for pragma in vault_files.PRAGMAS if pragma[0] != "synchronous")
    vault_files.PRAGMAS = (*waits, ("synchronous", "OFF"))  # type: ignore[misc]
    call_command("migrate", verbosity=0)
    with vault.on_duty("test"):
        people = [Person.objects.create(name=f"Person {number}") for number in range(40)]
    assert erasing.empty_the_log()
    connections.close_all()
    shutil.copytree(HERE, TEMPLATE)
    real = [name for name in wanted if name in REAL]
    told = in_child(real, people) if real else {}
    for name in wanted:
        if name not in REAL:
            told |= in_child([name], people)
    return told


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201 - what the test reads
