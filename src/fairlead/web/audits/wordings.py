"""Roles in words: a job description through the lens, a profile written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairlead.core.lens import read_description as read_through
from fairlead.library import role_library
from fairlead.library.role_lens import lens
from fairlead.sources import role_profile, sandbox

if TYPE_CHECKING:
    from fairlead.core.roles import DescriptionReading, RoleProfile


def title_of(code: str) -> str:
    """Give the title of a role of the library, empty when there is none of that code."""
    found = role_library.load().profiles.get(code)
    return found.title if found else ""


def read_description(text: str, title: str) -> DescriptionReading:
    """Read a job description sentence by sentence; nothing of it is kept."""
    return read_through(text, lens(), title=title)


def read_profile(name: str, data: bytes) -> RoleProfile:
    """Read a profile written by hand in the sandbox and check it; ``BadInput`` places every problem."""
    return role_profile.profile_in(sandbox.read_document(name, data))


def example() -> str:
    """Give a profile that passes the check as it stands, without the remarks for the command line."""
    lines = role_profile.template().splitlines(keepends=True)
    return "".join(line for line in lines if "fairlead " not in line)
