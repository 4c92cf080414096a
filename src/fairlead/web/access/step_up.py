"""Signing in again before what matters, and the second factor that privileged roles ask for."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any, overload

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from fairlead.web.access.doors import SecondFactorNeeded, require_some
from fairlead.web.access.relations import PRIVILEGED, Asking, held

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    View = Callable[..., HttpResponseBase]

WHY = (
    "Your role reaches other people's data, so it asks for a second factor. "
    "Your own pages stay open without one."
)


def used_second_factor(request: HttpRequest) -> bool:
    """Say whether a second factor was shown in this session; in the demo nobody is asked for one."""
    if settings.DEMO:
        return True
    return any(one.get("method") == "mfa" for one in get_authentication_records(request, request.user))


class Arriving:
    """Notes who asks, for this request alone, and leads to the second factor where a role needs one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Begin with nothing known about roles: they are read when a door asks."""
        user: Any = request.user
        if user.is_authenticated:
            user.asking = Asking(second_factor=used_second_factor(request))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponseBase | None:
        """Lead somebody whose role asks for a second factor to where it is set up or shown."""
        return to_second_factor(request) if isinstance(fault, SecondFactorNeeded) else None


def to_second_factor(request: HttpRequest) -> HttpResponseBase:
    """Lead to the page where a second factor is shown, or set up if there is none yet."""
    messages.info(request, WHY)
    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    if not is_mfa_enabled(request.user, types=factors):
        return HttpResponseRedirect(reverse("mfa_index"))
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("today")
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: back})}")


@overload
def fresh(view: View) -> View: ...
@overload
def fresh(*, needs: str) -> Callable[[View], View]: ...
def fresh(view: View | None = None, *, needs: str = "") -> View | Callable[[View], View]:
    """Ask to sign in again unless that was within 15 minutes; of privileged roles a second factor too.

    ``needs`` names the permission of the page, so that nobody is asked to sign in again for a page
    that is not theirs: ``@fresh(needs="grant.propose")``. Stands below ``login_required``.
    """
    if view is None:
        return lambda below: _fresh(below, needs)
    return _fresh(view, needs)


def _fresh(view: View, needs: str) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if needs:
            require_some(request.user, needs)
        if settings.DEMO:
            return view(request, *args, **kwargs)
        user: Any = request.user
        if not user.asking.second_factor and any(one.role in PRIVILEGED for one in held(user)):
            raise SecondFactorNeeded
        if _knows_no_secret(request) and not _just_signed_in(request):
            logout(request)
            messages.info(request, "This asks you to sign in again first.")
            return redirect_to_login(request.get_full_path())
        return again(request, *args, **kwargs)

    again: View = reauthentication_required(view)
    return answer


def _knows_no_secret(request: HttpRequest) -> bool:
    """Say whether the account comes from another provider alone: nothing can be asked for here."""
    return request.user.is_authenticated and not get_reauthentication_flows(request.user)


def _just_signed_in(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
