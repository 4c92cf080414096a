"""Addresses of the person's own pages."""

from django.urls import path

from fairlead.web.people import views

urlpatterns = [
    path("", views.show, name="account"),
    path("settings/", views.change_settings, name="account_settings"),
    path("download/", views.download, name="account_download"),
    path("leave/", views.leave, name="account_leave"),
]
