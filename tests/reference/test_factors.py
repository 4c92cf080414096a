"""Factor structure of 2,800 people's answers to 25 items, beside R's psych; scoring of public item banks."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest

from fairlead.core.factors import structure
from fairlead.core.reliability import alpha, score_people
from fairlead.core.scales import Scale, ScaleItem, score
from fairlead.core.tables import Answers

pytestmark = pytest.mark.reference

BESIDE = Path(__file__).parents[2].parent / "shared" / "data"
DATA = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA", BESIDE))


def needed(*parts):
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"REFERENCE DATA ABSENT: ../shared/data/{'/'.join(parts)}")
    return path


def bfi():
    keys = json.loads(needed("psych", "bfi.keys.json").read_text())
    with needed("psych", "bfi.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for name, items in keys.items():
        said = np.array(
            [
                [
                    float(row[item.lstrip("-")]) if row[item.lstrip("-")] not in {"", "NA"} else np.nan
                    for item in items
                ]
                for row in rows
            ]
        )
        scale = Scale(
            id=name,
            label=name,
            about="own",
            items=tuple(ScaleItem(id=item.lstrip("-"), reverse=item.startswith("-")) for item in items),
            low_option=1.0,
            high_option=6.0,
            min_answered=1,
        )
        yield name, said, scale


def test_alphas_of_the_five_scales_are_those_of_r_psych_to_a_millionth():
    published = json.loads(needed("psych", "reference.json").read_text())["bfi"]["alpha"]
    for name, said, scale in bfi():
        filled = np.where(np.isnan(said), np.nanmedian(said, axis=0), said)
        turned = [item.reverse for item in scale.items]
        assert alpha(np.where(turned, 7 - filled, filled)) == pytest.approx(published[name], abs=1e-6)


def test_omegas_lie_within_their_own_intervals_and_near_those_of_r_psych():
    """psych correlates pairwise; structure looks at complete answers, so they differ in the third place."""
    published = json.loads(needed("psych", "reference.json").read_text())["bfi_omega_total"]
    for name, said, scale in bfi():
        found = structure(said, scale)
        assert found.low < found.omega < found.high
        assert found.omega == pytest.approx(published[name], abs=0.01)
        assert found.n == int((~np.isnan(said).any(axis=1)).sum())
        assert len(found.loadings) == 5
        assert all(one.low < one.value < one.high for one in found.loadings)
        assert score_people(said, scale).reliability.omega == pytest.approx(published[name], abs=1e-6)


@pytest.mark.slow
def test_all_25_items_show_five_factors_or_six_and_never_one():
    """Revelle reports five to six by parallel analysis of components for this table."""
    parts = list(bfi())
    said = np.hstack([answers for _, answers, _ in parts])
    items = tuple(item for _, _, scale in parts for item in scale.items)
    whole = Scale(
        id="all", label="all", about="own", items=items, low_option=1.0, high_option=6.0, min_answered=1
    )
    assert structure(said, whole).factors in {5, 6}


@pytest.mark.parametrize(
    "bank", ["ipip_120.en.json", "ipip_120.de.json", "ipip_300.en.json", "ipip_50.en.json"]
)
def test_public_item_banks_are_scored_as_their_keys_say(bank):
    stored = json.loads(needed("ipip", bank).read_text(encoding="utf-8"))
    for domain in "OCEAN":
        mine = [item for item in stored if item["domain"] == domain]
        scale = Scale(
            id=domain,
            label=domain,
            about="own",
            items=tuple(ScaleItem(id=item["id"], reverse=item["keyed"] == "minus") for item in mine),
            low_option=1.0,
            high_option=5.0,
            min_answered=1,
        )
        values = {item["id"]: float(1 + at % 5) for at, item in enumerate(mine)}
        keyed = [6 - values[item["id"]] if item["keyed"] == "minus" else values[item["id"]] for item in mine]
        said = Answers(instrument=bank, version="1", answered_on="2026-01-31", values=values, texts={})
        assert score(said, (scale,)).scores[0].score == pytest.approx(sum(keyed) / len(keyed), abs=1e-12)
