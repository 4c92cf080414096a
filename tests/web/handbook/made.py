"""Making what the handbook's tests need: tips in each state, ideas, answers, notices, stated values."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, StatedValues, Tip

PAGE = "leading"


def tip(author: Any, *, state: str = "waiting", **more: Any) -> Tip:
    """A tip; one that was answered has its day."""
    day = None if state == "waiting" else timezone.localdate()
    values = {"page": PAGE, "text": "Ask once more before you decide.", "state": state, "moderated_on": day}
    return Tip.objects.create(author=author, **(values | more))


def idea(author: Any, **more: Any) -> Idea:
    """An idea that is offered."""
    values = {
        "title": "Quiet mornings",
        "text": "No meetings before ten, for all of us.",
        "effect": "Fewer interruptions; the backlog became shorter.",
    }
    return Idea.objects.create(author=author, **(values | more))


def answer(author: Any, *, to: Idea | None = None, **more: Any) -> IdeaAnswer:
    """An answer to an idea."""
    values = {"text": "We would like to try that.", "tried": ""}
    return IdeaAnswer.objects.create(idea=to or idea(author), author=author, **(values | more))


def notice(by: Any, *, about: Tip | None = None, **more: Any) -> Notice:
    """A notice about a published tip that nobody's name stands under."""
    about = about or tip(None, state="published")
    return Notice.objects.create(by=by, tip=about, text="It names a customer of ours.", **more)


def values(by: Any, *, published: bool = True) -> StatedValues:
    """What the organization states."""
    return StatedValues.objects.create(
        content=[{"name": "Together", "says": "We help each other.", "values": ["relationships", "support"]}],
        source="The page about us",
        written_by=by,
        published_on=timezone.localdate() if published else None,
    )
