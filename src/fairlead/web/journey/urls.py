"""Addresses of My journey."""

from __future__ import annotations

from django.urls import include, path

from fairlead.web.journey import summary_views, views, witness_views

app_name = "journey"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("entries/<uuid:pk>/", views.entry, name="entry"),
    path("entries/<uuid:pk>/change/", views.change, name="change"),
    path("entries/<uuid:pk>/do/<slug:verb>/", views.do, name="do"),
    path("entries/<uuid:pk>/files/", views.attach, name="attach"),
    path("entries/<uuid:pk>/witness/", witness_views.ask, name="witness_ask"),
    path("files/<uuid:pk>/", views.file, name="file"),
    path("files/<uuid:pk>/remove/", views.remove_file, name="remove_file"),
    path("friday/", views.friday, name="friday"),
    path("thanks/", views.thanks, name="thanks"),
    path("result/", views.result, name="result"),
    path("missing/", views.missing, name="missing"),
    path("witness/<uuid:pk>/", witness_views.witness, name="witness"),
    path("witness/<uuid:pk>/saw/", witness_views.confirm, name="confirm"),
    path("witness/<uuid:pk>/did-not-see/", witness_views.did_not_see, name="did_not_see"),
    path("witness/<uuid:pk>/take-back/", witness_views.withdraw, name="witness_withdraw"),
    path("summaries/", summary_views.summaries, name="summaries"),
    path("summaries/<uuid:pk>/", summary_views.summary, name="summary"),
    path("summaries/<uuid:pk>/change/", summary_views.edit, name="summary_edit"),
    path("summaries/<uuid:pk>/draft/", summary_views.draft_anew, name="summary_draft"),
    path("summaries/<uuid:pk>/back/", summary_views.restore, name="summary_restore"),
    path("summaries/<uuid:pk>/delete/", summary_views.remove, name="summary_remove"),
    path("summaries/<uuid:pk>/file.<slug:form>", summary_views.file, name="summary_file"),
    path("", include("fairlead.web.journey.later_urls")),
]
