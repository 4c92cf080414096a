"""The shipped words of praise without an act, made ready for :mod:`fairlead.core.confidence_flags`."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from fairlead.core.confidence_flags import PraiseLexicon, PraiseTerm
from fairlead.library.load import shipped, validate

PRAISE: Final = ("lexicon/praise-en.yaml", "lexicon/praise-de.yaml")

Term = Annotated[str, Field(min_length=3, max_length=60)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PraiseEntry(_Strict):
    """Words of one sort: what is said of them, the rows they serve and the research behind."""

    about: Annotated[str, Field(min_length=3, max_length=40)]
    rows: Annotated[list[int], Field(min_length=1)]
    why: Annotated[str, Field(min_length=20, max_length=200)]
    research: Annotated[str, Field(min_length=20, max_length=240)]
    terms: Annotated[list[Term], Field(min_length=1)]


class PraiseFile(_Strict):
    """A file of praise and acts in one language."""

    language: Literal["en", "de"]
    praise: Annotated[list[PraiseEntry], Field(min_length=1)]
    acts: Annotated[list[Term], Field(min_length=1)]


@cache
def praise_files() -> tuple[PraiseFile, ...]:
    """Give the shipped files."""
    return tuple(validate(PraiseFile, shipped(path)) for path in PRAISE)


@cache
def praise_lexicon() -> PraiseLexicon:
    """Give the words of all languages together: people write in more than one."""
    return PraiseLexicon(
        praise=tuple(
            PraiseTerm(term=term, why=entry.why, rows=tuple(entry.rows), research=entry.research)
            for file in praise_files()
            for entry in file.praise
            for term in entry.terms
        ),
        acts=tuple(word for file in praise_files() for word in file.acts),
    )
