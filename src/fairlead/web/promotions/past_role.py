"""Cases that argue only from results in the role held now: said in words; no number changes (rows 17, 92)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.promotions.models import Nomination


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRole:
    """What was found: the words, and the sentences that stand in the packet; empty where nothing was."""

    words: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


WHY = (
    "Results in the role somebody holds now say little about how they would lead or manage in another one "
    "(Benson, Li and Shue 2019, doi:10.1093/qje/qjz022, sales workers of 131 firms). Ask for evidence of "
    "what the new role asks."
)


def past_role(case: Nomination, asked: Sequence[Any], words: Sequence[str]) -> PastRole:
    """Mark a case whose argument names past results while evidence for leading or managing is missing.

    ``words`` are those of the framework; each is looked for as whole words, whatever its case.
    """
    found = tuple(word for word in words if _in(word, case.argument))
    new = [one for one in asked if one.criterion.kind in {"leading", "managing"}]
    missing = [one.criterion.title for one in new if not one.evidence]
    says = []
    if found:
        quoted = ", ".join(f"“{word}”" for word in found)
        says.append(f"The argument names results in the present role: {quoted}.")
    if new and len(missing) == len(new) and any(one.evidence for one in asked):
        says.append("All evidence is about the craft; none is about leading or managing.")
    elif found and missing:
        says.append(f"Of the criteria of leading and managing, no evidence stands for: {', '.join(missing)}.")
    elif found:
        says.append("There is evidence for each criterion of leading and managing beside it.")
    return PastRole(words=found, says=(*says, WHY) if says else ())


def _in(word: str, text: str) -> bool:
    pattern = r"\b" + r"\s+".join(re.escape(part) for part in word.split()) + r"\b"
    return re.search(pattern, text, re.IGNORECASE) is not None
