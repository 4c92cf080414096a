"""Do the figures of roles tell leading from managing, and do reported titles find their occupation?

    python benchmarks/recovery/roles.py ONET_FOLDER

Prints JSON with the figures of docs/methods/roles.md and docs/methods/job-descriptions.md.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fairlead.core.lens import read_description
from fairlead.core.roles import derive
from fairlead.core.work import Competency
from fairlead.library import role_library
from fairlead.library.role_lens import lens
from fairlead.sources.onet import read_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.roles import Occupation, RoleProfile

KINDS = ("leading", "managing", "doing")


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    higher = scores[positive][:, None] - scores[~positive][None, :]
    return float(np.mean(higher > 0) + 0.5 * np.mean(higher == 0))


def upper(table: np.ndarray) -> float:
    return float(table[np.triu_indices(len(table), 1)].mean())


def column(profiles: Sequence[RoleProfile], name: str, figure: str) -> np.ndarray:
    return np.array([getattr(profile.demand(name), figure) for profile in profiles])


def separation(occupations: Sequence[Occupation], profiles: Sequence[RoleProfile]) -> dict[str, Any]:
    managers = np.array([role.code.startswith("11-") for role in occupations])
    supervisors = np.array(["upervisor" in role.title for role in occupations])
    found: dict[str, Any] = {}
    for figure in ("level", "share", "emphasis"):
        found[figure] = {
            name: {
                "auc_soc11": auc(column(profiles, name, figure), managers),
                "auc_supervisors": auc(column(profiles, name, figure), supervisors),
            }
            for name in KINDS
        }
        for one, other in (("leading", "managing"), ("leading", "doing"), ("managing", "doing")):
            pair = np.corrcoef(column(profiles, one, figure), column(profiles, other, figure))[0, 1]
            found[figure][f"r_{one}_{other}"] = float(pair)
        table = np.corrcoef([column(profiles, name, figure) for name in Competency])
        found[figure]["competencies"] = {
            "within_managing": float(upper(table[:6, :6])),
            "within_leading": float(upper(table[6:, 6:])),
            "between": float(table[:6, 6:].mean()),
        }
    return found


def heterotrait_monotrait(occupations: Sequence[Occupation]) -> dict[str, Any]:
    """Mean correlation between activities of two kinds over that within the kinds."""
    activities = role_library.activities()
    strength = np.array(
        [[(im - 1) / 4 * lv / 7 for im, lv in zip(r.importance, r.level, strict=True)] for r in occupations]
    )
    general = strength.mean(axis=1)
    zones = np.array([role.job_zone for role in occupations])
    rest = strength.copy()
    for zone in np.unique(zones):
        rest[zones == zone] -= rest[zones == zone].mean(axis=0)
        general[zones == zone] -= general[zones == zone].mean()
    rest -= np.outer(general, general @ rest / (general @ general))
    at = {kind: [k for k, activity in enumerate(activities) if activity.kind == kind] for kind in KINDS}
    found = {}
    for name, table in (("as rated", strength), ("zone and general factor out", rest)):
        r = np.corrcoef(table.T)
        leading, managing = (
            upper(r[np.ix_(at["leading"], at["leading"])]),
            upper(r[np.ix_(at["managing"], at["managing"])]),
        )
        between = r[np.ix_(at["leading"], at["managing"])].mean()
        ratio = between / np.sqrt(leading * managing)
        found[name] = {"leading": leading, "managing": managing, "between": between, "htmt": ratio}
    return {name: {key: float(value) for key, value in row.items()} for name, row in found.items()}


def finding(folder: Path, rated: set[str]) -> dict[str, float]:
    """How often a reported title finds its occupation in the shipped library, which holds none of them."""
    with (folder / "Sample of Reported Titles.txt").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["O*NET-SOC Code"] in rated]
    meant = {}
    for row in rows:
        meant.setdefault(row["Reported Job Title"], set()).add(row["O*NET-SOC Code"])
    library = role_library.load()
    sample = sorted(meant, key=lambda title: hashlib.sha256(title.encode()).digest())[2500:4000]
    first = eighth = nothing = 0
    for title in sample:
        codes = [match.code for match in library.find(title, 8)]
        nothing += not codes
        first += bool(codes) and codes[0] in meant[title]
        eighth += bool(meant[title] & set(codes))
    size = len(sample)
    return {"titles": size, "first": first / size, "among_eight": eighth / size, "nothing": nothing / size}


def sentences(folder: Path) -> dict[str, Any]:
    kinds = {activity.id: str(activity.sentences) for activity in role_library.activities()}
    found = {}
    with (folder / "activity_sentences_labelled.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, half in (("tuned", 0), ("held_out", 1)):
        counts = Counter()
        for row in rows:
            if hashlib.sha256(row["text"].encode()).digest()[0] % 2 == half:
                read = read_description(row["text"], lens()).sentences[0].kind
                counts[kinds[row["GWA id"]], read] += 1
        found[name] = _score(counts)
    return found


def _score(counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    total = sum(counts.values())
    f1 = {}
    for kind in KINDS:
        asked = sum(count for (truth, _), count in counts.items() if truth == kind)
        read = sum(count for (_, found), count in counts.items() if found == kind)
        f1[kind] = 2 * counts[kind, kind] / (asked + read)
    people = sum(n for (truth, found), n in counts.items() if (truth in KINDS[:2]) == (found in KINDS[:2]))
    return {
        "n": total,
        "accuracy": sum(counts[kind, kind] for kind in KINDS) / total,
        "f1": f1,
        "macro_f1": sum(f1.values()) / 3,
        "leading_or_managing_against_the_rest": people / total,
        "confusion": {t: {f or "nothing": counts[t, f] for f in (*KINDS, "")} for t in KINDS},
    }


def main() -> None:
    folder = Path(sys.argv[1])
    occupations = read_folder(folder, role_library.activities()).occupations
    profiles = derive(occupations, role_library.activities())
    shares = [profile.demand("leading") for profile in profiles]
    widths = [(share.share_high or 0.0) - (share.share_low or 0.0) for share in shares]
    result = {
        "occupations": len(profiles),
        "separation": separation(occupations, profiles),
        "heterotrait_monotrait": heterotrait_monotrait(occupations),
        "mean_shares": {name: float(column(profiles, name, "share").mean()) for name in KINDS},
        "median_width_of_the_leading_share": float(np.median(widths)),
        "finding": finding(folder, {role.code for role in occupations}),
        "sentences": sentences(folder),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
