"""Write expected.json: what roles ask, by the formulas of docs/methods/roles.md in plain Python.

Neither numpy nor the code of the package is used, so that the two can be compared.
Run from the repository: python tests/golden/roles/make.py
"""

import json
import math
import random
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ACTIVITIES = HERE.parents[2] / "src/fairlead/library/roles/activities.yaml"
MANAGING = ["resource_allocation", "process_implementation", "performance_monitoring"]
MANAGING += ["risk_mitigation", "continuous_improvement", "reliability"]
LEADING = ["vision_translation", "conflict_navigation", "strategic_influence"]
LEADING += ["culture_shaping", "developing_people", "innovation"]
COMPETENCIES = MANAGING + LEADING
Z80 = 1.2815515655446004


def mean(values):
    return sum(values) / len(values)


def variance(values):
    centre = mean(values)
    return sum((value - centre) ** 2 for value in values) / (len(values) - 1)


def weighted(values, weights):
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def shares(levels, variances):
    found = []
    for at, (level, spread) in enumerate(zip(levels, variances, strict=True)):
        others = sum(levels) - level
        rest = sum(variances) - variances[at]
        logit = math.log(level / others)
        width = Z80 * math.sqrt(spread / level**2 + rest / others**2)
        found.append(
            (level / sum(levels), 1 / (1 + math.exp(width - logit)), 1 / (1 + math.exp(-width - logit)))
        )
    return found


def levels_of(activities, strength):
    levels, variances = [], []
    for kind in ("leading", "managing", "doing"):
        rows = [(strength[at], a.get("weight", 1.0)) for at, a in enumerate(activities) if a["kind"] == kind]
        if kind == "doing":
            rows = [(value, 1.0) for value, _ in sorted(rows, reverse=True)[:7]]
        values, weights = zip(*rows, strict=True)
        levels.append(weighted(values, weights))
        variances.append(variance(values) * sum(w * w for w in weights) / sum(weights) ** 2)
    kinds = (levels, variances)
    spread = variance([strength[at] for at, a in enumerate(activities) if a["kind"] != "doing"])
    levels, variances = [], []
    for name in COMPETENCIES:
        rows = [
            (strength[at], a["competencies"][name])
            for at, a in enumerate(activities)
            if name in a.get("competencies", {})
        ]
        values, weights = zip(*rows, strict=True)
        levels.append(weighted(values, weights))
        variances.append(spread * sum(w * w for w in weights) / sum(weights) ** 2)
    return kinds, (levels, variances)


def emphasis(levels, general, zones):
    """Residual on the general factor within zones, pooled slope, in each zone's standard deviations."""
    groups = {zone: [at for at, z in enumerate(zones) if z == zone] for zone in set(zones)}
    x, y = [0.0] * len(levels), [0.0] * len(levels)
    for members in groups.values():
        for at in members:
            x[at] = general[at] - mean([general[k] for k in members])
            y[at] = levels[at] - mean([levels[k] for k in members])
    slope = sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
    rest = [b - slope * a for a, b in zip(x, y, strict=True)]
    scale = {zone: math.sqrt(mean([rest[at] ** 2 for at in members])) for zone, members in groups.items()}
    return [value / scale[zone] for value, zone in zip(rest, zones, strict=True)]


def main():
    activities = yaml.safe_load(ACTIVITIES.read_text(encoding="utf-8"))["activities"]
    chance = random.Random(20260131)
    roles = []
    for number in range(24):
        height = chance.uniform(0.3, 0.9)
        importance = [round(1 + 4 * min(1, max(0.05, chance.gauss(height, 0.2))), 2) for _ in activities]
        level = [round(7 * min(1, max(0.05, chance.gauss(height, 0.2))), 2) for _ in activities]
        roles.append(
            {"code": f"99-{number:04d}.00", "zone": 2 + number % 2, "importance": importance, "level": level}
        )
    strengths = [
        [(im - 1) / 4 * lv / 7 for im, lv in zip(role["importance"], role["level"], strict=True)]
        for role in roles
    ]
    general = [mean(strength) for strength in strengths]
    zones = [role["zone"] for role in roles]
    found = [levels_of(activities, strength) for strength in strengths]
    names = (("leading", "managing", "doing"), COMPETENCIES)
    for role in roles:
        role["asks"] = {}
    for which in (0, 1):
        for column, name in enumerate(names[which]):
            weights = emphasis([one[which][0][column] for one in found], general, zones)
            for role, one, weight in zip(roles, found, weights, strict=True):
                share, low, high = shares(*one[which])[column]
                role["asks"][name] = [one[which][0][column], weight, share, low, high]
    (HERE / "expected.json").write_text(json.dumps({"roles": roles}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
