"""Addresses of My growth."""

from __future__ import annotations

from django.urls import include, path

from fairlead.web.growth import counting_views, experiment_views, training_views, views

app_name = "growth"
urlpatterns = [
    path("", views.index, name="index"),
    path("skills/", views.want, name="want"),
    path("skills/<uuid:pk>/", views.skill, name="skill"),
    path("skills/<uuid:pk>/begin/", experiment_views.begin, name="begin"),
    path("skills/<uuid:pk>/do/<slug:verb>/", views.do, name="do"),
    path("experiments/<uuid:pk>/plan/", experiment_views.plan, name="plan_practice"),
    path("experiments/<uuid:pk>/measure/", experiment_views.measure, name="measure"),
    path("experiments/<uuid:pk>/stop/", experiment_views.stop, name="stop"),
    path("experiments/<uuid:pk>/remind/", experiment_views.remind, name="remind"),
    path("planned/<uuid:pk>/done/", experiment_views.practise, name="practise"),
    path("planned/<uuid:pk>/remove/", experiment_views.unplan, name="unplan"),
    path("practices/<slug:about>/", views.practices, name="practices"),
    path("training/", training_views.register, name="training"),
    path("training/<uuid:pk>/", training_views.entry, name="training_entry"),
    path("training/<uuid:pk>/remove/", training_views.remove, name="remove_training"),
    path("dates/", views.calendar_address, name="calendar_address"),
    path("dates/close/", views.close_address, name="close_address"),
    path("dates/<str:token>.ics", views.show_dates, name="dates"),
    path("counts/", counting_views.counts, name="counts"),
    path("", include("fairlead.web.growth.later_urls")),
]
