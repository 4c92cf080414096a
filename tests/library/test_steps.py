from __future__ import annotations

import re

import pytest

from fairlead.core.audit import audit
from fairlead.core.problems import BadInput
from fairlead.core.work import Competency
from fairlead.library.load import read_yaml, shipped, validate
from fairlead.library.steps import ImbalanceFile, StageFile, StepFile, research, step_texts

TEXTS = step_texts()
FILES = (
    ("steps/steps.yaml", StepFile),
    ("steps/stages.yaml", StageFile),
    ("steps/imbalance.yaml", ImbalanceFile),
)
SENTENCES = [
    *(text for one in (*TEXTS.steps, *TEXTS.stages) for text in (one.title, one.does, one.shows)),
    *(text for one in TEXTS.aspects for text in (*one.says.values(), *one.if_it_lasts.values())),
    *(text for one in TEXTS.warnings for text in (one.title, one.says)),
]


def changed(path, old, new):
    from importlib import resources

    text = resources.files("fairlead.library").joinpath(path).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    return read_yaml("own.yaml", text.replace(old, new, 1).encode())


@pytest.mark.parametrize("competency", Competency)
def test_every_competency_has_a_step_that_needs_no_reports(competency):
    step = TEXTS.step_for(competency, reports=False)
    assert (step.about, step.needs) == (competency, "")


def test_a_step_for_people_with_reports_is_taken_only_by_them():
    assert TEXTS.step_for("developing_people", reports=True).needs == "reports"
    assert TEXTS.step_for("developing_people", reports=False).needs == ""
    with pytest.raises(KeyError):
        TEXTS.step_for("nonsense", reports=True)


def test_unknown_names_are_refused():
    for ask in (TEXTS.step, TEXTS.stage, TEXTS.warning, TEXTS.aspect):
        with pytest.raises(KeyError):
            ask("nonsense")


def test_everything_names_rows_and_research_with_a_doi():
    known = research()
    for one in (*TEXTS.steps, *TEXTS.stages, *TEXTS.aspects, *TEXTS.warnings):
        assert one.rows
        assert one.research
        assert all(known[key].doi for key in one.research)


def test_a_publication_is_cited_alike_in_every_file():
    seen = {}
    for path, model in FILES:
        for key, one in validate(model, shipped(path)).research.items():
            assert seen.setdefault(key, one) == one


@pytest.mark.parametrize("text", SENTENCES)
def test_words_are_plain_and_do_not_shout_or_scold(text):
    assert "!" not in text
    assert "  " not in text
    assert text[-1] in ".?" or len(text) < 80
    assert not re.search(r"\b(must|should have|obviously|simply|leverage|stakeholder|KPI|synerg\w*)\b", text)


def test_steps_are_short_enough_to_be_read_on_a_phone():
    for one in (*TEXTS.steps, *TEXTS.stages):
        assert 60 < len(one.does) < 420, one.id
        assert len(one.title) <= 64, one.id


@pytest.mark.parametrize(
    ("path", "model", "old", "new", "wrong"),
    [
        ("steps/steps.yaml", StepFile, "id: keep", "id: doing", "“doing” is there twice."),
        (
            "steps/steps.yaml",
            StepFile,
            "about: innovation",
            "about: inovation",
            "is not a word of the vocabulary",
        ),
        (
            "steps/steps.yaml",
            StepFile,
            "research: [janssen2000]",
            "research: [nobody]",
            "no research “nobody”",
        ),
        ("steps/steps.yaml", StepFile, "id: rut_traits", "id: rut_trait", "Missing: rut_traits."),
        ("steps/stages.yaml", StageFile, "id: decide", "id: decided", "Missing: decide."),
        ("steps/imbalance.yaml", ImbalanceFile, "id: boss", "id: bossy", "Missing: boss."),
        ("steps/imbalance.yaml", ImbalanceFile, "      even:", "      evenly:", "has other leanings"),
        ("steps/imbalance.yaml", ImbalanceFile, "rows: [3]", "rows: [195]", "195"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line(path, model, old, new, wrong):
    with pytest.raises(BadInput) as refused:
        validate(model, changed(path, old, new))
    assert wrong in str(refused.value)
    assert all(problem.line for problem in refused.value.problems)


def test_the_rule_on_the_method_page_is_the_rule_that_is_shown():
    from pathlib import Path

    from fairlead.core.next_step import RULE

    page = Path(__file__).parents[2] / "docs" / "methods" / "audit.md"
    assert RULE in " ".join(page.read_text(encoding="utf-8").replace("\n> ", " ").split())


def test_the_words_are_enough_for_an_audit():
    from datetime import date

    assert audit(made_on=date(2026, 11, 22), time=None, role=None, texts=TEXTS).next_step.title


def test_the_shipped_questionnaires_ask_about_everything_that_the_audit_reads():
    from fairlead.core.work import Aspect
    from fairlead.library.load import instrument

    asked = {scale.about for name in ("role-audit", "rut-check") for scale in instrument(name).scoring()}
    read = {*Competency, "symptoms", "balance", "traits.beside", "boss"}
    read |= {f"{aspect}.{style}" for aspect in Aspect for style in ("leading", "managing")}
    read |= {"warning.managing", "warning.leading"}
    assert read <= asked
    numbers = {(one.id, one.about, one.unit) for one in instrument("rut-check").counted()}
    assert {
        ("loved_now", "loved_work", "percent"),
        ("firefighting_share", "firefighting", "percent"),
    } <= numbers
