"""Addresses of signals, advocates, arguments and roles to aim for."""

from __future__ import annotations

from django.urls import path

from fairlead.web.journey import later_views as views

urlpatterns = [
    path("signals/", views.signals, name="signals"),
    path("advocates/", views.advocates, name="advocates"),
    path("advocates/ask/", views.ask_advocate, name="advocate_ask"),
    path("advocates/<uuid:pk>/answer/", views.answer_advocate, name="advocate_answer"),
    path("advocates/<uuid:pk>/take-back/", views.withdraw_advocate, name="advocate_withdraw"),
    path("advocates/<uuid:pk>/remove/", views.remove_advocate, name="advocate_remove"),
    path("arguments/", views.arguments, name="arguments"),
    path("arguments/<uuid:pk>/", views.argument, name="argument"),
    path("arguments/<uuid:pk>/change/", views.change_argument, name="argument_change"),
    path("arguments/<uuid:pk>/delete/", views.remove_argument, name="argument_remove"),
    path("aims/", views.aims, name="aims"),
    path("aims/<uuid:pk>/", views.aim, name="aim"),
    path("aims/<uuid:pk>/remove/", views.remove_aim, name="aim_remove"),
]
