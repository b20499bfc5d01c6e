"""What the pages about people show. Plain records: queries fill them, templates print them.

Nothing here carries a total, a score or a rank over people: other pages may say who can help with what,
this room says who someone is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from seci.kit.pager import Pager


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as a link. `here` is false once someone has left."""

    id: int
    name: str
    here: bool = True


@dataclass(frozen=True, slots=True)
class UnitRef:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the directory: name, unit and function, nothing that could be compared."""

    person: PersonRef
    unit: UnitRef | None = None
    function: str = ""
    you: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """people/people.html. `suggestions` counts open identity questions, None where the reader may not decide."""

    people: tuple[PersonRow, ...]
    pager: Pager
    units: tuple[UnitRef, ...] = ()
    q: str = ""
    unit: int | None = None
    suggestions: int | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """`origin` is hand, csv or proposed; a proposed unit says why in `reason`."""

    unit: UnitRef
    people: tuple[PersonRef, ...]
    parent: UnitRef | None = None
    origin: Literal["hand", "csv", "proposed"] = "hand"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """people/units.html"""

    units: tuple[UnitRow, ...]
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A name and address as a source gave it; `rule` in words says what tied it to the person."""

    id: int
    name: str
    email: str
    rule: str
    confidence: float
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class IdentityCase:
    """The question whether some identities are one person, or how it was decided."""

    id: int
    person: PersonRef
    identities: tuple[IdentityRow, ...]
    confidence: float
    reason: str
    state: Literal["open", "confirmed", "rejected"] = "open"


@dataclass(frozen=True, slots=True)
class IdentitiesPage:
    """people/identities.html. Open cases first; decided ones can be undone."""

    open: tuple[IdentityCase, ...]
    decided: tuple[IdentityCase, ...]
    pager: Pager
    people: int
    identities: int


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The head of a person's page: what anyone who may see the person at all may see."""

    person: PersonRef
    unit: UnitRef | None = None
    function: str = ""
    starts_on: date | None = None
    leaves_on: date | None = None
    identities: tuple[IdentityRow, ...] = ()
