"""Drafts of criteria: out of files, part by part, by two people at once, undone."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.organization import assemble_organization
from tests.web.promotions import criteria_matrix, made

from fairlead.library.framework import write_framework
from fairlead.web.promotions import criteria_actions, criteria_editing, terms
from fairlead.web.promotions.models import FrameworkVersion

pytestmark = pytest.mark.django_db
UNDER = "/promotions/criteria/"


@pytest.fixture
def organization():
    return assemble_organization()


@pytest.fixture
def ada(organization):
    return organization["ada"].browser


@pytest.fixture
def draft(organization):
    return criteria_actions.begin(organization.person("ada"), made.plain())


def words(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def fields(answer):
    """What a browser would send back of the form of a page: every input, area and choice as it stands."""
    page = answer.content.decode()
    page = page[page.index('class="wide-form"') :]
    found = {}
    for tag in re.findall(r"<input [^>]+>", page):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("type") in {"checkbox", "radio"} and " checked" not in tag:
            continue
        if said.get("type") != "file" and "name" in said:
            found.setdefault(said["name"], []).append(unescape(said.get("value", "")))
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL):
        found[name] = unescape(text)
    for name, choices in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)" selected', choices) or [""]
    return found


def send(browser, name, text, path="drafts/upload/", **more):
    data = text if isinstance(text, bytes) else text.encode()
    return browser.post(UNDER + path, {"file": SimpleUploadedFile(name, data), **more})


def newest():
    return FrameworkVersion.objects.filter(state="draft").order_by("-made_at").first()


def now(draft):
    draft.refresh_from_db()
    return terms.framework_of(draft)


# --- out of files ---------------------------------------------------------------------------------


def test_a_draft_begins_from_the_example_under_a_name_of_ones_own_or_from_the_version_in_force(ada):
    ada.post(f"{UNDER}drafts/", {"begin": "shipped"})
    assert (newest().framework, newest().version) == ("ours", "1")
    made.framework()
    ada.post(f"{UNDER}drafts/", {"begin": "newest"})
    assert (newest().framework, newest().version, newest().follows) == ("tests", "2", made.framework())


def test_a_file_in_our_own_form_becomes_a_draft_and_the_download_reads_back(ada, draft):
    answer = send(ada, "ours.yaml", write_framework(made.plain()))
    assert answer.status_code == 302
    assert (newest().version, newest().sha256 != draft.sha256) == ("2", True)
    file = ada.get(f"{UNDER}{newest().pk}/framework.yaml").content
    send(ada, "ours.yaml", file)
    assert criteria_editing.part(now(newest()), "criterion", "craft") == criteria_editing.part(
        made.plain(), "criterion", "craft"
    )


def test_each_fault_of_a_file_is_told_with_line_column_and_what_would_be_right(ada):
    text = write_framework(made.plain()).replace("kind: leading", "kind: charming")
    answer = send(ada, "ours.yaml", text)
    assert answer.status_code == 422
    line = next(i for i, one in enumerate(text.splitlines(), 1) if "charming" in one)
    assert f"ours.yaml, line {line}, column" in words(answer)
    assert newest() is None


def test_a_file_that_asks_how_somebody_comes_across_is_refused_with_why(ada):
    text = write_framework(made.plain()).replace("Says where to", "Executive presence")
    answer = send(ada, "ours.yaml", text)
    assert answer.status_code == 422
    assert "is how somebody comes across" in words(answer)
    assert newest() is None


FAMILY = """
name: Engineering
levels: [{id: junior, name: Junior}, {id: senior-ic, name: Senior}]
themes: [{id: delivery, name: Delivery}, {id: song, name: Song}]
competencies:
  - {id: a, level: junior, theme: delivery, summary: Finishes what was agreed}
  - {id: b, level: senior-ic, theme: delivery, summary: Finishes what others began}
  - {id: c, level: senior-ic, theme: song, summary: Sings in the choir}
"""


def test_what_no_rule_decides_is_asked_as_a_form_and_the_file_need_not_be_chosen_again(ada):
    answer = send(ada, "family.yml", FAMILY)
    assert answer.status_code == 422, words(answer)
    page = words(answer)
    assert "Which track does junior belong to?" in page
    assert "Is song leading, managing or doing?" in page
    assert "--map" not in page
    said = fields(answer)
    asked = {said[name][0]: name[-1] for name in said if name.startswith("theirs_")}
    # One answer alone: the other question stays, and the first is remembered.
    half = said | {f"ours_{asked['song']}": ["leading"]}
    answer = ada.post(f"{UNDER}drafts/upload/", half)
    assert answer.status_code == 422
    assert "Is song" not in words(answer)
    said = fields(answer) | {"ours_0": ["expert", "people_manager"]}
    answer = ada.post(f"{UNDER}drafts/upload/", said)
    assert answer.status_code == 302, words(answer)
    found = now(newest())
    assert [track.id for track in found.tracks_of("junior")] == ["people_manager", "expert"]
    assert [one.kind for one in found.criteria if one.title == "Song"] == ["leading"]
    page = words(ada.get(f"{UNDER}{newest().pk}/edit/"))
    assert "How the file was taken over" in page
    assert "Taken for Leading: song." in page


def test_a_table_is_read_and_its_unknown_names_are_asked(ada):
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["track", "level", "criterion", "library", "seen"])
    table.writerow(["Fachlaufbahn", "Senior", "Reviews", "doing", "Reviews the work of others"])
    answer = send(ada, "ladder.csv", out.getvalue())
    assert "Which track does Fachlaufbahn belong to?" in words(answer)
    assert ada.post(f"{UNDER}drafts/upload/", fields(answer) | {"ours_0": ["expert"]}).status_code == 302
    assert [track.id for track in now(newest()).tracks] == ["expert"]
    answer = send(ada, "ladder.csv", "track,level\nexpert,One\n")
    assert "There is no column" in words(answer)
    assert "--map" not in words(answer)


@pytest.mark.slow  # three children of the sandbox
def test_snowflake_is_read_as_it_comes(ada):
    group = {
        "displayName": "Mobile",
        "category": "A",
        "description": "Builds",
        "milestones": [{"summary": f"Does step {n}", "signals": [], "examples": []} for n in range(1, 3)],
    }
    file = {"tracks": {"MOBILE": group}, "titles": [
        {"label": "Engineer I", "minPoints": 0, "maxPoints": 9},
        {"label": "Engineer II", "minPoints": 10},
    ]}  # fmt: skip
    answer = send(ada, "snowflake.json", json.dumps(file))
    while answer.status_code == 422 and "theirs_0" in answer.content.decode():
        said = fields(answer)
        said |= {f"ours_{name[-1]}": ["expert"] for name in said if name.startswith("theirs_")}
        answer = ada.post(f"{UNDER}drafts/upload/", said)
    assert answer.status_code == 302, words(answer)
    assert len(now(newest()).levels) == 2


def test_no_file_an_empty_one_and_one_that_is_too_large_are_refused(ada):
    assert "Choose a file" in words(ada.post(f"{UNDER}drafts/upload/", {}))
    assert "empty" in words(send(ada, "ours.yaml", ""))
    assert "up to 1 MiB" in words(send(ada, "ours.yaml", b"a" * (1024 * 1024 + 1)))
    assert "Choose a file" in words(ada.post(f"{UNDER}drafts/upload/", {"content": "!", "answered": "[1]"}))


def test_a_file_takes_the_place_of_a_draft_unless_somebody_changed_it_meanwhile(ada, organization, draft):
    path = f"{draft.pk}/edit/file/"
    seen = fields(ada.get(UNDER + path))["seen"]
    finn = organization.person("finn")
    criteria_actions.rewrite(finn, draft, lambda one: criteria_editing.without_criterion(one, "craft"))
    text = write_framework(made.plain()).replace("Says where to", "Says where we go")
    answer = send(ada, "ours.yaml", text, path, seen=seen)
    assert answer.status_code == 422
    assert "Somebody else changed the draft" in words(answer)
    assert len(now(draft).criteria) == 2
    # Nothing is lost: the same page sends the file again, now on purpose.
    assert ada.post(UNDER + path, fields(answer)).status_code == 302
    assert now(draft).criteria[0].title == "Says where we go"
    ada.post(f"{UNDER}{draft.pk}/edit/do/undo/", {"seen": criteria_actions.fingerprint(draft)})
    assert len(now(draft).criteria) == 2


# --- part by part ---------------------------------------------------------------------------------


def test_a_form_that_is_sent_as_it_came_changes_nothing(ada, draft):
    draft.refresh_from_db()
    before = draft.content
    for part in ("head/", "questions/", "levels/m1/", "criteria/craft/"):
        path = f"{UNDER}{draft.pk}/edit/{part}"
        assert ada.post(path, fields(ada.get(path))).status_code == 302, part
    draft.refresh_from_db()
    assert draft.content == before
    assert draft.before is None


def test_a_criterion_is_added_changed_moved_removed_and_brought_back(ada, draft):
    path = f"{UNDER}{draft.pk}/edit/"
    answer = ada.get(f"{path}criteria/new/")
    said = fields(answer) | {
        "title": "Reviews work",
        "library": "doing",
        "seen_0": "Reviews what others hand in",
        "examples_0": "A review\n\nAnother",
    }
    assert ada.post(f"{path}criteria/new/", said).status_code == 302
    one = now(draft).criterion("reviews-work")
    assert (one.kind, one.seen[0].level, one.seen[0].examples) == ("doing", "m1", ("A review", "Another"))
    item = {"kind": "criterion", "name": "reviews-work"}
    item["seen"] = criteria_editing.seen(now(draft), "criterion", "reviews-work")
    ada.post(f"{path}do/up/", item)
    assert [one.id for one in now(draft).criteria] == ["vision", "reliability", "reviews-work", "craft"]
    ada.post(f"{path}do/remove/", item)
    assert "reviews-work" not in [one.id for one in now(draft).criteria]
    page = ada.get(path).content.decode()
    seen = re.search(r'do/undo/">.*?name="seen" value="(\w+)"', page, re.DOTALL)[1]
    ada.post(f"{path}do/undo/", {"seen": seen})
    assert now(draft).criterion("reviews-work") == one


def test_a_level_is_added_and_taken_out_with_what_is_seen_there(ada, draft):
    path = f"{UNDER}{draft.pk}/edit/"
    said = fields(ada.get(f"{path}levels/new/")) | {"title": "Fellow", "rung": "3", "tracks": ["expert"]}
    assert ada.post(f"{path}levels/new/", said).status_code == 302
    assert now(draft).track("expert").levels == ("e1", "e2", "fellow")
    assert "“fellow” asks nothing" in words(ada.get(path))
    said = fields(ada.get(f"{path}levels/fellow/")) | {"rung": "2"}
    answer = ada.post(f"{path}levels/fellow/", said)
    assert answer.status_code == 422
    assert "is on rung 2" in words(answer)
    item = {"kind": "level", "name": "e2", "seen": criteria_editing.seen(now(draft), "level", "e2")}
    ada.post(f"{path}do/remove/", item)
    assert now(draft).track("expert").levels == ("e1", "fellow")
    assert all(seen.level != "e2" for one in now(draft).criteria for seen in one.seen)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": "Executive presence"}, "is how somebody comes across"),
        ({"seen_0": "Has a strong presence"}, "is how somebody comes across"),
        ({"seen_1": "What is seen at m1"}, "stand here again"),
        ({"competency": "reliability"}, "Reliability is managing"),
        ({"title": ""}, "Write something here"),
        ({"seen_0": "", "examples_0": "Something"}, "Say what is seen"),
        ({"examples_0": "x" * 301}, "of up to 300 characters"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(ada, draft, changed, told):
    path = f"{UNDER}{draft.pk}/edit/criteria/craft/"
    answer = ada.post(path, fields(ada.get(path)) | changed)
    assert answer.status_code == 422
    assert told in words(answer)
    assert {name: fields(answer)[name] for name in changed if name != "competency" and changed[name]} == {
        name: [text] if name == "title" else text
        for name, text in changed.items()
        if name != "competency" and text
    }
    draft.refresh_from_db()
    assert draft.before is None


def test_of_two_who_edit_one_criterion_the_later_is_told_and_loses_nothing(ada, organization, draft):
    path = f"{UNDER}{draft.pk}/edit/criteria/craft/"
    mine = fields(ada.get(path)) | {"seen_0": "What I wrote"}
    finn = organization["finn"].browser
    assert finn.post(path, fields(finn.get(path)) | {"seen_0": "What Finn wrote"}).status_code == 302
    answer = ada.post(path, mine)
    assert answer.status_code == 422
    page = words(answer)
    assert "Somebody else changed this while you wrote" in page
    assert "What Finn wrote" in page
    assert fields(answer)["seen_0"] == "What I wrote"
    assert now(draft).criterion("craft").seen[0].text == "What Finn wrote"
    assert ada.post(path, fields(answer)).status_code == 302
    assert now(draft).criterion("craft").seen[0].text == "What I wrote"


def test_two_who_edit_two_criteria_do_not_meet(ada, organization, draft):
    paths = [f"{UNDER}{draft.pk}/edit/criteria/{name}/" for name in ("craft", "vision")]
    mine, theirs = (fields(ada.get(path)) | {"seen_0": f"Another {path[-7:]}"} for path in paths)
    assert ada.post(paths[0], mine).status_code == 302
    assert organization["finn"].browser.post(paths[1], theirs).status_code == 302
    assert all(
        one.seen[0].text.startswith("Another") for one in now(draft).criteria if one.id != "reliability"
    )


def test_questions_are_added_and_taken_out(ada, draft):
    path = f"{UNDER}{draft.pk}/edit/questions/"
    ada.post(path, fields(ada.get(path)) | {"text_0": "Will the team benefit?", "text_1": "And who else?"})
    assert [one.id for one in now(draft).questions] == ["question-1", "question-2"]
    ada.post(path, fields(ada.get(path)) | {"text_0": ""})
    assert [(one.id, one.text) for one in now(draft).questions] == [("question-2", "And who else?")]


def test_the_head_keeps_two_versions_apart(ada, draft):
    made.framework()
    path = f"{UNDER}{draft.pk}/edit/head/"
    said = fields(ada.get(path)) | {
        "past_only": "star performer\nstar performer\n",
        "label_expert": "Fachkraft",
    }
    assert ada.post(path, said | {"version": "1"}).status_code in {302, 422}
    assert ada.post(path, fields(ada.get(path)) | {"id": "Not an id"}).status_code == 422
    other = criteria_matrix.draft("7")
    answer = ada.post(
        f"{UNDER}{other.pk}/edit/head/", fields(ada.get(f"{UNDER}{other.pk}/edit/head/")) | {"version": "1"}
    )
    assert "is there already" in words(answer)


def test_a_part_that_is_not_there_and_a_signed_version_are_not_found(ada, draft):
    for path in ("levels/nothing/", "criteria/nothing/", "do/burn/"):
        method = ada.post if path.startswith("do") else ada.get
        assert method(f"{UNDER}{draft.pk}/edit/{path}").status_code == 404
    assert ada.get(f"{UNDER}{made.framework(state='signed').pk}/edit/head/").status_code in {200, 404}
