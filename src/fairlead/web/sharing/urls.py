"""Addresses of what is shown to whom."""

from __future__ import annotations

from django.urls import path

from fairlead.web.sharing import views

app_name = "sharing"
urlpatterns = [
    path("", views.shares, name="shares"),
    path("new/<slug:kind>/<uuid:pk>/", views.share, name="share"),
    path("<uuid:pk>/", views.show, name="show"),
    path("<uuid:pk>/comment/", views.comment, name="comment"),
    path("comments/<uuid:pk>/delete/", views.delete_comment, name="delete_comment"),
    path("<uuid:pk>/take-back/", views.take_back, name="take_back"),
]
