"""How often events get the kind that a reader gave them, on labelled events.

Without arguments: the half that rules are made with, with every miss. With ``--write``: the other sets,
whose tables are written to the method page. Of those, counts only are printed: whoever changes a rule must
not see their titles. ``LOOKS`` says how often each has been run for a figure that somebody saw.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from fairlead.core.kinds import KINDS, classify
from fairlead.library.kind_examples import example_meetings
from fairlead.library.kinds import Facts, load_rules

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "tests/golden/kinds/events.csv"
FRESH = ROOT / "tests/golden/kinds/fresh.csv"
BLIND = ROOT / "tests/golden/kinds/blind.csv"
STRANGER = ROOT / "tests/golden/kinds/stranger.csv"
PAGE = ROOT / "docs/methods/kinds-of-work.md"
FILES = {"fresh": FRESH, "blind": BLIND, "stranger": STRANGER}
LOOKS = {
    "stranger": "Fourth set, first look",
    "blind": "Third set, first look",
    "fresh": "Fresh events, second look",
    "held_out": "Held-out half, third look",
}


def facts_of(row: dict[str, str]) -> Facts:
    counts = ("reports", "managers", "peers", "other_functions", "outside", "unknown")
    flags = ("all_day", "transparent", "private", "personal")
    return Facts(
        title=row["title"],
        every="once" if row["recurrence"] == "none" else row["recurrence"],
        notice=float(row["created_hours_before"]) if row["created_hours_before"] else None,
        minutes=int(row["minutes"]),
        start=row["start"][11:16],
        organizer=row["organizer"],
        **{name: int(row[name]) for name in counts},
        **{name: row[name] == "yes" for name in flags},
    )


def read(split: str) -> list[dict[str, str]]:
    with FILES.get(split, EVENTS).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["split"] == split]


def predict(rows: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """Give (kind, competency, high payoff, rule) for every row."""
    table = example_meetings([facts_of(row) for row in rows])
    found = classify(table, load_rules())
    first: dict[int, int] = {}
    for place, number in enumerate(table.series.tolist()):
        first.setdefault(number, place)
    told = []
    for number in range(len(rows)):
        rule = int(found.rule[first[number]])
        used = found.rules[rule] if rule >= 0 else None
        kind = str(KINDS[found.kind[first[number]]])
        told.append(
            (
                kind,
                str(used.competency or "") if used else "",
                used.high_payoff if used else "",
                used.id if used else "",
            )
        )
    return told


def summary(rows: list[dict[str, str]], told: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    right = sum(row["kind"] == answer[0] for row, answer in zip(rows, told, strict=True))
    said = [(row, answer) for row, answer in zip(rows, told, strict=True) if answer[0] != "unclear"]
    sayable = [(row, answer) for row, answer in said if row["kind"] != "unclear"]
    with_competency = [
        (r, a) for r, a in zip(rows, told, strict=True) if r["competency"] and r["kind"] == a[0]
    ]
    unclear = Counter(a[0] for r, a in zip(rows, told, strict=True) if r["kind"] == "unclear")
    payoff = Counter((bool(r["high_payoff"]), bool(a[2])) for r, a in zip(rows, told, strict=True))
    return {
        "events": len(rows),
        "right": right,
        "accuracy": right / len(rows),
        "unclear": unclear.total(),
        "unclear_called_doing": unclear["doing"],
        "left_unclear": sum(answer[0] == "unclear" for answer in told),
        "right_of_those_said": sum(r["kind"] == a[0] for r, a in said) / len(said),
        "wrong_kind": sum(r["kind"] != a[0] for r, a in sayable),
        "competency_right_where_kind_right": sum(r["competency"] == a[1] for r, a in with_competency)
        / len(with_competency),
        "high_payoff": {
            "both": payoff[True, True],
            "missed": payoff[True, False],
            "added": payoff[False, True],
        },
    }


def confusion(rows: list[dict[str, str]], told: list[tuple[str, str, str, str]]) -> str:
    names = [str(kind) for kind in KINDS]
    counts = Counter((row["kind"], answer[0]) for row, answer in zip(rows, told, strict=True))
    lines = ["| a reader says ↓, the rules say → | " + " | ".join(names) + " | sum | found |"]
    lines.append("|---|" + "---:|" * (len(names) + 2))
    for name in names:
        of = [counts[name, other] for other in names]
        lines.append(
            f"| {name} | "
            + " | ".join(map(str, of))
            + f" | {sum(of)} | {counts[name, name] / max(sum(of), 1):.0%} |"
        )
    precise = [counts[n, n] / max(sum(counts[o, n] for o in names), 1) for n in names]
    lines.append("| right when said | " + " | ".join(f"{share:.0%}" for share in precise) + " | | |")
    return "\n".join(lines)


def paragraph(split: str, facts: dict[str, Any]) -> str:
    """Say in words what the table of these events cannot show."""
    payoff = facts["high_payoff"]
    return (
        f"{LOOKS[split]}: {facts['events']} events, {facts['accuracy']:.1%} as the reader; "
        f"{facts['left_unclear']} left unclear; of {facts['unclear']} that a reader leaves unclear, "
        f"{facts['unclear_called_doing']} called doing; of those given a kind, "
        f"{facts['right_of_those_said']:.1%} right; competency right in "
        f"{facts['competency_right_where_kind_right']:.1%} where the kind was; "
        f"high-payoff found in {payoff['both']} of {payoff['both'] + payoff['missed']} events, "
        f"added in {payoff['added']}."
    )


def section(split: str) -> str:
    """Give what stands between the markers of these events on the method page."""
    rows = read(split)
    told = predict(rows)
    return f"{paragraph(split, summary(rows, told))}\n\n{confusion(rows, told)}"


def write(split: str, text: str) -> None:
    begin, end = f"<!-- {split}: begin -->", f"<!-- {split}: end -->"
    page = PAGE.read_text(encoding="utf-8")
    head, tail = page.split(begin)[0], page.split(end)[1]
    PAGE.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")


def main() -> None:
    if "--write" in sys.argv:
        for split in LOOKS:
            text = section(split)
            write(split, text)
            print(text)
        return
    rows = read("tune")
    told = predict(rows)
    for row, answer in zip(rows, told, strict=True):
        if row["kind"] != answer[0]:
            print(f"{row['kind']:>12} → {answer[0]:<12} {answer[3]:<20} {row['title']}")
    print(confusion(rows, told))
    print(json.dumps(summary(rows, told)))


if __name__ == "__main__":
    main()
