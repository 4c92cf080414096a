"""A direction in words: every part that was answered, none that was not, tracks never sorted."""

from fairlead.cli.direction import read_direction
from fairlead.core import direction_answers as core
from fairlead.core import value_sets
from fairlead.core.track_fit import likeness
from fairlead.core.tracks import TRACK_ORDER
from fairlead.library import load
from fairlead.render.content import Bullets, Grid, Text
from fairlead.render.direction_content import COLUMNS, direction_report, direction_rows, figures

DAY = "2026-11-20"


def sections(**said):
    report = direction_report(read_direction(core.DirectionAnswers(answered_on=DAY, **said)))
    return {one.id: one for one in report.sections}


def text(section):
    parts = []
    for block in section.blocks:
        match block:
            case Text(words):
                parts.append(words)
            case Bullets(items):
                parts += items
            case Grid():
                parts += [cell for row in block.rows for cell in row]
    return " ".join(parts)


def test_without_answers_there_is_a_step_and_what_is_missing():
    said = sections()
    assert list(said) == ["next-step", "tracks", "unsaid", "methods"]
    assert len(said["unsaid"].blocks[0].items) == len(core.SECTIONS)


def test_no_empty_list_is_printed():
    for section in sections(passions=(), strengths=(), frustrations=(), energy=()).values():
        assert all(block.items for block in section.blocks if isinstance(block, Bullets))


def test_tracks_stand_in_the_fixed_order_whatever_was_answered():
    liked = [core.TrackAnswers(track="expert", want=tuple((one.id, 5) for one in load.tracks()[3].demands))]
    grid = next(block for block in sections(tracks=tuple(liked))["tracks"].blocks if isinstance(block, Grid))
    assert [row[0] for row in grid.rows] == [track.label for track in load.tracks()]
    assert [track.id for track in load.tracks()] == list(TRACK_ORDER)


def test_a_demand_that_was_answered_on_one_side_alone_is_shown():
    said = sections(tracks=(core.TrackAnswers(track="expert", want=(("hardest_work", 4),)),))
    assert load.tracks()[3].demands[0].text in text(said["tracks"])


def test_burdens_go_by_their_words():
    said = sections(next_level=core.NextLevel(burdens=(("hard_news", core.Bearing.NOT_FOR_ME),)))
    assert "Not for you: bringing hard news." in text(said["next-level"])


def test_own_words_are_shown_and_a_guess_is_called_one():
    said = sections(
        passions=(core.Passion(what="Old maps"),),
        strengths=(core.Strength(what="Patience", works_against="it burns"),),
        frustrations=(core.Frustration(what="Noise", side=core.SkillSide.TECHNICAL),),
    )
    assert "Old maps." in text(said["drawn"])
    assert "Good at: Patience. Works against you: it burns." in text(said["drawn"])
    assert "not yet known; a guess: rather a skill gap" in text(said["gaps"])


def test_own_words_that_end_a_sentence_get_no_second_stop():
    said = sections(
        passions=(core.Passion(what="Sailing. Really!"),),
        strengths=(core.Strength(what="Patience!", works_against="it is urgent."),),
    )
    assert "Sailing. Really! What" in text(said["drawn"])
    assert "Good at: Patience! Works against you: it is urgent." in text(said["drawn"])
    assert ".. " not in text(said["drawn"]) + " "


def rated():
    codes = [code for code, _ in load.tracks()[0].activities]
    return tuple(core.TaskEnergy(task=code, effect=at % 5 - 2) for at, code in enumerate(codes))


def chosen():
    return core.Values(
        mine=tuple(core.ValueChoice(shown=one, most=one[0], least=one[2]) for one in value_sets.designs())
    )


def test_the_figures_by_which_tracks_are_compared_stand_on_the_page_with_their_intervals():
    found = read_direction(core.DirectionAnswers(answered_on=DAY, energy=rated(), values=chosen()))
    page = {one.id: one for one in direction_report(found).sections}
    grid = next(
        block for block in page["tracks"].blocks if isinstance(block, Grid) and "Likeness" in block.caption
    )
    told = {name: one for _, name, one in figures(found)}
    for row, track in zip(grid.rows, found.tracks, strict=True):
        for cell, aspect in zip(row[1:], ("energy", "values"), strict=True):
            shape = track.on(aspect).shape
            assert told[f"{track.label}, likeness of {aspect}"] is shape
            assert cell == (likeness(shape) or "–")
    assert any(likeness(track.on("energy").shape) for track in found.tracks)
    assert likeness(found.tracks[0].on("energy").shape) in text(page["methods"])


def test_without_any_likeness_there_is_no_empty_table_of_it():
    assert not any(isinstance(one, Grid) and "Likeness" in one.caption for one in sections()["tracks"].blocks)


def test_motives_and_scales_of_skill_are_among_the_figures():
    items = [item.id for item in load.instrument("motives").items]
    found = read_direction(
        core.DirectionAnswers(
            answered_on=DAY,
            motives=core.Motives(
                answers=tuple((item, 4) for item in items),
                own=(core.OwnReason(text="x", motive=core.Motive.INFLUENCE),),
            ),
            skills=tuple((item.id, 4) for item in load.instrument("two-sides").items),
        )
    )
    told = {(part, name): one for part, name, one in figures(found)}
    influence = next(one for one in found.motives.motives if one.motive == "influence")
    scored = told["motives", f"{influence.label}, answers"]
    assert (scored.value, scored.low, scored.high) == (
        influence.score.score,
        influence.score.low,
        influence.score.high,
    )
    assert scored.formula
    assert told["motives", f"{influence.label}, own reasons"].value == 1
    for side in found.sides:
        for score in side.scores:
            assert told["skill or will", score.label].value == score.score


def test_the_effect_of_a_kind_stands_with_its_interval():
    tasks = tuple(
        core.TaskEnergy(task="own:", label=name, kind="doing", effect=effect)
        for name, effect in (("Letters", 2), ("Forms", 1), ("Maps", 1))
    )
    said = sections(energy=tasks)["energy"]
    grid = next(block for block in said.blocks if isinstance(block, Grid))
    assert "1.3 (" in grid.rows[0][1]


def test_rows_hold_one_figure_each_under_the_columns():
    found = read_direction(
        core.DirectionAnswers(
            answered_on=DAY, energy=(core.TaskEnergy(task="doing", effect=2, hours_spent=5.0),)
        )
    )
    rows = direction_rows(found)
    assert rows[0] == COLUMNS
    assert all(len(row) == len(COLUMNS) for row in rows)
    spent = next(row for row in rows if row[1] == "Hours on the tasks named")
    assert spent[2] == found.energy.hours_spent.value


def test_an_expired_reading_says_so():
    old = read_direction(core.DirectionAnswers(answered_on="2020-01-01"))
    assert "expired" in direction_report(old).lead
    assert old.expired


def test_the_source_of_derived_figures_is_named():
    assert "CC BY 4.0" in text(sections()["methods"])
