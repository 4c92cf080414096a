"""WHO may do and see what: every permission, and the only ways to an object or a page.

``get`` gives one object or 404, the same for "not there" and "not yours"; ``visible`` the queryset;
``require`` opens a page that comes with a role. Views import no models, so there is no other way.
"""

from fairlead.web.access.doors import NOT_HERE, SecondFactorNeeded, get, may, require, visible
from fairlead.web.access.permission import Permission
from fairlead.web.access.permissions import PERMISSIONS
from fairlead.web.access.step_up import fresh

__all__ = [
    "NOT_HERE",
    "PERMISSIONS",
    "Permission",
    "SecondFactorNeeded",
    "fresh",
    "get",
    "may",
    "require",
    "visible",
]
