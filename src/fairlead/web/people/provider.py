"""The pages of the organization's own sign-in: begin, come back, add it to an account, take it away."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.connect import disconnect
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from fairlead.web.people import linking, oidc

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

MAY_CONNECT: Final = "may_connect"
SOON: Final = 5 * 60


def _only_if_set() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404


def _go(request: HttpRequest, process: str, next_url: str | None) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = get_adapter().get_provider(request).redirect(request, process, next_url)
    except (OAuth2Error, RequestException) as error:
        return _refused(request, error)
    return answer


def _refused(request: HttpRequest, error: Exception) -> HttpResponseBase:
    try:
        get_adapter().on_authentication_error(request, None, exception=error)
    except ImmediateHttpResponse as answer:
        page: HttpResponseBase = answer.response
        return page
    raise AssertionError("the page of a refusal is always raised")


@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """Send a visitor to the provider; a link, so that no page has to allow forms that leave."""
    _only_if_set()
    next_url = get_next_redirect_url(request)
    if not request.user.is_authenticated:
        return _go(request, oidc.LOGIN, next_url)
    until = request.session.pop(MAY_CONNECT, 0)
    if time.time() < until:
        return _go(request, oidc.CONNECT, None)
    return redirect(next_url or settings.LOGIN_REDIRECT_URL)


@require_safe
@login_required
def again(request: MemberRequest) -> HttpResponseBase:
    """Send somebody who is signed in to the provider, to show once more who they are."""
    _only_if_set()
    if linking.connected(request.user) is None:
        raise Http404
    return _go(request, oidc.AGAIN, get_next_redirect_url(request))


class Back(OAuth2CallbackView):
    """Takes somebody who comes back; the conversation gets to know what was kept when they left."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        issuer = request.GET.get("iss")
        foreign = issuer is not None and issuer.rstrip("/") != settings.OIDC_ISSUER.rstrip("/")
        if state is not None and foreign:
            return None, _refused(request, oidc.ProviderError("the answer comes from another issuer (iss)"))
        self.adapter.state = state
        return state, answer


@require_safe
def back(request: HttpRequest) -> HttpResponseBase:
    """Take somebody who comes back from the provider."""
    _only_if_set()
    view = Back.adapter_view(oidc.Conversation(request, settings.OIDC_ISSUER[:200]))
    answer: HttpResponseBase = view(request)
    return answer


@require_safe
@login_required
def show(request: MemberRequest) -> HttpResponseBase:
    """Say whether this account can be opened through the provider."""
    _only_if_set()
    return render(
        request,
        "socialaccount/way.html",
        {"way": linking.connected(request.user), "password": request.user.has_usable_password()},
    )


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def connect(request: MemberRequest) -> HttpResponseBase:
    """Allow this account, for five minutes, to be joined to whoever signs in at the provider."""
    _only_if_set()
    request.session[MAY_CONNECT] = time.time() + SOON
    return render(request, "socialaccount/connect.html")


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def remove(request: MemberRequest) -> HttpResponseBase:
    """Take this way away from the account, unless it is the only one."""
    _only_if_set()
    way = linking.connected(request.user)
    if way is None:
        raise Http404
    if settings.OIDC_ONLY or not request.user.has_usable_password():
        messages.error(request, "This is the only way into your account. Set a password first.")
    else:
        disconnect(request, way)
    return redirect("socialaccount_connections")
