"""Rankings, checklists on seeded objects, explanations, interruptions, role-plays, paths, notes."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.artifacts.bodies import Check, Checklist
from seci.internalization.exercises import interruption, path, reflection, roleplay, shadowbox, teach_back
from seci.internalization.exercises.checklist_run import Look, check
from seci.internalization.exercises.teach_back import Read, taught
from seci.kit.clock import DAY
from seci.kit.errors import BadInput
from seci.kit.ids import seeded

OPTIONS = ("wait", "call", "roll back")
PANEL = (("roll back", "call", "wait"), ("roll back", "wait", "call"), ("roll back", "call", "wait"))


# Rankings


def test_ranking_as_the_panel_does_is_one_and_the_other_way_round_minus_one() -> None:
    same = shadowbox.score(OPTIONS, PANEL[0], PANEL, reason="the lag grows", cues=("lag", "age of the backup"))
    assert (same.tau, same.top, same.order) == (1.0, True, PANEL[0])
    assert (same.cues, same.seen, same.missed) == (0.5, ("lag",), ("age of the backup",))
    turned = shadowbox.score(OPTIONS, ("wait", "call", "roll back"), PANEL)
    assert (turned.tau, turned.top, turned.cues) == (-1.0, False, None)


@given(st.permutations(OPTIONS), st.lists(st.permutations(OPTIONS), min_size=2, max_size=6))
def test_names_of_options_and_their_order_on_the_card_do_not_matter(mine: list[str], panel: list[list[str]]) -> None:
    found = {shadowbox.score(order, mine, panel).tau for order in permutations(OPTIONS)}
    assert len({None if tau is None else round(tau, 9) for tau in found}) == 1


def test_a_panel_that_ranks_all_alike_gives_no_tau() -> None:
    found = shadowbox.score(OPTIONS, OPTIONS, (OPTIONS, OPTIONS[::-1]))
    assert found.tau is None
    assert found.ceiling is None


@pytest.mark.parametrize(
    ("options", "ranking", "panel"),
    [(OPTIONS[:2], OPTIONS[:2], PANEL), (OPTIONS, ("wait", "wait", "call"), PANEL), (OPTIONS, OPTIONS, PANEL[:1])],
)
def test_rankings_that_cannot_be_compared_are_refused(options: object, ranking: object, panel: object) -> None:
    with pytest.raises(BadInput):
        shadowbox.score(options, ranking, panel)  # type: ignore[arg-type]


# Checklists

LIST = Checklist("Before a release", (Check("a", "Backup"), Check("b", "Schema"), Check("c", "Flag")), ordered=True)


def test_a_tick_where_a_defect_was_seeded_is_a_false_one() -> None:
    found = check(LIST, {"b": "a column is missing"}, [Look("a", "ok", 4), Look("b", "ok", 9), Look("c", "ok", 12)])
    assert (found.false_ticks, found.score, found.seconds, found.is_clean) == (("b",), 0.0, 12, False)


def test_defects_found_in_order_make_a_clean_run() -> None:
    found = check(LIST, {"b": "a column is missing"}, [Look("a", "ok"), Look("b", "defect"), Look("c", "ok")])
    assert found.is_clean
    assert (found.found, found.seeded, found.score) == (1, 1, 1.0)


def test_omissions_false_alarms_and_breaches_of_order_are_told_apart() -> None:
    found = check(LIST, {}, [Look("c", "defect"), Look("a", "ok")])
    assert (found.omitted, found.false_alarms, found.breaches) == (("b",), ("c",), (("c", "a"),))
    assert found.score is None


@pytest.mark.parametrize(("seeded_", "looks"), [({"z": "?"}, []), ({}, [Look("a", "fine")]), ({}, [Look("z", "ok")])])  # type: ignore[arg-type]
def test_items_and_findings_that_do_not_exist_are_refused(seeded_: dict[str, str], looks: list[Look]) -> None:
    with pytest.raises(BadInput):
        check(LIST, seeded_, looks)


# Explanations


def reads(after: str, before: str | None = None) -> list[Read]:
    told = before or ""
    return [Read(n, after[n], key, told[n] if told else None) for n, key in enumerate("uhuhuhuh")]


def test_an_explanation_that_carries_the_judgement_is_understood_and_its_gain_is_told() -> None:
    found = taught(reads("uhuhuhuh", "uuuuuuuh"), "Look at the missing values first.", ("missing values", "owner"))
    assert found.is_understood
    assert found.gain is not None
    assert found.gain > 0.5
    assert (found.named, found.missing) == (("missing values",), ("owner",))


def test_a_reader_who_guesses_from_the_words_has_understood_nothing() -> None:
    found = taught(reads("uuuuuuuu"), "It depends on the data, mostly.", ())
    assert not found.is_understood
    assert found.gain is None
    assert found.confused == (("h", "u", 4),)


def test_words_that_add_nothing_to_what_the_reader_knew_are_no_understanding() -> None:
    assert not taught(reads("uhuhuhuh", "uhuhuhuh"), "x" * 90, ()).is_understood


def test_an_explanation_of_a_few_words_is_refused_before_somebody_reads_it() -> None:
    with pytest.raises(BadInput, match="80 to 4000"):
        teach_back.explained("Just look at it.")


@given(st.lists(st.sampled_from(("use", "hold", "ask")), max_size=40))
def test_cases_for_a_reader_are_spread_over_the_answers(keys: list[str]) -> None:
    picked = teach_back.spread(list(enumerate(keys)))
    assert len(picked) == len(set(picked)) == min(len(keys), teach_back.CASES)
    counts = [sum(keys[case] == key for case in picked) for key in set(keys)]
    if keys and min(keys.count(key) for key in set(keys)) >= teach_back.CASES:
        assert max(counts) - min(counts) <= 1


# Interruption


@given(st.integers(1_000, 600_000), st.integers(0, 999))
def test_an_interruption_comes_while_most_are_deciding(limit: int, seed: int) -> None:
    card = interruption.interrupt(limit, seeded(seed))
    assert 0.24 * limit <= card.at_ms <= 0.61 * limit


def test_a_timed_case_allows_a_quarter_more_than_most_of_the_panel_took() -> None:
    assert interruption.limit_ms(8_000) == 10_000


# Role-plays

PLAY = roleplay.script(
    "Use of tables", "many values missing: hold", "A table arrives.", ("use", "hold"), ("missing values",)
)


def test_a_role_play_has_three_roles_a_pressing_and_a_form_with_every_cue() -> None:
    assert [role.name for role in PLAY.roles] == ["Decider", "Counterpart", "Observer"]
    assert any("hold" in words for _, words in PLAY.beats)
    assert [item.cue for item in PLAY.form if item.cue] == ["missing values"]
    # What decides is read by the counterpart, and nowhere in what the decider is told.
    assert "missing" not in PLAY.roles[0].brief + PLAY.scene


def test_what_had_no_occasion_is_no_miss() -> None:
    ticks = {item.id: "seen" for item in PLAY.form} | {"pressure": "no_occasion", "cue1": "not_seen"}
    found = roleplay.observed(PLAY.form, ticks)
    assert (found.seen, found.occasions, found.missed_cues) == (3, 4, ("missing values",))
    assert roleplay.observed(PLAY.form, dict.fromkeys(ticks, "no_occasion")).share is None


def test_a_form_with_an_open_item_is_refused() -> None:
    with pytest.raises(BadInput, match="Said what the decision is for"):
        roleplay.observed(PLAY.form, {"cue1": "seen"})


# Paths and notes


@pytest.mark.parametrize("role", list(path.PATHS))
def test_every_path_has_dates_a_target_and_evidence_for_each_stage(role: str) -> None:
    which = path.path(role)
    needs = path.progress(which, 0, {}, pace=0.5)
    assert [need.until for need in needs] == [round(stage.week * 3.5) * DAY for stage in which.stages]
    assert all(need.open for need in needs)
    full = path.progress(which, 0, dict.fromkeys(path.PROOFS, 99))
    assert all(need.is_met for need in full)


def test_a_role_without_a_path_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(BadInput, match="mlops_engineer"):
        path.path("pilot")


def test_a_note_needs_all_four_answers() -> None:
    assert reflection.note("It holds", " It fell", "No backup", "The age of the backup").happened == "It fell"
    with pytest.raises(BadInput, match="What do you look at next time"):
        reflection.note("It holds", "It fell", "No backup", " ")
