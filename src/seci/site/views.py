"""What the pages of the house itself show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seci.cycle.views import NextItem
from seci.kit.clock import Micros
from seci.kit.figures import Status
from seci.people.views import PersonRef
from seci.search.shelf import Hit
from seci.sources.git.views import RunRow
from seci.spiral.catalogue import Metric
from seci.spiral.layers import Layers
from seci.spiral.turn import Turn
from seci.spiral.views import AssetRow, Ended

if TYPE_CHECKING:
    from seci.accounts.queries import Session, Token
    from seci.partner.queries import Standing
    from seci.search.queries import Wanted
    from seci.search.snippet import Piece


@dataclass(frozen=True, slots=True)
class House:
    """What every page shows at its foot; a context processor puts it under the name `house`."""

    version: str
    events: int | None = None
    as_of: Micros | None = None
    role: str = ""
    person: PersonRef | None = None

    @property
    def may_lead(self) -> bool:
        return self.role in ("lead", "admin")


@dataclass(frozen=True, slots=True)
class Home:
    """site/home.html.

    turns    one per asset, for the threads of the spiral
    median   the turn of the median asset
    caption  what the drawing says, in words
    ended    repositories whose history ends long ago
    """

    items: tuple[NextItem, ...]
    gaps: int
    assets: tuple[AssetRow, ...]
    assets_total: int
    sources: int
    turns: tuple[Turn, ...] = ()
    median: Turn | None = None
    caption: str = ""
    runs: tuple[RunRow, ...] = ()
    layers: Layers | None = None
    ended: tuple[Ended, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A document or an artifact found by what it says. `state` is named where it is not published, `origin` where it
    came with others: two guides may have a page of one name."""

    kind: str
    title: str
    url: str
    heading: tuple[str, ...]
    snippet: tuple[Piece, ...]
    state: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a search: (value, words) of what may be chosen, and what is."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class SearchHits:
    """site/search.html and site/_hits.html, best match first within its kind.

    by_words  the model is not installed, so meaning plays no part
    waiting   passages that are found by their words only so far
    searched  passages that this reader may find with these choices
    is_cut    there may be further texts; these fit best
    """

    q: str
    hits: tuple[Hit, ...]
    more: int = 0
    passages: tuple[Passage, ...] = ()
    by_words: bool = False
    waiting: int = 0
    searched: int = 0
    choices: tuple[Choice, ...] = ()
    narrowed: bool = False
    sees_wanted: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class WantedPage:
    """site/wanted.html"""

    rows: tuple[Wanted, ...]
    may_settle: bool


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """A number that the figures rest on: its name, value in words, what it does, where it comes from."""

    name: str
    value: str
    meaning: str
    status: Status
    source: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: int
    name: str
    email: str
    role: str
    person: PersonRef | None = None
    claims: PersonRef | None = None
    last_seen: Micros | None = None
    you: bool = False


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """site/settings.html. `link` and `fresh_token` are shown once, to whoever just made them.

    person    whom the account belongs to; while None, `people` offers whom it may claim to be, and `claimed` is whom it
              says to be until an admin confirms it
    """

    account: str
    role: str
    assumptions: tuple[AssumptionRow, ...]
    members: tuple[MemberRow, ...] = ()
    roles: tuple[str, ...] = ()
    person: PersonRef | None = None
    claimed: PersonRef | None = None
    people: tuple[PersonRef, ...] = ()
    sessions: tuple[Session, ...] = ()
    tokens: tuple[Token, ...] = ()
    may_invite: bool = False
    link: str = ""
    fresh_token: str = ""
    error: str = ""
    data_folder: str = ""
    partner: Standing | None = None


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """site/metrics.html"""

    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class EnterPage:
    """site/enter.html. `sentence` is set when the link cannot be used any more."""

    account: str = ""
    token: str = ""
    sentence: str = ""
