"""The shipped roles: found from any wording, with figures, relatives and attribution."""

import json
from importlib import resources

import numpy as np
import pytest

from fairlead.core.problems import BadInput
from fairlead.core.roles import Relative
from fairlead.core.work import Competency
from fairlead.library import role_library
from fairlead.library.load import shipped

FOLDER = resources.files("fairlead.library").joinpath("roles")


@pytest.fixture(scope="module")
def library():
    return role_library.load()


def best(library, text):
    found = library.find(text)
    return found[0].code if found else None


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("engineering manager", "11-9041.00"),
        ("ENGINEERING MANAGERS", "11-9041.00"),
        ("engineering manger", "11-9041.00"),
        ("team lead", "43-1011.00"),
        ("Tech Lead", "15-1252.00"),
        ("product manager", "11-2021.00"),
        ("Senior Product Manager (f/m/d)", "11-2021.00"),
        ("Director, Product Management", "11-2021.00"),
        ("head of people", "11-3121.00"),
        ("HR", "11-3121.00"),
        ("scrum master", "15-1299.09"),
        ("VP engineering", "11-3021.00"),
        ("VP of Engineering", "11-3021.00"),
        ("C.T.O.", "11-3021.00"),
        ("founder", "11-1011.00"),
        ("CEO", "11-1011.00"),
        ("head of finance", "11-3031.00"),
        ("sr. software eng", "15-1252.00"),
        ("nurses", "29-1141.00"),
        ("plumber", "47-2152.00"),
        ("Chief Executives", "11-1011.00"),
        ("first line supervisor of retail sales workers", "41-1011.00"),
        ("Teamleiter (m/w/d)", "43-1011.00"),
        ("Teamleiter*in", "43-1011.00"),
        ("Vertriebsleiterin", "11-2022.00"),
        ("Leiterin Vertrieb", "11-2022.00"),
        ("Softwareentwickler/in", "15-1252.00"),
        ("Geschäftsführer", "11-1011.00"),
        ("GESCHAEFTSFUEHRERIN", "11-1011.00"),
        ("Dachdecker", "47-2181.00"),
        ("Filialleitung", "41-1011.00"),
        ("11-9041.00", "11-9041.00"),
        ("11-9041", "11-9041.00"),
        ("119041", "11-9041.00"),
    ],
)
def test_a_wording_finds_its_role(library, wording, code):
    assert best(library, wording) == code


def test_every_title_and_every_alias_finds_a_role_of_its_own(library):
    lost = [p.title for p in library.profiles.values() if best(library, p.title) != p.code]
    assert lost == []
    aliases = shipped("roles/aliases.yaml").value
    wrong = []
    for language in ("en", "de"):
        for code, wordings in aliases[language].items():
            found = {text: [match.code for match in library.find(text, 3)] for text in wordings}
            wrong += [text for text, codes in found.items() if code not in codes]
    assert wrong == []


def test_there_are_aliases_enough_and_each_points_to_a_known_role(library):
    aliases = shipped("roles/aliases.yaml").value
    assert sum(len(words) for words in aliases["en"].values()) >= 250
    assert sum(len(words) for words in aliases["de"].values()) >= 100
    assert {code for language in ("en", "de") for code in aliases[language]} <= set(library.profiles)


@pytest.mark.parametrize("wording", ["asdfghjkl", "", "   ", "!!!", "99-9999.00", "zzz"])
def test_what_is_no_job_finds_nothing(library, wording):
    assert library.find(wording) == ()


def test_what_finds_nothing_gets_the_nearest_wordings(library):
    assert "plumber" not in library.suggestions("plumbre")
    assert "Plumbers" in library.suggestions("plumbre")
    assert all(code in library.profiles for code in library.suggestions("11-9041.99"))


@pytest.mark.parametrize("wording", ["qwertz asdf", "xyzzy plugh", "asdf", "bqwpf zzkjd", "hjkl hjkl hjkl"])
def test_nonsense_finds_nothing_and_is_offered_nothing(library, wording):
    assert library.find(wording) == ()
    assert library.suggestions(wording) == ()


def test_two_random_words_are_offered_nothing(library):
    letters = np.random.default_rng(5).integers(97, 123, (60, 2, 7))
    for two in letters:
        wording = " ".join("".join(map(chr, word)) for word in two.tolist())
        assert library.find(wording) == (), wording
        assert library.suggestions(wording) == (), wording


@pytest.mark.parametrize(
    ("wording", "generic"),
    [
        *(
            (text, True)
            for text in ("team lead", "Teamleiter (m/w/d)", "Abteilungsleiterin", "Head of department")
        ),
        *((text, True) for text in ("Senior manager", "lead", "Gruppenleitung", "supervisor")),
        *((text, False) for text in ("sales team lead", "Teamleiter Vertrieb", "CEO", "office manager")),
        *((text, False) for text in ("general manager", "head of finance", "11-9041.00", "nurse")),
    ],
)
def test_a_wording_of_every_trade_is_said_to_be_one(library, wording, generic):
    found = library.find(wording)
    assert found
    assert {match.generic for match in found} == {generic}


def test_a_hostile_wording_is_answered(library):
    assert library.find("manager " * 10_000)
    assert library.find("\x00\u202e" + "é" * 5_000) == ()


def test_matches_come_best_first_one_for_each_role_and_say_what_matched(library):
    found = library.find("engineering manager")
    assert found[0].matched == "engineering manager"
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len({match.code for match in found}) == len(found) <= 8
    assert len(library.find("manager", limit=3)) == 3


def test_the_library_holds_every_rated_occupation_and_says_where_it_comes_from(library):
    assert len(library.profiles) == 894
    assert "O*NET 30.1 Database" in library.attribution
    assert "CC BY 4.0" in library.attribution
    assert "Fairlead has modified" in library.attribution
    assert "work activities 30.0" in library.release
    assert all(profile.attribution == library.attribution for profile in library.profiles.values())
    notice = FOLDER.joinpath("NOTICE.md").read_text(encoding="utf-8").replace("\n> ", " ")
    assert library.attribution in notice


def test_the_shipped_roles_weigh_less_than_a_megabyte_and_hold_no_further_titles(library):
    sizes = [file.stat().st_size for file in FOLDER.iterdir() if file.is_file()]
    assert sum(sizes) <= 1_000_000
    assert not any(library.titles.values())


def test_shares_of_every_shipped_role_sum_to_one_and_lie_in_their_intervals(library):
    for profile in library.profiles.values():
        for demands in (profile.kinds, profile.competencies):
            assert sum(demand.share for demand in demands) == pytest.approx(1.0, abs=0.001)
            for demand in demands:
                assert demand.share_low - 0.001 <= demand.share <= demand.share_high + 0.001
                assert 0 <= demand.level <= 1
                assert -7 < demand.emphasis < 7


def test_who_leads_for_a_living_is_asked_to_lead_more_than_who_does_not(library):
    chief, roofer = library.profile("11-1011.00"), library.profile("47-2181.00")
    assert chief.demand("leading").share_low > roofer.demand("leading").share_high
    assert chief.demand("vision_translation").emphasis > 2
    assert library.profile("27-1024.00").demand("innovation").emphasis > 1


def test_competencies_without_a_source_of_their_own_are_said_to_be_indirect(library):
    notes = " ".join(library.profile("11-1011.00").notes)
    for words in ("putting a process in place", "improving processes", "keeping promises"):
        assert words in notes


def test_relatives_are_nearest_first_known_and_never_the_role_itself(library):
    for code in ("11-1011.00", "15-1252.00", "29-1141.00"):
        found = library.nearest(code, limit=8)
        assert len(found) == 8
        assert all(isinstance(role, Relative) and role.code in library.profiles for role in found)
        assert code not in [role.code for role in found]
        assert [role.distance for role in found] == sorted(role.distance for role in found)
    assert "25-2022.00" in [role.code for role in library.nearest("25-2031.00")]


def test_a_profile_is_nearest_to_itself_by_shares_when_it_comes_from_elsewhere(library):
    from dataclasses import replace

    stranger = replace(library.profile("29-1141.00"), code="own-1", source="own")
    assert library.nearest_to(stranger, limit=1)[0].code == "29-1141.00"
    assert "29-1141.00" not in [r.code for r in library.nearest_to(library.profile("29-1141.00"))]


def test_an_unknown_code_is_a_key_error(library):
    with pytest.raises(KeyError):
        library.profile("00-0000.00")
    with pytest.raises(KeyError):
        library.nearest("00-0000.00")


def test_a_library_is_read_once_and_again_when_its_file_changes(tmp_path, monkeypatch):
    data = FOLDER.joinpath("roles.json").read_bytes()
    file = tmp_path / "roles.json"
    file.write_bytes(data)
    monkeypatch.setenv("FAIRLEAD_ROLES", str(file))
    assert role_library.load() is role_library.load(file)
    file.write_bytes(data.replace(b'"title":"Chief Executives"', b'"title":"Head Cheeses"'))
    assert role_library.load().profile("11-1011.00").title == "Head Cheeses"
    monkeypatch.delenv("FAIRLEAD_ROLES")
    assert role_library.load().profile("11-1011.00").title == "Chief Executives"


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "line 1, column 1: This is not JSON"),
        (b'{"format":\n nonsense}', "line 2, column 2: This is not JSON"),
        (b"[]", "not a role library"),
        (b"{}", "not a role library"),
        (b'{"format": "fairlead-roles 99"}', "not a role library"),
        (b"[" * 100_000, "This is not"),
        (b"\xff\xfe\x00", "This is not"),
    ],
)
def test_a_broken_library_is_refused_with_what_would_be_right(data, wrong):
    with pytest.raises(BadInput, match=wrong) as error:
        role_library.read("mine.json", data)
    assert "fairlead roles build" in str(error.value)


def test_a_library_with_a_relative_that_is_not_there_is_refused():
    stored = json.loads(FOLDER.joinpath("roles.json").read_bytes())
    stored["roles"][0]["near"][0][0] = 5_000
    with pytest.raises(BadInput, match="not a role library"):
        role_library.read("mine.json", json.dumps(stored).encode())


def test_a_missing_library_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        role_library.load(tmp_path / "none.json")


def test_competencies_of_the_file_are_those_of_the_vocabulary():
    stored = json.loads(FOLDER.joinpath("roles.json").read_bytes())
    assert stored["asks"] == ["leading", "managing", "doing", *Competency]
