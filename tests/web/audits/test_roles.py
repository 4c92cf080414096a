"""What the role asks: found from any wording, read out of a description, written by hand."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.web.audits import wordings
from fairlead.web.audits.models import OwnProfile

TEXT = (
    "You develop the team and coach junior engineers.\nYou set the vision and win support for it.\n"
    "You plan budgets and allocate people to projects.\nYou monitor progress against targets.\n"
    "You write code and review designs.\nYou mediate conflicts in the team.\n"
    "You improve processes.\nYou negotiate with suppliers.\nWe offer fruit and a canary called Piepmatz.\n"
)


def test_a_role_is_found_from_any_wording_and_chosen(cast):
    page = cast.ada.browser.get("/role/asked/?q=engineering+manager").content.decode()
    assert "/role/asked/role/11-9041.00/" in page
    cast.ada.browser.post("/role/asked/choose/", {"code": "11-9041.00"})
    cast.ada.person.refresh_from_db()
    assert cast.ada.person.role_code == "11-9041.00"
    page = cast.ada.browser.get("/role/asked/").content.decode()
    assert "You compare with: Architectural and Engineering Managers" in page.replace("\n", " ")
    assert "O*NET" in page


def test_a_wording_that_finds_nothing_says_so(cast):
    assert "Nothing is near enough" in cast.ada.browser.get("/role/asked/?q=qqqxxyzz").content.decode()


def test_nonsense_is_offered_nothing(cast):
    page = cast.ada.browser.get("/role/asked/?q=qwertz+asdf").content.decode()
    assert "Nothing is near enough to “qwertz asdf”." in page
    assert "Do you mean" not in page


def test_a_wording_of_every_trade_is_said_to_be_one(cast):
    for url in ("/role/asked/?q=", "/role/asked/suggest/?role="):
        assert "Every trade uses “team lead”" in cast.ada.browser.get(f"{url}team+lead").content.decode()
        assert "Every trade" not in cast.ada.browser.get(f"{url}sales+team+lead").content.decode()


def test_suggestions_within_the_upload_form_are_choices(cast):
    page = cast.ada.browser.get("/role/asked/suggest/?role=nurse").content.decode()
    assert 'name="role_code"' in page
    assert "<html" not in page


def test_a_role_shows_its_nearest_relatives(cast):
    page = cast.ada.browser.get("/role/asked/role/11-9041.00/").content.decode()
    assert "Nearest relatives" in page
    assert page.count("distance") >= 5


def test_an_unknown_code_is_not_there(cast):
    assert cast.ada.browser.get("/role/asked/role/99-9999.99/").status_code == 404
    assert cast.ada.browser.post("/role/asked/choose/", {"code": "99-9999.99"}).status_code == 404


def test_a_description_is_marked_sentence_by_sentence_with_the_words_that_decided(cast):
    page = cast.ada.browser.post("/role/asked/description/", {"text": TEXT, "title": "Lead"}).content.decode()
    for kind in ("leading", "managing", "doing"):
        assert f'<mark class="{kind}">' in page
    assert "The profile it makes" in page
    assert not OwnProfile.objects.exists()


def test_a_description_is_text_and_never_markup(cast):
    page = cast.ada.browser.post(
        "/role/asked/description/", {"text": "You coach <script>alert(1)</script> the team."}
    ).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_only_the_figures_of_a_description_are_kept(cast):
    cast.ada.browser.post("/role/asked/description/", {"text": TEXT, "title": "Lead", "go": "use"})
    kept = OwnProfile.objects.get()
    assert (kept.title, kept.source) == ("Lead", "description")
    assert "Piepmatz" not in repr(kept.profile)
    cast.ada.person.refresh_from_db()
    assert cast.ada.person.role_code == kept.pk.hex


def test_the_example_profile_passes_and_becomes_the_role(cast):
    cast.ada.browser.post("/role/asked/own/", {"text": wordings.example()})
    own = OwnProfile.objects.get()
    page = cast.ada.browser.get(f"/role/asked/own/{own.pk}/").content.decode()
    assert "You compare with this role" in page
    assert "Nearest relatives" in page


def test_a_bad_profile_names_line_and_column_and_keeps_what_was_typed(cast):
    bad = wordings.example().replace("leading: 40", "leading: lots")
    answer = cast.ada.browser.post("/role/asked/own/", {"text": bad})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "role.yaml, line" in page
    assert "leading: lots" in page
    assert not OwnProfile.objects.exists()


def test_a_profile_comes_as_a_file_as_well(cast):
    file = SimpleUploadedFile("mine.yaml", wordings.example().replace("Team lead", "Head").encode())
    cast.ada.browser.post("/role/asked/own/", {"text": "", "file": file})
    assert OwnProfile.objects.get().title.startswith("Head")


def test_somebody_elses_profile_cannot_be_chosen(cast):
    cast.ada.browser.post("/role/asked/own/", {"text": wordings.example()})
    own = OwnProfile.objects.get()
    assert cast.eve.browser.post("/role/asked/choose/", {"profile": str(own.pk)}).status_code == 404


def test_deleting_the_chosen_profile_leaves_no_role_chosen(cast):
    cast.ada.browser.post("/role/asked/own/", {"text": wordings.example()})
    cast.ada.browser.post(f"/role/asked/own/{OwnProfile.objects.get().pk}/delete/")
    cast.ada.person.refresh_from_db()
    assert (cast.ada.person.role_code, cast.ada.person.role_title) == ("", "")
