"""A scorecard as people read it: one line for each attribute that counts, however many steps its points have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from seci.artifacts.bodies import Body, Scorecard
from seci.artifacts.bodies.scorecard import Item
from seci.artifacts.evidence import Evidence
from seci.artifacts.walk import Node, nodes
from seci.artifacts.words import Named, by_key, condition_words, value_words

MOST_SAID = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The items on one attribute.

    key    the attribute; for a level of a category "attribute=level"
    words  one sentence
    reach  how many points apart a case can be for it
    items  in the order of the card
    """

    key: str
    words: str
    reach: float
    items: tuple[Item, ...]

    @property
    def evidence(self) -> Evidence:
        """What all its items rest on, each thing once; a case stays where most of the items put it."""
        parts = [item.evidence for item in self.items]
        agree = dict.fromkeys(case for part in parts for case in part.cases_for)
        against = dict.fromkeys(case for part in parts for case in part.cases_against if case not in agree)
        return Evidence(tuple(dict.fromkeys(claim for part in parts for claim in part.claims)), (*agree,), (*against,))


def scales(card: Scorecard) -> tuple[Scale, ...]:
    """What counts, the heaviest first. A scale in steps is one line; so is each other condition."""
    named = by_key(card.attributes)
    groups: dict[str, list[Item]] = {}
    for item in card.items:
        stepped = item.condition.operator in ("<=", ">")
        key = item.condition.attribute if stepped else f"{item.condition.attribute}={item.condition.value}"
        groups.setdefault(key, []).append(item)
    found = [_scale(key, items, card, named) for key, items in groups.items()]
    return tuple(sorted(found, key=lambda one: -one.reach))


def lines(body: Body, *, steps: bool) -> Iterator[Node]:
    """The nodes of any body as they are read: of a scorecard one for each attribute, with `steps` its items below."""
    if not isinstance(body, Scorecard):
        yield from nodes(body)
        return
    by_id = {node.id: node for node in nodes(body)}
    for one in scales(body):
        if steps and len(one.items) == 1:
            yield replace(by_id[one.items[0].id], words=one.words)
            continue
        above = Node(f"scale:{one.key}", one.words, one.evidence)
        yield above
        if steps:
            yield from (replace(by_id[item.id], parent=above.id) for item in one.items)


def _scale(key: str, items: list[Item], card: Scorecard, named: Named) -> Scale:
    reach = sum(abs(item.points) for item in items)
    if len(items) == 1 or not _one_way(items):
        words = "; ".join(_said(item, card, named) for item in items[:MOST_SAID])
        return Scale(key, words, reach, tuple(items))
    rising = _direction(items[0]) > 0
    attribute = named.get(key)
    name = attribute.name if attribute else key
    turns = sorted({float(item.condition.value) for item in items})  # type: ignore[arg-type]
    towards = card.outcomes[-1] if rising else card.outcomes[0]
    shown = [value_words(turn, attribute) for turn in _spread(turns)]
    steps = ", ".join(shown[:-1]) + f" and {shown[-1]}" if len(shown) > 1 else shown[0]
    more = "" if len(turns) <= MOST_SAID else f", in {len(turns)} steps"
    return Scale(key, f"The more {name}, the more towards {towards}: it turns at {steps}{more}", reach, tuple(items))


def _said(item: Item, card: Scorecard, named: Named) -> str:
    towards = card.outcomes[-1] if item.points > 0 else card.outcomes[0]
    weight = "Strongly" if abs(item.points) >= 3 else "Somewhat" if abs(item.points) >= 2 else "A little"
    return f"{weight} towards {towards} when {condition_words(item.condition, named)}"


def _direction(item: Item) -> int:
    """1 where more of the attribute gives more points."""
    return 1 if (item.points > 0) == (item.condition.operator == ">") else -1


def _one_way(items: list[Item]) -> bool:
    return len({_direction(item) for item in items}) == 1 and all(
        isinstance(item.condition.value, int | float) for item in items
    )


def _spread(turns: list[float]) -> Iterator[float]:
    """At most `MOST_SAID` of them, the ends and some between."""
    if len(turns) <= MOST_SAID:
        yield from turns
        return
    for n in range(MOST_SAID):
        yield turns[round(n * (len(turns) - 1) / (MOST_SAID - 1))]
