"""A small organization that never was, as a git history with planted truths.

Nine people, five areas, three years up to today. What is planted:

- `billing/` rests on Dan alone.
- `engine/` is held by Alice, Dan and Bob, who review each other.
- `legacy/` was written by Frank, who left two years ago; nobody has touched it since.
- `web/` is Carol's and Grace's; `docs/` is everybody's, mostly Erin's.
- A bot raises version numbers every month; one commit reformats everything.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

from seci.kit.clock import today
from seci.kit.ids import seeded
from tests.repositories import Commit, write_repository

DAYS = 1095
AREAS = {
    "engine": ("py", ["Alice", "Dan", "Bob"], 0.95),
    "billing": ("py", ["Dan"], 0.5),
    "web": ("ts", ["Carol", "Grace"], 0.7),
    "docs": ("md", ["Erin", "Alice", "Carol"], 0.35),
}
SURNAMES = {
    "Alice": "Lead",
    "Bob": "Learner",
    "Carol": "Learner",
    "Dan": "Senior",
    "Erin": "Facilitator",
    "Frank": "Former",
    "Grace": "Designer",
    "Heidi": "Newcomer",
}


def identity(name: str) -> str:
    return f"{name} {SURNAMES[name]} <{name.lower()}@example.org>"


def commits(seed: str = "organization") -> list[Commit]:
    """About 400 commits, the same for the same seed and day."""
    draws = seeded(seed)
    start = today() - timedelta(days=DAYS)
    history = []
    for day in range(DAYS):
        moment = (start + timedelta(days=day)).isoformat()
        history += _of_a_day(draws, day, moment)
    return history


def write_organization(path: Path) -> Path:
    return write_repository(path, commits())


def _of_a_day(draws: Random, day: int, moment: str) -> list[Commit]:
    found = []
    if day < 365 and draws.random() < 0.15:
        found.append(_change(draws, "legacy", "c", "Frank", None, moment))
    for area, (ending, people, rate) in AREAS.items():
        if draws.random() < rate / 7:
            author = people[min(int(draws.expovariate(1.2)), len(people) - 1)]
            reviewers = [name for name in people if name != author]
            reviewer = draws.choice(reviewers) if reviewers and draws.random() < 0.6 else None
            found.append(_change(draws, area, ending, author, reviewer, moment))
    if day > DAYS - 60 and draws.random() < 0.1:
        found.append(_change(draws, "web", "ts", "Heidi", "Carol", moment))
    if day % 30 == 0:
        found.append(Commit("release-bot <bot@users.noreply.example.org>", moment, {"VERSION": f"{day}\n"}))
    if day == 500:
        reformatted = {f"{area}/part{n}.{AREAS[area][0]}": f"formatted {n}\n" for area in AREAS for n in range(12)}
        found.append(Commit(identity("Grace"), moment, reformatted, message="Reformat everything"))
    return found


def _change(draws: Random, area: str, ending: str, author: str, reviewer: str | None, moment: str) -> Commit:
    files = {
        f"{area}/part{draws.randrange(12)}.{ending}": "".join(f"line {draws.randrange(99)}\n" for _ in range(6))
        for _ in range(draws.randint(1, 3))
    }
    trailers = [f"Reviewed-by: {identity(reviewer)}"] if reviewer else []
    return Commit(identity(author), f"{moment}T{draws.randint(8, 18):02}:00:00", files, f"Work on {area}", trailers)
