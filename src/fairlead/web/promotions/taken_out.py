"""A case, a decision, a calibration as a file: what its page shows to the reader, and nothing more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from fairlead.sources.files import write_csv
from fairlead.web.promotions import calibration_queries, deciding_queries, queries, terms
from fairlead.web.promotions.cases import TEXTS
from fairlead.web.promotions.flags_queries import NAMES
from fairlead.web.trail import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination, Round

FORMS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
Cell = str | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """A table with what it is about; ``name`` is the file's name without its ending."""

    name: str
    about: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def written(self, form: str) -> str:
        """Write it as CSV, guarded against formulas, or as JSON."""
        if form == "csv":
            return write_csv(self.columns, self.rows)
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return json.dumps({**self.about, "rows": rows}, ensure_ascii=False, indent=1) + "\n"


def _about(what: str, one: Round) -> dict[str, str]:
    return {
        "what": what,
        "round": str(one),
        "framework": str(one.framework),
        "terms_sha256": one.terms,
        "taken_out_on": timezone.localdate().isoformat(),
    }


def of_case(person: Person, case: Nomination) -> TakenOut:
    """Give what a case says, with its evidence; whoever asks has passed ``case.see``."""
    page = queries.case_page(person, case)
    rows: list[tuple[Cell, ...]] = [
        (NAMES[name], "", getattr(case, name), "", "", "", "") for name in TEXTS if getattr(case, name)
    ]
    for one in page.asked:
        title = one.criterion.title
        rows.append(("At this level", title, one.seen.text, "", "", "", ""))
        if one.self_score:
            rows.append(("The candidate’s own view", title, one.self_score, "", "", "", ""))
        rows += [
            (
                "Evidence", title, piece.text, piece.what_else,
                piece.day.isoformat() if piece.day else "", piece.seen_by, piece.link or piece.file,
            )
            for piece in one.evidence
        ]  # fmt: skip
    about = _about("case", case.round) | {
        "candidate": str(case.candidate), "opening": str(case.opening), "state": page.state_words,
    }  # fmt: skip
    return TakenOut(
        name="case",
        about=about,
        columns=("part", "criterion", "text", "otherwise", "day", "seen by", "where"),
        rows=tuple(rows),
    )


def of_decision(person: Person, case: Nomination) -> TakenOut:
    """Give a decision with its ratings and what followed; whoever asks has passed ``case.decision``."""
    page = deciding_queries.decision_page(person, case)
    made = page.decision
    rows: list[tuple[Cell, ...]] = [
        ("Decision before it was changed", "", made.by_name, was.outcome, "", was.reasons, _day(was.until))
        for was in page.earlier
    ]
    day = timezone.localtime(made.made_at).date().isoformat()
    rows.append(("Decision", "", made.by_name, made.get_outcome_display(), "", made.reasons, day))
    rows += [
        ("Rating", title, one.rater, one.score, one.rests_on, one.words, "")
        for title, ratings in deciding_queries.open_ratings(case)
        for one in ratings
    ]
    rows += [
        ("What the candidate says to it", about, "", "", "", one.text, _day(one.made_at))
        for one, about in page.statements
    ]
    rows += [
        (
            "Next step",
            "",
            str(one.by or ""),
            "done" if one.done_on else "open",
            "",
            one.text,
            one.due.isoformat(),
        )
        for one in page.steps
    ]
    about = _about("decision", case.round) | {
        "candidate": str(case.candidate), "opening": str(case.opening),
    }  # fmt: skip
    return TakenOut(
        name="decision",
        about=about,
        columns=("part", "criterion", "who", "said", "rests on", "text", "day"),
        rows=tuple(rows),
    )


def _day(moment: object) -> str:
    return str(moment)[:10]


def of_calibration(person: Person, one: Round) -> TakenOut | None:
    """Give raw and fair scores and how strict raters were, as the page does; nothing before it is open."""
    page = calibration_queries.page(person, one)
    if not page.opened or page.made is None:
        return None
    calibration_queries.note_seen(person, page)
    rows: list[tuple[Cell, ...]] = []
    for part in page.parts:
        rows += [
            ("candidate", part.number, row.name, row.observed, row.fair, row.low, row.high, row.n, row.raters)
            for row in part.scores
        ]
        rows += [
            (
                "rater",
                part.number,
                row.name,
                None,
                row.points,
                row.low,
                row.high,
                row.n if row.whole else None,
                None,
            )
            for row in part.raters
        ]
    about = _about("calibration", one) | {
        "method": page.made.method,
        "ratings_sha256": page.made.ratings_sha256,
        "intervals": "80 of 100",
        "order": "by name",
        "scale": "; ".join(f"{number}: {words}" for number, words in terms.policy_of(one).scores),
    }
    columns = (
        "kind", "part", "name", "raw", "fair score or points of strictness", "low", "high", "ratings",
        "raters",
    )  # fmt: skip
    return TakenOut(name="calibration", about=about, columns=columns, rows=tuple(rows))


KINDS: Final[dict[str, Callable[[Person, Any], TakenOut | None]]] = {
    "case": of_case,
    "decision": of_decision,
    "calibration": of_calibration,
}


def note(person: Person, what: str, obj: Nomination | Round, form: str) -> None:
    """Note in the record that somebody took it along."""
    subject = getattr(obj, "candidate", None)
    record(person, f"export_{what}", obj, subject=subject if subject != person else None, form=form)
