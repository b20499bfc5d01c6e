"""What is read, filled in or scored: guides, stories, templates, matrices."""

from __future__ import annotations

from collections.abc import Iterator

from seci.artifacts.bodies import Blank, Criterion, Guide, Level, Matrix, Scorecard, Section, Story, Template
from seci.artifacts.bodies.scorecard import Item
from seci.artifacts.bodies.template import BlankType
from seci.artifacts.evidence import Evidence
from seci.artifacts.words import by_key, condition_words, number_words, opposite_words
from seci.cases.attribute import Attribute
from seci.externalization.state import State
from seci.externalization.understanding import citations
from seci.externalization.understanding.rules import understood
from seci.externalization.understanding.statements import statements
from seci.externalization.understanding.wording import capital


def guide(state: State) -> Guide:
    """When it is needed, what to look at, what holds and when not, the picture with its limits, the story."""
    return Guide(state.words("decision"), tuple(_sections(state)))


def in_short(state: State) -> Section | None:
    """What a partner wrote of it and the expert confirmed; a sentence goes with the claims that it says again."""
    standing = {one.id for one in state.standing}
    said = [one for one in state.prose if set(one.claims) <= standing]
    claims = tuple(dict.fromkeys(claim for one in said for claim in one.claims))
    return Section("short", "In short", " ".join(one.text for one in said), Evidence(claims)) if said else None


def _sections(state: State) -> Iterator[Section]:
    if (short := in_short(state)) is not None:
        yield short
    if state.words("situation"):
        yield Section("when", "When you need this", state.words("situation"), _evidence(state, "incident"))
    if state.attributes:
        lines = [f"- {one.name}{f': {one.how_measured}' if one.how_measured else ''}" for one in state.attributes]
        yield Section("look", "What to look at", "\n".join(lines), _evidence(state, "attribute", "first_look", "cue"))
    said = statements(state)
    if said:
        claims = tuple(dict.fromkeys(claim for one in said for claim in one.claims))
        cases = tuple(dict.fromkeys(case for one in said for case in one.cases))
        yield Section("rules", "What holds", "\n".join(f"- {one.words}" for one in said), Evidence(claims, cases))
    for name, title, kinds in (
        ("judgement", "In the expert's words", ("rule", "threshold", "weight", "definition", "cue")),
        ("steps", "Steps", ("step",)),
        ("reasons", "Why", ("reason",)),
        ("exceptions", "When it is different", ("exception",)),
    ):
        claims_of = citations.of_kind(state, *kinds)
        if claims_of:
            text = "\n".join(f"- {one.text}" for one in claims_of)
            yield Section(name, title, text, Evidence(citations.ids(claims_of)))
    for n, one in enumerate(state.metaphors, 1):
        text = f"It is like {one.image}. It fits: {one.match or 'not said'}. It breaks: {one.mismatch or 'not said'}."
        yield Section(f"picture{n}", "A picture", text, Evidence((one.claim,) if state.claim(one.claim) else ()))


def story(state: State) -> Story:
    """The incident as situation, task, action, result, with what was seen and what to take from it."""
    action = "\n\n".join(part for part in (state.words("incident:cue"), state.words("incident:action")) if part)
    lesson = state.words("why") or state.words("incident:lesson")
    return Story(
        state.words("decision") or state.setting.asset,
        _part(state, "situation", "Situation", state.words("incident:situation")),
        _part(state, "task", "Task", state.words("incident:task")),
        _part(state, "action", "Action", action, "incident:cue", "incident:action"),
        _part(state, "result", "Result", state.words("incident:result")),
        _part(state, "lesson", "What to take from it", lesson, "why", "incident:lesson") if lesson else None,
    )


def _part(state: State, name: str, title: str, text: str, *slots: str) -> Section:
    return Section(name, title, text, _evidence(state, *(slots or (f"incident:{name}",))))


def _evidence(state: State, *slots: str) -> Evidence:
    return Evidence(citations.of_slot(state, *slots))


def template(state: State) -> Template:
    """A blank for everything that is looked at, with the help a newcomer needs."""
    spoken = citations.by_attribute(state)
    blanks = [
        Blank(
            one.key, one.name, _blank_type(one), help=one.how_measured, unit=one.unit, options=one.levels,
            evidence=Evidence(spoken.get(one.key, ())),
        )
        for one in state.attributes
    ]  # fmt: skip
    return Template(state.words("decision"), tuple(blanks))


def _blank_type(one: Attribute) -> BlankType:
    match one.type:
        case "number":
            return "number"
        case "boolean":
            return "yes_no"
        case _:
            return "choice" if one.levels else "text"


def matrix(state: State) -> Matrix:
    """Criteria with the weights that the verdicts show (policy capturing; Cooksey 1996); with equal weights while
    there are too few verdicts (unit weights; Dawes 1979)."""
    learned = understood(state).induced
    if learned is not None and isinstance(learned.body, Scorecard) and learned.body.items:
        return _captured(state, learned.body)
    spoken = citations.by_attribute(state)
    criteria = [
        Criterion(one.key, one.name, _plain_levels(one), evidence=Evidence(spoken.get(one.key, ())))
        for one in state.attributes
    ]
    return Matrix(state.words("decision"), tuple(criteria))


def _plain_levels(one: Attribute) -> tuple[Level, ...]:
    if one.type in ("category", "ordinal") and one.levels:
        return tuple(Level(level, float(n)) for n, level in enumerate(one.levels))
    if one.type == "boolean":
        return (Level("no", 0.0), Level("yes", 1.0))
    if one.low is None or one.high is None:
        return (Level("low", 0.0), Level("high", 1.0))
    middle = number_words(round((one.low + one.high) / 2, 2))
    return (
        Level("low", 0.0, f"up to {middle} {one.unit}".strip()),
        Level("high", 1.0, f"above {middle} {one.unit}".strip()),
    )


def _captured(state: State, card: Scorecard) -> Matrix:
    """Each item of the scorecard becomes a criterion with two levels. A total is a mean over the criteria, so the
    cuts of the sum are divided by their number."""
    spoken, named = citations.by_attribute(state), by_key(state.attributes)
    criteria = tuple(
        _criterion(n, item, spoken.get(item.condition.attribute, ()), named) for n, item in enumerate(card.items, 1)
    )
    cuts = tuple(cut / len(criteria) for cut in card.cuts)
    return Matrix(state.words("decision"), criteria, (), card.outcomes, cuts)


def _criterion(n: int, item: Item, claims: tuple[str, ...], named: dict[str, Attribute]) -> Criterion:
    holds, fails = condition_words(item.condition, named), opposite_words(item.condition, named)
    evidence = Evidence((*item.evidence.claims, *claims), item.evidence.cases_for, item.evidence.cases_against)
    levels = (Level(holds, item.points), Level(fails, 0.0))
    return Criterion(f"k{n}", capital(holds), levels, because=item.because, evidence=evidence)
