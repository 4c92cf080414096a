"""Views of what the role asks: find a role, read a job description through the lens, write one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.core.problems import BadInput
from fairlead.library import role_library
from fairlead.web import access
from fairlead.web.audits import actions, forms, queries, wordings
from fairlead.web.audits.views import sent, show_or_send

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def asked(request: MemberRequest) -> HttpResponseBase:
    """Show the chosen role, a search, and the person's own profiles."""
    person = request.user.person
    shown = {"profile": queries.chosen_profile(person), "own": queries.own_profiles(person)}
    return render(request, "audits/asked.html", shown | _search(request, "q"))


@require_safe
@login_required
def suggest(request: MemberRequest) -> HttpResponseBase:
    """Roles for what has been typed so far: to open, or to choose within the upload form."""
    if "links" in request.GET:
        return render(request, "audits/_found.html", _search(request, "q"))
    return render(request, "audits/_suggestions.html", _search(request, "role"))


def _search(request: MemberRequest, name: str) -> dict[str, Any]:
    form = forms.SearchForm({"q": request.GET.get(name, "")})
    q = form.cleaned_data["q"] if form.is_valid() else ""
    if len(q) < 2:
        return {"q": q}
    library = role_library.load()
    matches = library.find(q)
    return {"q": q, "matches": matches, "near": () if matches else library.suggestions(q)}


@require_safe
@login_required
def library_role(request: MemberRequest, code: str) -> HttpResponseBase:
    """Show what one role of the library asks, and its nearest relatives."""
    library = role_library.load()
    if code not in library.profiles:
        raise Http404(access.NOT_HERE)
    shown = {
        "profile": library.profile(code),
        "nearest": library.nearest(code),
        "chosen": request.user.person.role_code == code,
    }
    return render(request, "audits/profile.html", shown)


@require_safe
@login_required
def profile(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what an own profile asks, and its nearest relatives in the library."""
    own = access.get(request.user, "profile.view", pk)
    found = queries.profile_of(own)
    shown = {
        "profile": found,
        "own": own,
        "nearest": role_library.load().nearest_to(found),
        "chosen": request.user.person.role_code == own.pk.hex,
    }
    return render(request, "audits/profile.html", shown)


@require_POST
@login_required
def choose_role(request: MemberRequest) -> HttpResponseBase:
    """Compare with this role from now on."""
    form = forms.RoleForm(request.POST)
    if not form.is_valid():
        raise Http404(access.NOT_HERE)
    if form.cleaned_data["profile"]:
        own = access.get(request.user, "profile.view", form.cleaned_data["profile"])
        code, title = own.pk.hex, own.title
    else:
        code = form.cleaned_data["code"]
        title = wordings.title_of(code)
        if not title:
            raise Http404(access.NOT_HERE)
    actions.choose_role(actor=request.user.person, code=code, title=title)
    messages.success(request, "Kept. The next reading compares with this role.")
    return redirect("audits:asked")


@show_or_send
@login_required
def description(request: MemberRequest) -> HttpResponseBase:
    """Read a job description through the lens; the text itself is not kept."""
    form = forms.DescriptionForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "audits/description.html", {"form": form}, status=422 if form.errors else 200)
    title = form.cleaned_data["title"] or "A role described"
    found = wordings.read_description(form.cleaned_data["text"], title)
    if request.POST.get("go") == "use" and found.profile is not None:
        stored = queries.profiles().dump_python(found.profile, mode="json")
        actions.keep_profile(actor=request.user.person, title=title, source="description", profile=stored)
        messages.success(request, "Kept as your role. The text itself was not kept.")
        return redirect("audits:asked")
    return render(request, "audits/description.html", {"form": form, "reading": found})


@show_or_send
@login_required
def own_profile(request: MemberRequest) -> HttpResponseBase:
    """Write a role profile, or give a file; every problem is named with its line."""
    form = forms.OwnProfileForm(sent(request), request.FILES or None, initial={"text": wordings.example()})
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            found = wordings.read_profile(form.cleaned_data["name"], form.cleaned_data["data"])
        except BadInput as bad:
            problems = bad.problems
        else:
            stored = queries.profiles().dump_python(found, mode="json")
            actions.keep_profile(actor=request.user.person, title=found.title, source="own", profile=stored)
            messages.success(request, "Kept as your role.")
            return redirect("audits:asked")
    status = 422 if problems or form.errors else 200
    return render(request, "audits/own_profile.html", {"form": form, "problems": problems}, status=status)


@require_POST
@login_required
def delete_profile(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete an own role profile."""
    own = access.get(request.user, "profile.view", pk)
    actions.delete_profile(actor=request.user.person, profile=own)
    messages.success(request, "The profile has been deleted.")
    return redirect("audits:asked")
