"""Titles made up trade by trade while the rules were broadened are still read as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlead.core.kinds import KINDS, classify
from fairlead.library.kind_examples import example_meetings
from fairlead.library.kinds import Facts, load_rules

ROUNDS = sorted((Path(__file__).parent / "kind_titles").glob("round-*.txt"))
PEOPLE = {
    "R": "reports", "M": "managers", "P": "peers", "F": "other_functions", "O": "other_functions",
    "X": "outside", "U": "unknown",
}  # fmt: skip
ORGANIZERS = {
    "R": "report", "M": "manager", "P": "peer", "O": "other_function", "X": "outside", "U": "unknown",
}  # fmt: skip
EVERY = {"d": "daily", "w": "weekly", "w2": "biweekly", "m": "monthly", "q": "quarterly"}


def event(line):
    title, signals, label = (part.strip() for part in line.rsplit("|", 2))
    facts = {"title": title}
    for signal in signals.split():
        if signal in EVERY:
            facts |= {"every": EVERY[signal], "notice": facts.get("notice", 2000.0)}
        elif signal == "pers":
            facts["personal"] = True
        elif signal == "allday":
            facts |= {"all_day": True, "minutes": 1440}
        elif signal[0] == "n":
            facts["notice"] = float(signal[1:])
        elif signal[0] == "o":
            facts["organizer"] = ORGANIZERS[signal[1]]
        elif signal != "-":
            facts[PEOPLE[signal[0]]] = int(signal[1:])
    return Facts(**facts), label.split("/")[0]


def test_four_rounds_of_titles_are_there():
    assert len(ROUNDS) == 4


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_titles_of_many_trades_are_still_read(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    events = [event(line) for line in lines if line and not line.startswith("#")]
    meetings = example_meetings([facts for facts, _ in events])
    found = classify(meetings, load_rules())
    told = {}
    for row, number in enumerate(meetings.series.tolist()):
        told.setdefault(number, str(KINDS[found.kind[row]]))
    right = sum(told[number] == kind for number, (_, kind) in enumerate(events))
    assert right / len(events) >= 0.86
