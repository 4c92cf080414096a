"""Addresses of the pages about roles."""

from django.urls import path

from fairlead.web.grants import views

app_name = "grants"
urlpatterns = [
    path("", views.roles, name="roles"),
    path("mine/", views.mine, name="mine"),
    path("propose/", views.propose, name="propose"),
    path("coach/", views.coach, name="coach"),
    path("<uuid:pk>/confirm/", views.confirm, name="confirm"),
    path("<uuid:pk>/agree/", views.agree, name="agree"),
    path("<uuid:pk>/decline/", views.decline, name="decline"),
    path("<uuid:pk>/end/", views.end, name="end"),
]
