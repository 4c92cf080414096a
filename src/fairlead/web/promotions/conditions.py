"""What has to be so before a step of a round is taken: the facts, and each condition with its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.web.promotions.phases import RATINGS_OPEN, CaseState, RoundState, Who

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST_MEMBERS: Final = 3
LEAST_REASONS: Final = 50
LEAST_WORDS: Final = 8
_WORDS: Final = re.compile(r"[\u0e00-\u0eff\u2e80-\u9fff]|[^\W\d_]{2,}")
"""A word, or one sign of a script that sets no spaces between words."""
LEAST_VOTES: Final = 3
LEAST_RATERS: Final = 2
"""Nobody is decided about on the word of one rater alone."""
LEAST_WITH_A_PART: Final = 2
"""Who decides is never the only one of the committee who has a part in the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is so when somebody wants to take a step: counts, names of people as opaque keys, no content.

    ``actor`` is empty where nobody in person acts. ``barred`` are those who have no part in the case,
    ``involved`` those whose ratings, votes or notes stand in it. ``places`` is the headcount of the opening
    that is left; ``promotes`` that the step would use one. ``way_back`` says that the round answers whether
    somebody can go back; ``voters`` counts members with a part, ``unvoted`` those of them who have not
    voted, ``counted`` says that the votes were counted.

    ``unchanged`` says that what the round stands on is what was frozen; ``early`` that the last day of the
    phase is not over. ``near`` says that the actor has no part in some case of the round, ``other`` that the
    step is about somebody else than the actor. ``raters`` counts those whose ratings of the case count,
    ``with_part`` the members who have a part in it; ``fits`` says that the figures are of these ratings.
    """

    round: RoundState
    case: CaseState | None = None
    actor: str = ""
    who: frozenset[Who] = frozenset()
    reason: str = ""
    least: int = LEAST_REASONS
    signed: bool = False
    openings: int = 0
    chairs: int = 0
    members: int = 0
    silent: int = 0
    cases: int = 0
    unanswered: int = 0
    undecided: int = 0
    without_step: int = 0
    voices: int = 0
    connected: bool = False
    short: int = 0
    waiting: int = 0
    complete: bool = False
    handed_in: bool = False
    rated: int = 0
    barred: frozenset[str] = frozenset()
    involved: frozenset[str] = frozenset()
    places: int = 0
    promotes: bool = False
    promoted: bool = False
    decider: str = ""
    self_nomination: bool = True
    way_back: bool = False
    voters: int = 0
    unvoted: int = 0
    counted: bool = False
    unchanged: bool = True
    early: bool = False
    near: bool = False
    other: bool = False
    raters: int = 0
    least_raters: int = LEAST_RATERS
    with_part: int = 0
    fits: bool = True


class NotNow(Exception):  # noqa: N818 - a refusal in words, not a fault
    """The step cannot be taken, and why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Need:
    """A condition and what is said where it is not met."""

    holds: Callable[[Facts], bool]
    else_say: str


CHANGED: Final = (
    "This round has stopped: what it stands on is not what was fixed at its opening any more. It goes on "
    "when that is put back, or people operations cancel it."
)
NAMED: Final = Need(
    lambda one: bool(one.actor), "A person does this in their own name; nothing here happens by itself."
)
REASON: Final = Need(
    lambda one: len(one.reason.strip()) >= max(one.least, LEAST_REASONS),
    "Write the reasons in at least {least} characters: the person reads them.",
)
NO_PART: Final = Need(
    lambda one: one.actor not in one.barred,
    "You have no part in this case: you were recused, or you are too close to it.",
)
NO_PART_UNLESS_MANAGER: Final = Need(
    lambda one: Who.MANAGER in one.who or NO_PART.holds(one), NO_PART.else_say
)
"""A manager has no part in rating and deciding; what comes next is theirs to carry."""
CLEAN: Final = Need(
    lambda one: not (one.involved & one.barred),
    "Somebody who has no part in this case is still involved in it. Their part is taken out first.",
)
RATED: Final = Need(
    lambda one: one.rated > 0,
    "No rating stands in this case, so nothing can be decided on. Set it aside and say why.",
)
ENOUGH_RATED: Final = Need(
    lambda one: one.raters >= max(one.least_raters, LEAST_RATERS),
    "The ratings of too few raters count in this case: the rules of the round ask for {least_raters} at "
    "least. It is set aside, with a reason that the person reads.",
)
COMPANY: Final = Need(
    lambda one: one.with_part >= LEAST_WITH_A_PART,
    "Only one person of the committee has a part in this case, and no case hangs on one voice. It is set "
    "aside, with a reason that the person reads.",
)
UNDECIDABLE: Final = Need(
    lambda one: not all(need.holds(one) for need in (RATED, ENOUGH_RATED, COMPANY)),
    "This case can be decided: ratings stand in it. Only a case that nobody can decide is set aside.",
)
FITS: Final = Need(
    lambda one: one.fits,
    "The figures are not of the ratings that count now. Let the ratings be put on one scale anew first.",
)
FAR: Final = Need(
    lambda one: not one.near,
    "You have no part in a case of this round, so you change nothing about who rates in it. Somebody who is "
    "close to none of its cases does this.",
)
FAR_FOR_OTHERS: Final = Need(
    lambda one: not (one.other and one.near),
    "You have no part in a case of this round, so you take nobody else out. Somebody who is close to none of "
    "its cases does this.",
)
BY_WHOM: Final = Need(
    lambda one: not one.other or bool(one.who & {Who.PEOPLE_OPERATIONS, Who.CHAIR}),
    "You can recuse yourself; for somebody else ask the chair or people operations.",
)
ONCE_OPEN: Final = Need(
    lambda one: (
        not one.other
        or one.round not in RATINGS_OPEN
        or (Who.PEOPLE_OPERATIONS in one.who and Who.MEMBER not in one.who)
    ),
    "Once ratings are open, people operations alone take somebody else out, and nobody who sits in the "
    "committee: who decides does not choose whose ratings count.",
)
OTHERS_REASON: Final = Need(
    lambda one: not one.other or one.round not in RATINGS_OPEN or REASON.holds(one),
    "Give the reason in at least {least} characters: whoever reads the ratings reads it, the candidate too.",
)
KEEPS_ENOUGH: Final = Need(
    lambda one: not one.other or one.members > LEAST_MEMBERS,
    f"A committee keeps at least {LEAST_MEMBERS} people: people operations end no seat below that. Members "
    "can leave by themselves.",
)
OWN_SEAT: Final = Need(
    lambda one: not one.other or Who.PEOPLE_OPERATIONS in one.who,
    "You can leave yourself; people operations can end a seat.",
)
STANDS: Final = Need(
    lambda one: not one.handed_in,
    "They have handed in, and what was handed in stands. Where they have a conflict of interest, record that "
    "they have no part in the case.",
)
WORDS: Final = Need(
    lambda one: len({word.casefold() for word in _WORDS.findall(one.reason)}) >= LEAST_WORDS,
    f"Write the reasons in words, at least {LEAST_WORDS} different ones: somebody reads them.",
)
ON_ITS_DAY: Final = Need(
    lambda one: not one.early or (REASON.holds(one) and WORDS.holds(one)),
    "The last day of this phase, as it was announced, is not over. Wait for it, or say in at least {least} "
    "characters why it ends early: everybody who reads this round reads it.",
)
SAME: Final = Need(
    lambda one: bool(one.actor) and one.actor == one.decider,
    "Whoever decided can change it, and nobody else.",
)
PLACES: Final = Need(
    lambda one: not one.promotes or one.promoted or one.places > 0,
    "Every place of this opening is filled. Say that the criteria are met and there is no opening, or give "
    "other reasons.",
)
OPENING: Final = (
    Need(lambda one: one.signed, "Choose a framework that the leadership team has signed."),
    Need(lambda one: one.openings > 0, "Add at least one opening: what can be filled in this round."),
    Need(lambda one: one.chairs == 1, "One person chairs the committee; choose exactly one."),
    Need(
        lambda one: one.members >= LEAST_MEMBERS,
        f"A committee has at least {LEAST_MEMBERS} people, so that no case hangs on one voice.",
    ),
    Need(
        lambda one: one.way_back,
        "Say whether somebody who leads or manages can go back to other work here. People ask before they "
        "say yes to a nomination.",
    ),
)
SOME: Final = Need(lambda one: one.cases > 0, "No case stands in this round. Cancel it, or wait.")
ANSWERED: Final = Need(
    lambda one: one.unanswered == 0,
    "Somebody was nominated and has not answered yet. Ask them; their manager can take the nomination back.",
)
CONFLICTS: Final = Need(
    lambda one: one.silent == 0,
    "Not every member of the committee has said whether they have a conflict of interest.",
)
ENOUGH: Final = Need(
    lambda one: one.short == 0, "A case has fewer raters than the round asks for. Assign the rest first."
)
CONNECTED: Final = Need(
    lambda one: one.connected,
    "The ratings would fall into parts that nobody could compare. Assign raters again before anybody rates.",
)
HANDED_IN: Final = Need(
    lambda one: one.waiting == 0,
    "A rater has not handed in. Wait for them, or end their assignment and say that they did not rate.",
)
COMPLETE: Final = Need(
    lambda one: one.complete, "Rate every criterion, or say that you cannot, before you hand in."
)
NOT_IN_YET: Final = Need(lambda one: not one.handed_in, "You have handed in; these ratings are final.")
HEARD: Final = Need(
    lambda one: one.voices == 0,
    "A colleague’s input is not heard yet: a summary is not written, or what speaks against a case has no "
    "answer. It is answered, or the chair says why not.",
)
VOTED: Final = Need(
    lambda one: one.unvoted == 0,
    "Not everybody who has a part in this case has voted. Votes are counted when all are in.",
)
TELLS_NOBODY: Final = Need(
    lambda one: one.voters >= LEAST_VOTES,
    f"Fewer than {LEAST_VOTES} vote on this case: a count would tell each how the other voted.",
)
NOT_COUNTED: Final = Need(
    lambda one: not one.counted, "The votes on this case were counted, so nobody changes theirs any more."
)
ALL_DECIDED: Final = Need(lambda one: one.undecided == 0, "A case is not decided yet.")
STEPS_WRITTEN: Final = Need(
    lambda one: one.without_step == 0,
    "Somebody who was not promoted has no next step yet. Each gets one before the round is closed.",
)
NOT_PROMOTED: Final = Need(
    lambda one: not one.promoted, "A next step here is for those who were not promoted in this round."
)
MAY_SELF: Final = Need(
    lambda one: one.self_nomination, "In this round managers nominate; ask yours to nominate you."
)
