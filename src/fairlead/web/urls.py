"""All addresses. Each has its row in tests/walls/test_access_matrix.py."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from fairlead.web import views
from fairlead.web.access.views import who_sees_what

urlpatterns = [
    path("", views.landing, name="landing"),
    path("today/", views.show_today, name="today"),
    path("account/", include("fairlead.web.people.urls")),
    path("accounts/", include("fairlead.web.people.doors")),
    path("appearance/", views.appearance, name="appearance"),
    path("demo/", include("fairlead.web.cast.urls")),
    path("direction/", include("fairlead.web.direction.urls")),
    path("feedback/", include("fairlead.web.feedback.urls")),
    path("handbook/", include("fairlead.web.handbook.urls")),
    path("growth/", include("fairlead.web.growth.urls")),
    path("journey/", include("fairlead.web.journey.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("organization/", include("fairlead.web.roster.urls")),
    path("promotions/", include("fairlead.web.promotions.urls")),
    path("promotions/criteria/", include("fairlead.web.promotions.criteria_urls")),
    path("readyz", views.readyz, name="readyz"),
    path("roles/", include("fairlead.web.grants.urls")),
    path("privacy/", include("fairlead.web.privacy.urls")),
    path("record/", include("fairlead.web.trail.urls")),
    path("runs/", include("fairlead.web.runs.urls")),
    path("sharing/", include("fairlead.web.sharing.urls")),
    path("who-sees-what/", who_sees_what, name="who_sees_what"),
]
if find_spec("fairlead.web.audits.urls"):
    urlpatterns.append(path("role/", include("fairlead.web.audits.urls")))

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_here
