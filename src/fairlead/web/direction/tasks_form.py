"""Which tasks somebody speaks about, and what each gives or takes: the screens of the section on energy.

The tasks of one's own calendar and role come first and are ticked; the 41 work activities stand under
their headings. What was ticked is then asked about, a few tasks on each screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _

from fairlead.core.work import Competency, label
from fairlead.web.direction.carrying import ANEW, is_asked, is_earlier
from fairlead.web.direction.forms import Asked, PlainText, Words, field_for
from fairlead.web.direction.letters import fitting_lines
from fairlead.web.direction.stretches import AT_ONCE, ON_ONE_SCREEN
from fairlead.web.direction.task_words import OWN, WITHOUT_COMPETENCIES, suggested, task_label, task_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fairlead.library.direction import DirectionTexts
    from fairlead.web.direction.task_words import Suggestion
    from fairlead.web.people.models import Person

MOST_KEPT: Final = 100
"""Tasks that can stand beside each other, as many as an answer file holds."""

MOST_OWN: Final = 100
"""Letters of a task in one's own words; an answer file takes a little more."""

MOST_OWN_LINES: Final = 20


class ChooseForm(Asked):
    """Which tasks to speak about."""

    kind: ClassVar = "choose_tasks"
    most: ClassVar = AT_ONCE["energy"]

    def __init__(
        self,
        person: Person,
        texts: DirectionTexts,
        *,
        sent: Mapping[str, Any] | None,
        entries: Sequence[Mapping[str, Any]],
    ) -> None:
        """Offer the tasks in groups, with those ticked that were chosen or suggested."""
        self.entries = entries
        earlier = [one for one in entries if is_earlier(one)]
        before = {task_name(one) for one in earlier}
        self.suggested = tuple(one for one in suggested(person) if one.task not in before)
        self.headings = _said(texts, earlier) + _groups(texts, self.suggested, before)
        fresh = [one for one in entries if not is_earlier(one)]
        chosen = [task_name(one) for one in earlier if is_asked(one)]
        chosen += [one["task"] for one in fresh if not one["task"].startswith(OWN)]
        own = [task_label(one, texts) for one in fresh if one["task"].startswith(OWN)]
        if not any(map(is_asked, entries)):
            chosen = [one.task for one in self.suggested[: self.most]]
        super().__init__(sent, initial={"tasks": chosen, "own": "\n".join(own)})
        choices: list[tuple[Any, Any]] = [pair for _h, pairs in self.headings for pair in pairs]
        self.fields["tasks"] = forms.MultipleChoiceField(
            choices=choices, required=False, widget=forms.CheckboxSelectMultiple, label=_("Tasks")
        )
        self.fields["own"] = PlainText(
            label=_("Tasks of my own, one a line"),
            required=False,
            max_length=1000,
            language=texts.language,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def groups(self) -> list[tuple[str, list[Any], int]]:
        """Each heading with its boxes, and how many of them are ticked."""
        boxes = {str(one.data["value"]): one for one in self["tasks"]}
        found = []
        for heading, pairs in self.headings:
            mine = [boxes[task] for task, _w in pairs]
            found.append((heading, mine, sum(bool(one.data["selected"]) for one in mine)))
        return found

    def clean_own(self) -> str:
        """Give each own task once, a line each, in its words."""
        lines = fitting_lines(self.cleaned_data["own"], most=MOST_OWN_LINES, longest=MOST_OWN)
        return "\n".join(dict.fromkeys(lines))

    def chosen(self) -> list[str]:
        """Give the name of each task that is chosen, once."""
        own = self.cleaned_data.get("own", "").splitlines()
        return list(dict.fromkeys([*(self.cleaned_data.get("tasks") or ()), *(f"{OWN}{one}" for one in own)]))

    def clean(self) -> dict[str, Any]:
        """Refuse more than can be answered in one sitting."""
        values, chosen = super().clean() or {}, self.chosen()
        if self.errors:
            return values
        if not chosen:
            raise forms.ValidationError(_("Tick at least one task, or write one of your own."))
        if len(chosen) > self.most:
            raise forms.ValidationError(
                _(
                    "%(count)s tasks take longer than the five minutes of one sitting. Choose %(most)s for "
                    "now, those that give and take most; %(most)s more can follow in another sitting "
                    "whenever you like, and these stay."
                )
                % {"count": len(chosen), "most": self.most}
            )
        if len({*chosen, *map(task_name, filter(is_earlier, self.entries))}) > MOST_KEPT:
            raise forms.ValidationError(
                _("At most %(most)s tasks can stand beside each other.") % {"most": MOST_KEPT}
            )
        return values

    def put_into(self, content: Any) -> Any:
        """Keep what was said about chosen tasks and at an earlier time, and make room for new ones."""
        chosen, hours = self.chosen(), {one.task: one.hours for one in self.suggested}
        said = {task_name(one): one for one in content or []}
        entries = [{**one, ANEW: name in chosen} for name, one in said.items() if is_earlier(one)]
        for name in chosen:
            before = said.get(name, {})
            if is_earlier(before):
                continue
            fresh = {"effect": None, "hours_spent": hours.get(name), "hours_wanted": None}
            label = name.removeprefix(OWN) if name.startswith(OWN) else ""
            entries.append({**fresh, **before, "task": name, "label": label})
        return entries


def on_screen(entries: Sequence[Mapping[str, Any]], part: int) -> list[Mapping[str, Any]]:
    """Give the tasks that one screen asks about."""
    first = part * ON_ONE_SCREEN
    return [one for one in entries if is_asked(one)][first : first + ON_ONE_SCREEN]


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
        self.rated = list(enumerate(on_screen(entries, part), part * ON_ONE_SCREEN))
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


def _said(
    texts: DirectionTexts, earlier: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[tuple[str, Words]]]]:
    """Give the tasks of an earlier time under their own heading; they stay as they are unless ticked."""
    pairs = []
    for one in earlier:
        effect = one.get("effect")
        said = "" if effect is None else texts.answer("effect", effect)
        pairs.append((task_name(one), Words(task_label(one, texts), said)))
    heading = _("Said before: it stays as it is, unless you tick it to answer it again")
    return [(heading, pairs)] if pairs else []


def _groups(
    texts: DirectionTexts, known: Sequence[Suggestion], before: Collection[str]
) -> list[tuple[str, list[tuple[str, Words]]]]:
    taken = {*before, *(one.task for one in known)}
    groups = [
        (_("In your calendar and your role"), [(one.task, Words(one.label, one.says)) for one in known])
    ]
    words = [
        (one.value, Words(_(label(one))))
        for one in (*Competency, *WITHOUT_COMPETENCIES)
        if one.value not in taken
    ]
    groups.append((_("Leading, managing, doing"), words))
    groups += [
        (
            group.label,
            [(one.code, Words(one.label, one.example)) for one in group.activities if one.code not in before],
        )
        for group in texts.groups
    ]
    return [(heading, pairs) for heading, pairs in groups if pairs]
