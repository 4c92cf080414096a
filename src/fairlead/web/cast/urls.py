"""Addresses of the demo company's cast."""

from django.urls import path

from fairlead.web.cast import views

app_name = "cast"
urlpatterns = [
    path("", views.show, name="cast"),
    path("step-in/", views.step_in, name="step_in"),
]
