"""Addresses of runs."""

from django.urls import path

from fairlead.web.runs import views

app_name = "runs"
urlpatterns = [path("<uuid:pk>/", views.show, name="run")]
