"""What pages and other doors show of merges: plain values, one record for each place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.combination.access import Merge, MergeConflict, MergeSource, Request
from seci.combination.adr import Side
from seci.combination.merge.licences import Outcome
from seci.combination.products import Filled, Product, Told
from seci.combination.recipes import Missing, Recipe
from seci.kit.clock import Micros
from seci.people.views import PersonRef


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge in the list: how many sources and guides, how many conflicts wait, how many sentences came back."""

    id: int
    title: str
    state: str
    sources: int
    guides: int
    conflicts: int
    waiting: int
    reviews: int
    changed_at: Micros


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: its page, its name, and in a few words how it stands."""

    route: str
    name: str
    says: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one merge shows: the merge, its steps, whether it is still being read."""

    merge: Merge
    steps: tuple[Step, ...]
    may_work: bool

    @property
    def is_reading(self) -> bool:
        return self.merge.state == "reading"


@dataclass(frozen=True, slots=True)
class SourceRow:
    source: MergeSource
    licence_name: str


@dataclass(frozen=True, slots=True)
class GuideRow:
    """The pages of one guide in a merge."""

    name: str
    pages: tuple[SourceRow, ...]
    source_class: str


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """combination/merge.html"""

    frame: Frame
    guides: tuple[GuideRow, ...]
    outcome: Outcome
    recipe: Recipe | None
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section of a source: how many sentences it has and how it begins."""

    key: str
    heading: str
    path: tuple[str, ...]
    document: int
    revision: int
    title: str
    guide: str
    sentences: int
    begins: str


@dataclass(frozen=True, slots=True)
class ChapterRow:
    id: str
    heading: str
    sections: tuple[SectionRow, ...]
    guides: int
    ask: str = ""

    @property
    def sentences(self) -> int:
        return sum(one.sentences for one in self.sections)


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """combination/outline.html"""

    frame: Frame
    chapters: tuple[ChapterRow, ...]
    left_out: tuple[SectionRow, ...]


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of a source. `group` numbers those that say the same; 0 stands for itself."""

    document: int
    number: int
    text: str
    title: str
    guide: str
    heading: str
    group: int = 0
    is_kept: bool = False

    @property
    def key(self) -> str:
        return f"{self.document}:{self.number}"


@dataclass(frozen=True, slots=True)
class SamePage:
    """combination/same.html: groups of sentences that say the same, and all sentences of one chapter."""

    frame: Frame
    groups: tuple[tuple[SentenceRow, ...], ...]
    chapters: tuple[tuple[str, str], ...]
    chapter: str
    sentences: tuple[SentenceRow, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One of two sentences in its context: what stands before and after it, and what speaks for it.

    condition  the one that the sentence names itself; `now` is what it says in a later revision, where that changed
    """

    side: Side
    document: int
    revision: int
    title: str
    guide: str
    before: str
    after: str
    facts: tuple[tuple[str, str], ...]
    condition: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    conflict: MergeConflict
    one: str
    two: str
    one_guide: str
    two_guide: str
    kind_words: str


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """combination/conflicts.html"""

    frame: Frame
    rows: tuple[ConflictRow, ...]


@dataclass(frozen=True, slots=True)
class RequestRow:
    request: Request
    merge_title: str
    document_title: str
    person: PersonRef | None
    one: str
    two: str
    may_answer: bool


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """combination/conflict.html. `when` are conditions to begin with; `after` is the next conflict that waits."""

    frame: Frame
    row: ConflictRow
    one: SideView
    two: SideView
    requests: tuple[RequestRow, ...]
    decided_by: PersonRef | None
    when: tuple[str, str]
    after: int | None


@dataclass(frozen=True, slots=True)
class GapsPage:
    """combination/gaps.html"""

    frame: Frame
    gaps: tuple[dict[str, Any], ...]
    left_out: tuple[SectionRow, ...]
    chapters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CitationRow:
    document: int
    revision: int
    title: str
    guide: str
    text: str
    has_moved: bool


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement of the playbook. `fault` says why its sources do not bear it; empty where they do."""

    number: int
    text: str
    kind: str
    operation: str
    citations: tuple[CitationRow, ...]
    fault: str
    heading: str
    review: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Statements of a text, by what they rest on. `bare` rest on nothing that holds and are not marked human."""

    n: int
    cited: int
    human: int
    bare: int


@dataclass(frozen=True, slots=True)
class DraftPage:
    """combination/draft.html"""

    frame: Frame
    document: int | None
    revision: int | None
    statements: tuple[StatementRow, ...]
    coverage: Coverage
    has_partner: bool


@dataclass(frozen=True, slots=True)
class PublishPage:
    """combination/publish.html: what stands in the way, what it would be under, whether it is whole."""

    frame: Frame
    obstacles: tuple[str, ...]
    outcome: Outcome
    coverage: Coverage
    open_conflicts: tuple[ConflictRow, ...]
    product: Product | None
    filled: tuple[Filled, ...]
    told: tuple[Told, ...]
    missing: tuple[Missing, ...]
    days: int
    owner: PersonRef | None
