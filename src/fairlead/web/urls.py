"""All addresses. Each has its row in tests/walls/test_access_matrix.py."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from fairlead.web import views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("today/", views.show_today, name="today"),
    path("account/", include("fairlead.web.people.urls")),
    path("accounts/", include("fairlead.web.people.doors")),
    path("appearance/", views.appearance, name="appearance"),
    path("demo/", include("fairlead.web.cast.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("runs/", include("fairlead.web.runs.urls")),
]
if find_spec("fairlead.web.audits.urls"):
    urlpatterns.append(path("role/", include("fairlead.web.audits.urls")))

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_here
