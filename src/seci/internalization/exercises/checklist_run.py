"""Going through a checklist on an object with seeded defects: what was left out, ticked though false, out of order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seci.artifacts.bodies import Checklist
from seci.artifacts.running import Mark, applies, stand
from seci.cases.attribute import Values
from seci.kit.errors import BadInput

Finding = Literal["ok", "defect", "not_needed"]
FINDINGS: tuple[Finding, ...] = ("ok", "defect", "not_needed")


@dataclass(frozen=True, slots=True)
class Look:
    """What a learner says of an item, in the order of going through. `at` in seconds since the start."""

    item: str
    found: Finding
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a run.

    omitted        required items that apply and were not looked at, or were waved off as not needed
    false_ticks    items called fine though a defect was seeded there
    false_alarms   items called defective where none was seeded
    breaches       (item, the one that had to come before it), where order matters
    found, seeded  defects found of those seeded
    seconds        from the start to the last look; None without any
    """

    omitted: tuple[str, ...]
    false_ticks: tuple[str, ...]
    false_alarms: tuple[str, ...]
    breaches: tuple[tuple[str, str], ...]
    found: int
    seeded: int
    seconds: float | None

    @property
    def is_clean(self) -> bool:
        return not (self.omitted or self.false_ticks or self.false_alarms or self.breaches)

    @property
    def score(self) -> float | None:
        """Share of the seeded defects that were found; None without any. Never a share of ticks: those are cheap."""
        return self.found / self.seeded if self.seeded else None


def check(
    checklist: Checklist, seeded: Mapping[str, str], looks: Sequence[Look], facts: Values | None = None
) -> Checked:
    """What came of going through it on an object with these defects (item: what is wrong there).

    Of two looks at an item the later counts; its place in the order is that of the first. Raises BadInput for an item
    or a finding that does not exist, and for a defect on an item that does not apply.
    """
    items = {item.id: item for item in checklist.items}
    if strange := [name for name in (*seeded, *(look.item for look in looks)) if name not in items]:
        raise BadInput(f"The checklist has no item {strange[0][:40]!r}; it has {', '.join(items)}.")
    if wrong := [look.found for look in looks if look.found not in FINDINGS]:
        raise BadInput(f"An item is {', '.join(FINDINGS)}; {wrong[0]!r} is none of these.")
    known = dict(facts or {})
    if idle := [name for name in seeded if applies(items[name].when, known) is False]:
        raise BadInput(f"Item {idle[0]} does not apply here, so no defect can be seeded on it.")
    said = {look.item: look.found for look in looks}
    done = [look for look in looks if look.found != "not_needed"]
    standing = stand(checklist, [Mark(look.item) for look in done], known)
    skipped = {*standing.open} | {name for name, found in said.items() if found == "not_needed" and name in seeded}
    return Checked(
        omitted=tuple(name for name in items if name in skipped),
        false_ticks=tuple(name for name in items if said.get(name) == "ok" and name in seeded),
        false_alarms=tuple(name for name in items if said.get(name) == "defect" and name not in seeded),
        breaches=standing.breaches,
        found=sum(said.get(name) == "defect" for name in seeded),
        seeded=len(seeded),
        seconds=max((look.at for look in looks), default=None),
    )
