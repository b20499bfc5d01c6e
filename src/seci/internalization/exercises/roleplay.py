"""Scripts for a role-play on a judgement of an artifact, and the form by which observers say what they saw.

Everything said comes from the artifact, its claims and a case; the observer ticks behavior that can be seen, never a
grade of the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seci.kit.errors import BadInput

Seen = Literal["seen", "not_seen", "no_occasion"]
SEEN: tuple[Seen, ...] = ("seen", "not_seen", "no_occasion")


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    brief: str


@dataclass(frozen=True, slots=True)
class Item:
    """One behavior on the observer's form. `cue` where it is about noticing one."""

    id: str
    text: str
    cue: str = ""


@dataclass(frozen=True, slots=True)
class RolePlay:
    """`beats` is what happens when, in minutes; `hidden` is read by the counterpart only."""

    title: str
    scene: str
    roles: tuple[Role, ...]
    beats: tuple[tuple[int, str], ...]
    hidden: tuple[str, ...]
    form: tuple[Item, ...]


def script(
    title: str, judgement: str, situation: str, options: Sequence[str], cues: Sequence[str], against: str = ""
) -> RolePlay:
    """A role-play from a judgement, a case of it and the cues that decide it.

    against  the strongest reason for another option; the counterpart argues it

    Raises BadInput for a case without a situation or with fewer than two options.
    """
    if not situation.strip() or len(options) < 2:
        raise BadInput("A role-play needs a case with a situation and two options or more.")
    push = against.strip() or f"“{options[-1]}” would be quicker, and somebody waits for it."
    roles = (
        Role("Decider", f"You decide: {', '.join(options)}. Ask for what you need; say aloud what you look at."),
        Role("Counterpart", "You know the case and answer what you are asked, no more. You want it over with."),
        Role("Observer", "You say nothing and tick what you see. You do not judge the person."),
    )
    beats = (
        (0, "The counterpart brings the situation."),
        (3, "The counterpart gives what was asked for, and only that."),
        (6, f"The counterpart presses: {push}"),
        (9, "The decider decides, with the reason."),
        (10, "The observer reads the form aloud; then the decider says what they would look at next time."),
    )
    form = (
        *(Item(f"cue{number}", f"Asked about or named: {cue}", cue) for number, cue in enumerate(cues, 1)),
        Item("goal", "Said what the decision is for"),
        Item("risk", "Named what happens if it is wrong"),
        Item("reason", "Gave a reason with the decision"),
        Item("pressure", "Kept or changed the decision for a reason, not for the pressing"),
    )
    return RolePlay(
        f"{title}: {judgement}", situation.strip(), roles, beats, tuple(f"Say, if asked: {one}" for one in cues), form
    )


@dataclass(frozen=True, slots=True)
class Observed:
    """What was seen, of what there was occasion for. share None: no occasion for any."""

    seen: int
    occasions: int
    missed_cues: tuple[str, ...]

    @property
    def share(self) -> float | None:
        return self.seen / self.occasions if self.occasions else None


def observed(form: Sequence[Item], ticks: Mapping[str, str]) -> Observed:
    """What an observer's form says. Raises BadInput for items left open or unknown."""
    ids = {item.id for item in form}
    if strange := [name for name in ticks if name not in ids]:
        raise BadInput(f"The form has no item {strange[0][:40]!r}; it has {', '.join(sorted(ids))}.")
    if left := [item.text for item in form if ticks.get(item.id) not in SEEN]:
        raise BadInput(f"Say of “{left[0][:80]}” whether it was {', '.join(SEEN)}.")
    return Observed(
        seen=sum(found == "seen" for found in ticks.values()),
        occasions=sum(found != "no_occasion" for found in ticks.values()),
        missed_cues=tuple(item.cue for item in form if item.cue and ticks[item.id] == "not_seen"),
    )
