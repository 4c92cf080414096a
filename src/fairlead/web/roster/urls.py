"""Addresses of the organization."""

from django.urls import path

from fairlead.web.roster import hand_views, import_views, invitation_views, views

app_name = "roster"
urlpatterns = [
    # looking
    path("", views.organization, name="organization"),
    path("find/", views.find, name="find"),
    path("print/", views.printed, name="print"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/branch/", views.branch, name="branch"),
    path("units/", views.units, name="units"),
    path("units/<uuid:pk>/", views.unit, name="unit"),
    # by hand
    path("people/add/", hand_views.add, name="add"),
    path("people/suggest/", hand_views.suggest, name="suggest"),
    path("people/<uuid:pk>/change/", hand_views.change, name="change"),
    path("people/<uuid:pk>/left/", hand_views.mark_left, name="mark_left"),
    path("people/<uuid:pk>/back/", hand_views.bring_back, name="bring_back"),
    path("people/<uuid:pk>/away/", hand_views.add_leave, name="add_leave"),
    path("people/<uuid:pk>/invite/", invitation_views.invite_one, name="invite_one"),
    path("leaves/<uuid:pk>/", hand_views.change_leave, name="change_leave"),
    path("leaves/<uuid:pk>/remove/", hand_views.remove_leave, name="remove_leave"),
    path("positions/<uuid:pk>/", hand_views.correct, name="correct"),
    path("positions/<uuid:pk>/remove/", hand_views.remove_position, name="remove_position"),
    path("units/add/", hand_views.add_unit, name="add_unit"),
    path("units/<uuid:pk>/change/", hand_views.change_unit, name="change_unit"),
    path("units/<uuid:pk>/merge/", hand_views.merge_unit, name="merge_unit"),
    # in and out
    path("export/", views.export, name="export"),
    path("import/", import_views.send, name="send"),
    path("import/<uuid:pk>/", import_views.one, name="import"),
    path("import/<uuid:pk>/columns/", import_views.columns, name="columns"),
    path("import/<uuid:pk>/carry-out/", import_views.carry_out, name="carry_out"),
    path("import/<uuid:pk>/drop/", import_views.drop, name="drop"),
    path("import/<uuid:pk>/report.csv", import_views.report, name="report"),
    path("changes/", import_views.changes, name="changes"),
    path("changes/<uuid:pk>/undo/", import_views.undo, name="undo"),
    # invitations
    path("invitations/", invitation_views.invitations, name="invitations"),
    path("invitations/send/", invitation_views.send, name="send_invitations"),
    path("invitations/<uuid:pk>/withdraw/", invitation_views.withdraw, name="withdraw"),
    path("invitation/<str:token>/", invitation_views.accept, name="accept"),
]
