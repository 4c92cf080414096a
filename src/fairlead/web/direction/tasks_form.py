"""Which tasks somebody speaks about, and what each gives or takes: the screens of the section on energy.

The tasks of one's own calendar and role come first and are ticked; the 41 work activities stand under
their headings. What was ticked is then asked about, a few tasks on each screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms

from fairlead.core.work import Competency, label
from fairlead.web.direction.forms import Asked, PlainText, Words, field_for
from fairlead.web.direction.task_words import OWN, WITHOUT_COMPETENCIES, suggested, task_label, task_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.library.direction import DirectionTexts
    from fairlead.web.direction.task_words import Suggestion
    from fairlead.web.people.models import Person

MOST_TASKS: Final = 15
ON_ONE_SCREEN: Final = 5


class ChooseForm(Asked):
    """Which tasks to speak about."""

    kind: ClassVar = "choose_tasks"

    def __init__(
        self,
        person: Person,
        texts: DirectionTexts,
        *,
        sent: Mapping[str, Any] | None,
        entries: Sequence[Mapping[str, Any]],
    ) -> None:
        """Offer the tasks in groups, with those ticked that were chosen or suggested."""
        self.entries, self.suggested = entries, suggested(person)
        self.headings = _groups(texts, self.suggested)
        chosen = [one["task"] for one in entries if not one["task"].startswith(OWN)]
        own = [task_label(one, texts) for one in entries if one["task"].startswith(OWN)]
        if not entries:
            chosen = [one.task for one in self.suggested]
        super().__init__(sent, initial={"tasks": chosen, "own": "\n".join(own)})
        choices: list[tuple[Any, Any]] = [pair for _heading, pairs in self.headings for pair in pairs]
        self.fields["tasks"] = forms.MultipleChoiceField(
            choices=choices, required=False, widget=forms.CheckboxSelectMultiple, label="Tasks"
        )
        self.fields["own"] = PlainText(
            label="Tasks of my own, one a line",
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def groups(self) -> list[tuple[str, list[Any], int]]:
        """Each heading with its boxes, and how many of them are ticked."""
        boxes = {str(one.data["value"]): one for one in self["tasks"]}
        found = []
        for heading, pairs in self.headings:
            mine = [boxes[task] for task, _words in pairs]
            found.append((heading, mine, sum(bool(one.data["selected"]) for one in mine)))
        return found

    def own_tasks(self) -> list[str]:
        """Give each own task once, in its words."""
        lines = (" ".join(line.split())[:120] for line in self.cleaned_data.get("own", "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        """Refuse more than can be answered in one sitting."""
        values = super().clean() or {}
        count = len(values.get("tasks") or ()) + len(self.own_tasks())
        if not count:
            raise forms.ValidationError("Tick at least one task, or write one of your own.")
        if count > MOST_TASKS:
            raise forms.ValidationError(
                f"{count} tasks are more than one sitting holds. Choose at most {MOST_TASKS}."
            )
        return values

    def put_into(self, content: Any) -> Any:
        """Keep what was said about tasks that are still chosen, and make room for new ones."""
        said = {task_name(one): one for one in content or []}
        hours = {one.task: one.hours for one in self.suggested}
        new = [(task, "") for task in self.cleaned_data["tasks"]]
        new += [(f"{OWN}{words}", words) for words in self.own_tasks()]
        entries = []
        for task, words in new:
            before = said.get(task, {})
            fresh = {"effect": None, "hours_spent": hours.get(task), "hours_wanted": None}
            entries.append({**fresh, **before, "task": task, "label": words})
        return entries


class RateForm(Asked):
    """What some of the chosen tasks give or take, and their hours."""

    kind: ClassVar = "known_tasks"

    def __init__(
        self,
        texts: DirectionTexts,
        part: int,
        *,
        sent: Mapping[str, Any] | None,
        entries: Sequence[Mapping[str, Any]],
    ) -> None:
        """Ask for effect and hours of each task of this screen."""
        first = part * ON_ONE_SCREEN
        self.rated = list(enumerate(entries))[first : first + ON_ONE_SCREEN]
        self.labels = {number: task_label(one, texts) for number, one in self.rated}
        self.hours_words = [texts.question("energy", name) for name in ("hours_spent", "hours_wanted")]
        initial: dict[str, Any] = {}
        for number, one in self.rated:
            effect = one.get("effect")
            initial[f"{number}-effect"] = "" if effect is None else str(effect)
            initial[f"{number}-hours_spent"] = one.get("hours_spent")
            initial[f"{number}-hours_wanted"] = one.get("hours_wanted")
        super().__init__(sent, initial=initial)
        for number, _one in self.rated:
            for name in ("effect", "hours_spent", "hours_wanted"):
                self.fields[f"{number}-{name}"] = field_for(texts.question("energy", name), texts)

    @property
    def tasks(self) -> list[tuple[str, forms.BoundField, list[forms.BoundField]]]:
        """Each task with its effect and its hours."""
        return [
            (
                self.labels[n],
                self[f"{n}-effect"],
                [self[f"{n}-{name}"] for name in ("hours_spent", "hours_wanted")],
            )
            for n, _one in self.rated
        ]

    def put_into(self, content: Any) -> Any:
        """Keep what was said under the task it was said about."""
        entries = [dict(one) for one in content or []]
        shown = {task_name(one): number for number, one in self.rated}
        for one in entries:
            number = shown.get(task_name(one))
            if number is not None:
                names = ("effect", "hours_spent", "hours_wanted")
                one |= {name: self.cleaned_data.get(f"{number}-{name}") for name in names}
        return entries


def _groups(texts: DirectionTexts, known: Sequence[Suggestion]) -> list[tuple[str, list[tuple[str, Words]]]]:
    taken = {one.task for one in known}
    groups = [("In your calendar and your role", [(one.task, Words(one.label, one.says)) for one in known])]
    words = [
        (one.value, Words(label(one)))
        for one in (*Competency, *WITHOUT_COMPETENCIES)
        if one.value not in taken
    ]
    groups.append(("Leading, managing, doing", words))
    groups += [
        (group.label, [(one.code, Words(one.label, one.example)) for one in group.activities])
        for group in texts.groups
    ]
    return [(heading, pairs) for heading, pairs in groups if pairs]
