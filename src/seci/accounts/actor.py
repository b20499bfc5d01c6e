"""Who asks. Every service takes the actor first; it is never ambient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["admin", "lead", "facilitator", "member", "guest"]
Door = Literal["page", "rest", "mcp", "cli", "job"]

ROLES: tuple[Role, ...] = ("guest", "member", "facilitator", "lead", "admin")


@dataclass(frozen=True, slots=True)
class Actor:
    """An account at a door. `person` is None while the account is not tied to anyone in the directory."""

    account: int | None
    person: int | None
    role: Role
    door: Door

    def is_at_least(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)

    @classmethod
    def owner_of_the_machine(cls, door: Door = "cli") -> Actor:
        """Whoever runs commands in the instance's own folder could read its files anyway: an admin."""
        return cls(account=None, person=None, role="admin", door=door)
