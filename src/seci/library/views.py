"""What the pages of the library show. Plain records: queries fill them, templates print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seci.artifacts.verification import Verification
from seci.artifacts.views import TYPE_WORDS
from seci.assets.access import AssetLink
from seci.kit.clock import Micros
from seci.kit.pager import Pager
from seci.library.access import Collection, Concept, Document, Revision, is_recording
from seci.library.markdown.block import Block
from seci.people.views import PersonRef

KIND_WORDS: Mapping[str, str] = {
    "page": "page",
    "adr": "decision record",
    "attribution": "attribution",
    "playbook": "playbook",
    **TYPE_WORDS,
}

MARK_WORDS: Mapping[str, str] = {
    "unverified": "Not verified",
    "earlier": "Changed since verified",
    "stale": "Verification expired",
    "reopened": "Something below it changed",
    "isolated": "Nothing links here or from here",
    "challenged": "Challenged",
    "unfiled": "Under no concept",
    "nobody": "Nobody to ask",
    "vanished": "Gone at its source",
}
"""What the library says of a page or an artifact that somebody should look at."""

_OWN_PLACE = ("unverified", "earlier", "stale", "nobody")


@dataclass(frozen=True, slots=True)
class Spot:
    """A document, an artifact or an asset as a link. `room` is library, artifacts or assets."""

    room: str
    id: int
    title: str

    @property
    def address(self) -> str:
        return f"/{self.room}/{self.id}/"


@dataclass(frozen=True, slots=True)
class ConceptRef:
    id: int
    label: str


@dataclass(frozen=True, slots=True)
class Backlink:
    """A document that leads here, with the words of its link."""

    spot: Spot
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Onward:
    """A link of this document: where it leads, None while nothing answers to it."""

    kind: str
    target: str
    anchor: str
    label: str
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class BindingRow:
    """A place in the code that a page speaks of. standing: same, changed, gone, unseen (nobody has looked yet)."""

    id: int
    path: str
    symbol: str
    standing: str
    seen_at: Micros | None


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    id: int
    name: str
    mime: str
    size: int
    at: Micros
    consent: str = ""


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """A file that is played on its page. `captions` has what is said second by second (WebVTT), `transcript` the words
    to be read; both are files of the same name beside it."""

    file: AttachmentRow
    captions: AttachmentRow | None = None
    transcript: AttachmentRow | None = None

    @property
    def is_sound(self) -> bool:
        return self.file.mime.startswith("audio/")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the library: a document or an artifact. `marks` are keys of MARK_WORDS."""

    spot: Spot
    kind: str
    state: str
    verification: Verification
    changed_at: Micros
    owner: PersonRef | None = None
    diataxis: str = ""
    collection: str = ""
    marks: tuple[str, ...] = ()

    @property
    def kind_words(self) -> str:
        return KIND_WORDS.get(self.kind, self.kind)

    @property
    def notable(self) -> tuple[str, ...]:
        """What is to be looked at beyond its verification and owner, which have a place of their own."""
        return tuple(MARK_WORDS[mark] for mark in self.marks if mark not in _OWN_PLACE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the library is filtered by; empty is everything in use."""

    q: str = ""
    concept: int | None = None
    tag: str = ""
    kind: str = ""
    diataxis: str = ""
    owner: int | None = None
    collection: int | None = None
    state: str = ""
    mark: str = ""

    @property
    def is_any(self) -> bool:
        return bool(
            self.q or self.concept or self.tag or self.kind or self.diataxis or self.owner or self.collection
            or self.state or self.mark
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Branch:
    """A concept in the tree. n counts what is in use under it and under what is narrower."""

    concept: ConceptRef
    n: int
    depth: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """library/library.html."""

    rows: tuple[Row, ...]
    pager: Pager
    wanted: Wanted
    tree: tuple[Branch, ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    collections: tuple[tuple[int, str], ...] = ()
    owners: tuple[PersonRef, ...] = ()
    marks: tuple[tuple[str, str, int], ...] = ()
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class RevisionRow:
    revision: Revision
    author: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """Somebody whom a draft is shared with."""

    person: PersonRef
    may_write: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """library/document.html: one revision of a document with all that stands around it.

    broken   links to pages that are not there
    expires  what of it runs out, in the order in which it does: (words, when)
    shares   whom a draft is shared with, for whoever may change that
    """

    document: Document
    revision: Revision
    verification: Verification
    marks: tuple[str, ...] = ()
    collection: Collection | None = None
    licence: str = ""
    asset: AssetLink | None = None
    owner: PersonRef | None = None
    author: PersonRef | None = None
    verified_by: PersonRef | None = None
    concepts: tuple[ConceptRef, ...] = ()
    tags: tuple[str, ...] = ()
    backlinks: tuple[Backlink, ...] = ()
    onward: tuple[Onward, ...] = ()
    attachments: tuple[AttachmentRow, ...] = ()
    bindings: tuple[BindingRow, ...] = ()
    revisions: int = 1
    may_edit: bool = False
    may_change: bool = False
    shares: tuple[Shared, ...] = ()

    @property
    def head(self) -> int:
        return self.document.head

    @property
    def broken(self) -> tuple[Onward, ...]:
        return tuple(one for one in self.onward if one.spot is None)

    @property
    def is_latest(self) -> bool:
        return self.revision.number == self.document.head

    @property
    def files(self) -> tuple[AttachmentRow, ...]:
        """What is attached and not played."""
        return tuple(one for one in self.attachments if not is_recording(one.mime))

    @property
    def recordings(self) -> tuple[RecordingRow, ...]:
        by = {one.name.casefold(): one for one in self.attachments}

        def beside(one: AttachmentRow, *endings: str) -> AttachmentRow | None:
            stem = one.name.rpartition(".")[0].casefold()
            return next((by[name] for ending in endings if (name := f"{stem}.{ending}") in by), None)

        return tuple(
            RecordingRow(one, beside(one, "vtt"), beside(one, "txt", "md", "pdf", "docx", "vtt", "srt"))
            for one in self.attachments
            if is_recording(one.mime)
        )

    @property
    def kind_words(self) -> str:
        return KIND_WORDS.get(self.document.kind, self.document.kind)

    @property
    def mark_words(self) -> tuple[str, ...]:
        return tuple(MARK_WORDS[mark] for mark in self.marks)


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept with its neighbors. n counts documents and artifacts in use directly under it."""

    concept: Concept
    alternatives: tuple[str, ...] = ()
    broader: tuple[ConceptRef, ...] = ()
    narrower: tuple[ConceptRef, ...] = ()
    related: tuple[ConceptRef, ...] = ()
    owner: PersonRef | None = None
    n: int = 0


@dataclass(frozen=True, slots=True)
class Reminder:
    """A verification that runs out, or has: what, whose, when."""

    spot: Spot
    until: Micros
    owner: PersonRef | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference. kind: same, gone, new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """library/compare.html: two revisions, or a revision and a text that is not saved; in stretches of lines."""

    document: Document
    before: int
    after: int | None
    stretches: tuple[tuple[Line, ...], ...]
    titles: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Blame:
    """A block of the latest revision, and the revision that it came with."""

    text: str
    kind: str
    row: RevisionRow


@dataclass(frozen=True, slots=True)
class History:
    """library/history.html."""

    document: Document
    rows: tuple[RevisionRow, ...]
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class PassagesPage:
    """A document block by block, as its latest revision has it."""

    id: int
    title: str
    revision: int
    verification: Verification
    marks: tuple[str, ...]
    licence: str
    passages: tuple[Block, ...]
