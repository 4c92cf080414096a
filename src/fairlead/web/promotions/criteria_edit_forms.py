"""A framework's parts as plain forms: its head, questions, one level, one criterion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.validators import RegexValidator

from fairlead.core.framework import LIBRARIES, TRACKS, Criterion, Level, Question, Seen, library_label
from fairlead.core.framework_faults import HIGHEST_RUNG
from fairlead.core.work import LABELS, Competency, label
from fairlead.web.people.forms import plain_text
from fairlead.web.promotions import criteria_actions
from fairlead.web.promotions import criteria_editing as editing
from fairlead.web.promotions.criteria_forms import plain_lines
from fairlead.web.uncut import Uncut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairlead.core.framework import Framework

MOST_QUESTIONS: Final = 20
_ID: Final = RegexValidator(
    r"^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$", "Small letters, digits, - and _, beginning with a letter."
)
_VERSION: Final = RegexValidator(r"^\d+(?:\.\d+){0,2}$", "A version is a number like 1 or 1.2.")


def _line(text: str, most: int, help_text: str = "", *, required: bool = True, **more: Any) -> Any:
    return Uncut(
        label=text,
        max_length=most,
        help_text=help_text,
        required=required,
        validators=[plain_text, *more.pop("validators", [])],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write something here."},
    )


def _text(text: str, most: int, help_text: str = "", *, rows: int = 2) -> Any:
    return Uncut(
        label=text,
        max_length=most,
        help_text=help_text,
        required=False,
        validators=[plain_lines],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _lines(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.splitlines() if one.strip()]


class PartForm(forms.Form):
    """A part of a framework; ``seen`` says what stood there when the page was made."""

    kind = ""
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, sent: Any, *, framework: Framework, name: str = "") -> None:
        """Know the framework as it stands."""
        self.framework, self.name = framework, name
        super().__init__(sent, initial={"seen": editing.seen(framework, self.kind, name)})
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the framework, and what stands in them."""
        raise NotImplementedError

    def make(self) -> Callable[[Framework], Framework]:
        """Give the change that the form asks for."""
        raise NotImplementedError

    def mine(self, path: tuple[str | int, ...], framework: Framework) -> str | None:
        """Give the field at which a fault stands; empty for the form, ``None`` where it is elsewhere."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Refuse what would be wrong in this part, each at its field."""
        said = super().clean() or {}
        if not self.errors:
            would = self.make()(self.framework)
            for fault in criteria_actions.found_faults(would):
                field = self.mine(fault.path, would)
                if field is not None:
                    self.add_error(field or None, f"{fault.wrong} {fault.right}")
        return said

    def look_again(self, framework: Framework) -> None:
        """Let the next sending be about what stands now; what was typed stays."""
        sent: Any = self.data
        kept = sent.copy()
        kept["seen"] = editing.seen(framework, self.kind, self.name)
        self.data = kept


class HeadForm(PartForm):
    """Title, id, version, words, what tracks are called, warning words."""

    kind = editing.HEAD
    title = _line("Title", 120, "Everybody reads it.")
    id = _line("Id", 48, "A short name without spaces; it stays from version to version.", validators=[_ID])
    version = _line("Version", 20, "A number like 2 or 2.1.", validators=[_VERSION])
    words = _text("What it is, and for whom", 1500, rows=4)

    def build(self) -> None:
        """Add what each track is called, and the warning words."""
        now = self.framework
        self.initial.update({name: getattr(now, name) for name in ("title", "id", "version", "words")})
        for track in now.tracks:
            kind = label(track.id)
            self.fields[f"label_{track.id}"] = _line(f"What you call “{kind}”", 120)
            self.fields[f"words_{track.id}"] = _text(f"“{kind}” in a sentence", 300)
            self.initial.update({f"label_{track.id}": track.label, f"words_{track.id}": track.words})
        self.fields["past_only"] = _text(
            "Words by which a case argues only from the work held now", 12_000, "One in a line.", rows=5
        )
        self.initial["past_only"] = "\n".join(now.past_only)

    def clean_past_only(self) -> list[str]:
        """Give the warning words, each once."""
        found = list(dict.fromkeys(_lines(self.cleaned_data["past_only"])))
        if len(found) > 200 or any(len(one) > 120 for one in found):
            raise forms.ValidationError("Up to 200 lines, each of up to 120 characters.")
        return found

    def make(self) -> Callable[[Framework], Framework]:
        """Give the changed head."""
        said = self.cleaned_data
        head = {name: said[name] for name in ("title", "id", "version", "words")}
        head["past_only"] = tuple(said["past_only"])
        tracks = {
            track.id: (said[f"label_{track.id}"], " ".join(said[f"words_{track.id}"].split()))
            for track in self.framework.tracks
        }
        return lambda now: editing.with_head(now, head, tracks)

    def mine(self, path: tuple[str | int, ...], framework: Framework) -> str | None:  # noqa: ARG002 - as the form above it
        """Nothing of a head is found by the rules of frameworks."""
        return None


class QuestionsForm(PartForm):
    """What is asked of every case."""

    kind = editing.QUESTIONS

    def build(self) -> None:
        """Add the questions that are there, and two more."""
        had = self.framework.questions
        for i in range(min(len(had) + 2, MOST_QUESTIONS)):
            self.fields[f"text_{i}"] = _line(
                f"Question {i + 1}", 300, "Empty takes it out." if i < len(had) else "", required=False
            )
            self.fields[f"help_{i}"] = _line(f"Help for question {i + 1}", 300, required=False)
            if i < len(had):
                self.initial.update({f"text_{i}": had[i].text, f"help_{i}": had[i].help})

    def make(self) -> Callable[[Framework], Framework]:
        """Give the changed questions; what is new gets an id of its own."""
        had, said, found = self.framework.questions, self.cleaned_data, []
        taken = {one.id for one in had}
        for i in range(min(len(had) + 2, MOST_QUESTIONS)):
            text, words = said.get(f"text_{i}", ""), said.get(f"help_{i}", "")
            if not text:
                continue
            if i < len(had):
                found.append(replace(had[i], text=text, help=words))
            else:
                number = next(n for n in range(1, 99) if f"question-{n}" not in taken)
                taken.add(f"question-{number}")
                found.append(Question(id=f"question-{number}", text=text, help=words))
        return lambda now: editing.with_questions(now, found)

    def mine(self, path: tuple[str | int, ...], framework: Framework) -> str | None:  # noqa: ARG002 - as the form above it
        """Give faults of questions to the form."""
        return "" if path[0] == "questions" else None


class LevelForm(PartForm):
    """One level: title, rung, words, the tracks it belongs to."""

    kind = editing.LEVEL
    title = _line("Title", 120)
    rung = forms.IntegerField(
        label="Rung",
        min_value=1,
        max_value=HIGHEST_RUNG,
        help_text="Counts from 1 over all tracks. Two levels on one rung are equal in standing.",
    )
    words = _text("What somebody at this level answers for", 300)
    tracks = forms.MultipleChoiceField(
        label="Tracks",
        choices=[(track, label(track)) for track in TRACKS],
        widget=forms.CheckboxSelectMultiple,
        help_text="More than one where tracks begin alike.",
        error_messages={"required": "Choose one track or more."},
    )

    def build(self) -> None:
        """Show the level as it stands."""
        found = editing.part(self.framework, self.kind, self.name)
        if found is not None:
            self.initial.update({name: found[name] for name in ("title", "rung", "words", "tracks")})

    @property
    def level_id(self) -> str:
        """Give the id of the level, a new one where it is new."""
        return self.name or editing.new_id(self.framework, self.kind, self.cleaned_data["title"])

    def make(self) -> Callable[[Framework], Framework]:
        """Give the changed level."""
        said = self.cleaned_data
        words = " ".join(said["words"].split())
        level = Level(id=self.level_id, title=said["title"], rung=said["rung"], words=words)
        return lambda now: editing.with_level(now, level, said["tracks"])

    def mine(self, path: tuple[str | int, ...], framework: Framework) -> str | None:
        """Give faults of the rung to it; that a level asks nothing yet is mended at the criteria."""
        if path[0] == "levels" and path[-1] == "rung":
            at = path[1]
            return "rung" if isinstance(at, int) and framework.levels[at].id == self.level_id else None
        if path[0] == "tracks" and len(path) > 3 and path[2] == "levels":
            return "rung" if self.level_id in framework.tracks[int(path[1])].levels else None
        return None


class CriterionForm(PartForm):
    """One criterion: title, library, and what is seen at each level that asks for it."""

    kind = editing.CRITERION
    title = _line("Title", 120, "What somebody does, not how they come across.")
    library = forms.ChoiceField(
        label="Library",
        choices=[(one, library_label(one)) for one in LIBRARIES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    competency = forms.ChoiceField(
        label="Competency",
        choices=[("", "None of these"), *((str(one), LABELS[one]) for one in Competency)],
        required=False,
        help_text="If it is one of the twelve.",
    )
    words = _text("What it is about", 300)

    def build(self) -> None:
        """Add a field for each level, tracks in their order."""
        found = next((one for one in self.framework.criteria if one.id == self.name), None)
        self.levels = list(enumerate(in_order(self.framework)))
        seen = {one.level: one for one in found.seen} if found else {}
        if found:
            self.initial.update({"title": found.title, "library": found.kind})
            self.initial.update({"competency": found.competency, "words": found.words})
        for i, level in self.levels:
            tracks = ", ".join(track.label for track in self.framework.tracks_of(level.id))
            self.fields[f"seen_{i}"] = _text(
                f"What is seen at {level.title} ({tracks})", 1500, "Empty: not asked at this level.", rows=3
            )
            self.fields[f"examples_{i}"] = _text(
                f"Examples at {level.title} ({tracks})", 6000, "One in a line; may stay empty."
            )
            if level.id in seen:
                self.initial[f"seen_{i}"] = seen[level.id].text
                self.initial[f"examples_{i}"] = "\n".join(seen[level.id].examples)

    @property
    def criterion_id(self) -> str:
        """Give the id of the criterion, a new one where it is new."""
        return self.name or editing.new_id(self.framework, self.kind, self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        """Refuse examples that are too many or too long, and a level with examples alone."""
        said = self.cleaned_data
        for i, _level in self.levels:
            examples = _lines(said.get(f"examples_{i}", ""))
            if len(examples) > 20 or any(len(one) > 300 for one in examples):
                self.add_error(f"examples_{i}", "Up to 20 lines, each of up to 300 characters.")
            if examples and not said.get(f"seen_{i}", "").strip() and f"seen_{i}" not in self.errors:
                self.add_error(f"seen_{i}", "There are examples here. Say what is seen, or take them out.")
        return super().clean()

    def make(self) -> Callable[[Framework], Framework]:
        """Give the changed criterion; rows and research stay as they are."""
        said = self.cleaned_data
        had = next((one for one in self.framework.criteria if one.id == self.name), None)
        base = had or Criterion(id=self.criterion_id, title="", kind="", seen=())
        seen = tuple(
            Seen(level=level.id, text=text, examples=tuple(_lines(said[f"examples_{i}"])))
            for i, level in self.levels
            if (text := " ".join(said[f"seen_{i}"].split()))
        )
        made = replace(
            base,
            title=said["title"],
            kind=said["library"],
            competency=said["competency"],
            words=" ".join(said["words"].split()),
            seen=seen,
        )
        return lambda now: editing.with_criterion(now, made)

    def mine(self, path: tuple[str | int, ...], framework: Framework) -> str | None:
        """Give each fault of this criterion to its field."""
        if path[0] != "criteria" or len(path) < 2 or framework.criteria[int(path[1])].id != self.criterion_id:
            return None
        if len(path) > 3 and path[2] == "seen":
            at = next((i for i, level in self.levels if level.id == path[3]), None)
            return "" if at is None else f"{'examples' if 'examples' in path else 'seen'}_{at}"
        named = {"title": "title", "kind": "library", "competency": "competency", "words": "words"}
        return named.get(str(path[-1]), "")


def in_order(framework: Framework) -> Sequence[Level]:
    """Give levels track by track, a level that two tracks begin with once."""
    known = {one.id: one for one in framework.levels}
    found = [known[name] for track in framework.tracks for name in track.levels if name in known]
    return list(dict.fromkeys([*found, *framework.levels]))


FORMS: Final = {one.kind: one for one in (HeadForm, QuestionsForm, LevelForm, CriterionForm)}
