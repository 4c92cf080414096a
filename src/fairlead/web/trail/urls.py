"""Addresses of the record."""

from __future__ import annotations

from django.urls import path

from fairlead.web.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.looked, name="looked"),
    path("mine/", views.mine, name="mine"),
    path("checks/", views.metadata, name="metadata"),
    path("technical/", views.technical, name="technical"),
]
