"""The pages that belong to no room."""

from __future__ import annotations


def test_a_visitor_reads_what_this_is_and_a_member_goes_on_to_today(cast):
    assert cast.visitor.get("/").status_code == 200
    assert cast.ada.browser.get("/").headers["Location"] == "/today/"


def test_today_says_how_to_start_when_there_is_no_reading(cast):
    page = cast.ada.browser.get("/today/")
    assert page.status_code == 200
    assert "One thing to do will stand here" in page.content.decode()


def test_account_pages_answer(cast):
    for path in (
        "/account/",
        "/account/settings/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/sessions/",
    ):
        assert cast.ada.browser.get(path).status_code == 200, path
