"""The parts of a merge by hand that need no database: groups, recipes, products, plans, decision records."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from seci.combination.adr import Side, madr
from seci.combination.curriculum import Page, Tool, lacking, path, to_markdown
from seci.combination.grouping import Group, join, of_data, split, to_data
from seci.combination.products import completeness, product, products, requirements, told
from seci.combination.recipes import missing, recipe, recipes

PLACES = st.tuples(st.integers(1, 5), st.integers(0, 30))


@given(st.lists(PLACES, min_size=2, max_size=12, unique=True))
def test_what_is_joined_and_split_again_stands_for_itself(places: list[tuple[int, int]]) -> None:
    groups: tuple[Group, ...] = ()
    for other in places[1:]:
        groups = join(groups, places[0], other)
    assert [set(one.places) for one in groups] == [set(places)]
    assert of_data(to_data(groups)) == groups
    for place in places[:-1]:
        groups = split(groups, place)
    assert groups == ()


def test_each_recipe_names_its_missing_classes_and_counts_pages_of_one_guide_once() -> None:
    assert len(recipes()) == 4
    wanted = recipe("debugging_handbook")
    two_pages = [("debugging", "Team North"), ("debugging", "Team North"), ("incident", "Diary")]
    assert [one.words.split(":")[0] for one in missing(wanted, two_pages)] == ["debugging guide of a team"]
    assert missing(wanted, [*two_pages, ("debugging", "Team South")]) == ()
    for one in recipes():
        assert len(missing(one, [])) == len(one.classes)


def test_a_product_is_filled_by_what_stands_below_its_headings_not_by_headings() -> None:
    assert {"ml_engineering_playbook", "pipeline_design_guide", "deployment_checklist", "troubleshooting_guide"} <= {
        one.key for one in products()
    }
    for one in products():
        whole = [((section.title,), f"{section.ask} {n}") for section in one.sections for n in range(2)]
        assert all(each.is_full for each in completeness(one, whole)), one.key
        assert not any(each.is_full for each in completeness(one, [])), one.key


def test_a_class_of_requirements_is_told_waived_or_open() -> None:
    wanted = product("deployment_checklist").classes
    assert wanted == tuple(one.key for one in requirements())
    said = told(wanted, ["Secrets are rotated before a release."], {"testing": {"waived": "a pilot", "artifact": 3}})
    standing = {one.requirement.key: (one.is_met, one.artifact) for one in said}
    assert standing == {
        "security": (True, None), "performance": (False, None), "reliability": (False, None), "testing": (True, 3),
    }  # fmt: skip


def test_a_plan_puts_why_before_how_and_ends_in_practice_and_explaining() -> None:
    pages = [
        Page(1, "Fields of the schema", "reference", True),
        Page(2, "How to roll back a release", "how-to", True),
        Page(3, "Why releases are small", "explanation", False),
    ]
    steps = path(pages, [Tool(7, "Release checklist", "checklist", True)], "releases")
    assert [(one.kind, one.number) for one in steps] == [
        ("read", 3), ("read", 2), ("use", 7), ("practise", 7), ("read", 1), ("explain", 0),
    ]  # fmt: skip
    assert "nobody vouches" in steps[0].why
    assert lacking(steps) == ()
    assert len(lacking(path(pages, [], "releases"))) == 2
    page = to_markdown("Releases", "new colleagues", steps, {("document", 3): "/library/3/"})
    assert "## 1. Read: [Why releases are small](/library/3/)" in page


def test_a_decision_record_tells_context_options_outcome_and_who() -> None:
    one, two = (Side(text, "Guide", "Size", "") for text in ("Under 100 lines.", "Under 300 lines."))
    page = madr("Size", one, two, "They differ.", "split", "It depends.", who='Ann "A" Lee', on=date(2026, 3, 4),
                when=("a service", "a script"))  # fmt: skip
    assert "decision-makers: \"Ann 'A' Lee\"" in page
    assert "if a service, the first, “Under 100 lines.”; if a script, the second" in page
    assert "date: 2026-03-04" in page
    assert page.index("Considered options") < page.index("Decision outcome")
