"""The shipped roles and the lens beside the O*NET database, which is never committed."""

import csv
import hashlib
import json
import os
from collections import Counter
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from fairlead.core.lens import read_description
from fairlead.core.roles import derive, relatives
from fairlead.library import role_library
from fairlead.library.role_lens import lens
from fairlead.sources.onet import read_folder

ROOT = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA") or Path(__file__).parents[3] / "shared/data")
ONET = ROOT / "onet"
RELEASE = "30.1 (work activities 30.0, job zones 27.0)"

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not ONET.is_dir(), reason=f"no O*NET data: {ONET} is not there"),
]


@pytest.fixture(scope="module")
def occupations():
    return read_folder(ONET, role_library.activities()).occupations


@pytest.fixture(scope="module")
def profiles(occupations):
    return derive(occupations, role_library.activities())


@pytest.fixture(scope="module")
def reference():
    return json.loads((ONET / "reference.json").read_text(encoding="utf-8"))


def auc(scores, positive):
    """Probability that a positive case scores higher than a negative one, ties counted half."""
    scores, positive = np.asarray(scores), np.asarray(positive)
    higher = scores[positive][:, None] - scores[~positive][None, :]
    return float(np.mean(higher > 0) + 0.5 * np.mean(higher == 0))


def importance(occupations, *names):
    at = [index for index, activity in enumerate(role_library.activities()) if activity.name in names]
    assert len(at) == len(names)
    means = np.mean([[role.importance[index] for index in at] for role in occupations], axis=1)
    return np.round(means, 9)  # equal means are ties, whatever the order of their sums


def emphasis(profiles, name):
    return np.array([profile.demand(name).emphasis for profile in profiles])


def level(profiles, name):
    return np.array([profile.demand(name).level for profile in profiles])


def test_the_shipped_file_is_made_again_byte_for_byte():
    found = read_folder(ONET, role_library.activities())
    made = derive(
        found.occupations, role_library.activities(), as_of=found.as_of, notes=role_library.profile_notes()
    )
    data = role_library.write(
        found.occupations, made, relatives(found.occupations), release=RELEASE, titles=False
    )
    assert data == resources.files("fairlead.library").joinpath("roles/roles.json").read_bytes()


def test_the_folder_holds_what_the_reference_counts(occupations, reference):
    assert len(occupations) == reference["n_occupations"]
    assert sum(role.code.startswith("11-") for role in occupations) == reference["n_soc11"]
    assert sum("upervisor" in role.title for role in occupations) == reference["n_supervisor_titles"]


def test_the_simple_composites_of_the_reference_come_out_of_what_is_read(occupations, reference):
    lead = importance(
        occupations,
        "Guiding, Directing, and Motivating Subordinates",
        "Developing and Building Teams",
        "Coaching and Developing Others",
    )
    manage = importance(
        occupations,
        "Staffing Organizational Units",
        "Monitoring and Controlling Resources",
        "Scheduling Work and Activities",
        "Coordinating the Work and Activities of Others",
    )
    managers = [role.code.startswith("11-") for role in occupations]
    supervisors = ["upervisor" in role.title for role in occupations]
    # Means of ratings with two digits tie often; the reference breaks some ties by the last bit of a sum.
    assert auc(lead, managers) == pytest.approx(reference["auc_lead3_vs_soc11"], abs=2e-4)
    assert auc(manage, managers) == pytest.approx(reference["auc_manage4_vs_soc11"], abs=2e-4)
    assert auc(lead, supervisors) == pytest.approx(reference["auc_lead3_vs_supervisor_title"], abs=2e-4)
    assert np.corrcoef(lead, manage)[0, 1] == pytest.approx(reference["corr_lead_manage"], abs=1e-8)


def test_levels_tell_managers_apart_at_least_as_well_as_the_simple_composites(
    occupations, profiles, reference
):
    managers = [role.code.startswith("11-") for role in occupations]
    assert auc(level(profiles, "leading"), managers) >= reference["auc_lead3_vs_soc11"]
    assert auc(level(profiles, "managing"), managers) >= reference["auc_manage4_vs_soc11"]


def test_emphasis_tells_leading_from_managing_where_levels_do_not(profiles, reference):
    by_level = np.corrcoef(level(profiles, "leading"), level(profiles, "managing"))[0, 1]
    by_emphasis = np.corrcoef(emphasis(profiles, "leading"), emphasis(profiles, "managing"))[0, 1]
    assert by_level > 0.8
    assert by_emphasis < 0.55 < reference["corr_lead_manage"]


def test_emphasis_keeps_what_separates_supervisors(occupations, profiles):
    supervisors = ["upervisor" in role.title for role in occupations]
    assert auc(emphasis(profiles, "leading"), supervisors) >= 0.9
    assert auc(emphasis(profiles, "managing"), supervisors) >= 0.85


def labelled(half):
    """Sentences with the kind of their work activity; the half is fixed by a digest of the text."""
    kinds = {activity.id: str(activity.sentences) for activity in role_library.activities()}
    with (ONET / "activity_sentences_labelled.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if hashlib.sha256(row["text"].encode()).digest()[0] % 2 == half:
                yield row["text"], kinds[row["GWA id"]]


def confusion(half):
    counts = Counter()
    for text, kind in labelled(half):
        counts[kind, read_description(text, lens()).sentences[0].kind] += 1
    return counts


def test_the_lens_reads_the_half_of_sentences_on_which_it_was_not_tuned():
    counts = confusion(half=1)
    total = sum(counts.values())
    right = sum(counts[kind, kind] for kind in ("leading", "managing", "doing"))
    assert total == 528
    assert right / total >= 0.89
    f1 = []
    for kind in ("leading", "managing", "doing"):
        asked = sum(count for (truth, _), count in counts.items() if truth == kind)
        read = sum(count for (_, found), count in counts.items() if found == kind)
        f1.append(2 * counts[kind, kind] / (asked + read))
    assert sum(f1) / 3 >= 0.78


def test_no_alternate_title_of_the_database_is_shipped_as_an_alias_file(occupations):
    stored = json.loads(resources.files("fairlead.library").joinpath("roles/roles.json").read_bytes())
    assert all("titles" not in role for role in stored["roles"])
    assert max(len(role.titles) for role in occupations) > 100


def test_a_library_with_further_titles_finds_what_only_they_know(tmp_path, occupations, profiles):
    data = role_library.write(occupations, profiles, relatives(occupations), release="30.1", titles=True)
    file = tmp_path / "full.json"
    file.write_bytes(data)
    found = role_library.load(file).find("dog walker")
    assert found[0].code == "39-2021.00"
    assert found[0].matched == "Dog Walker"
    assert "39-2021.00" not in [match.code for match in role_library.load().find("dog walker")]
