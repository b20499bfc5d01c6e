"""The same people in every test.

Alice leads. Bob and Carol learn. Dan is the senior engineer who carries the judgement. Erin facilitates.
Mallory is a stranger: she may have an account, but no part in this organization.
"""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor, Role


@dataclass(frozen=True)
class Member:
    name: str
    email: str
    role: Role

    @property
    def identity(self) -> str:
        return f"{self.name} <{self.email}>"


@dataclass(frozen=True)
class Cast:
    alice: Member = Member("Alice Lead", "alice@example.org", "lead")
    bob: Member = Member("Bob Learner", "bob@example.org", "member")
    carol: Member = Member("Carol Learner", "carol@example.org", "member")
    dan: Member = Member("Dan Senior", "dan@example.org", "member")
    erin: Member = Member("Erin Facilitator", "erin@example.org", "facilitator")
    mallory: Member = Member("Mallory Stranger", "mallory@elsewhere.example", "guest")


@dataclass(frozen=True)
class Actors:
    """The cast signed in. All but Mallory and the owner are tied to a person in the directory."""

    alice: Actor
    bob: Actor
    carol: Actor
    dan: Actor
    erin: Actor
    mallory: Actor
    owner: Actor
