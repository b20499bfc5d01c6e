"""What the pages about artifacts show. Plain records: queries fill them, templates print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from seci.artifacts.access import Artifact, Recording, Revision
from seci.artifacts.bodies import Body
from seci.artifacts.checking.finding import Finding
from seci.artifacts.contribution import Contribution
from seci.artifacts.diff import Difference
from seci.artifacts.evidence import Claim
from seci.artifacts.trace import Trace
from seci.artifacts.verification import Verification
from seci.artifacts.walk import Node
from seci.assets.access import AssetLink
from seci.cases.attribute import Attribute
from seci.kit.clock import Micros
from seci.kit.figures import Figure
from seci.kit.pager import Pager
from seci.people.views import PersonRef

TYPE_WORDS: Mapping[str, str] = {
    "decision_tree": "decision tree",
    "scorecard": "scorecard",
    "checklist": "checklist",
    "flowchart": "flowchart",
    "runbook": "runbook",
    "template": "template",
    "matrix": "matrix",
    "guide": "guide",
    "story": "story",
    "recording": "recording",
    "playbook": "playbook",
    "training": "training",
}


@dataclass(frozen=True, slots=True)
class ArtifactLink:
    """A revision of an artifact as a link."""

    id: int
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class ArtifactRow:
    """One line of the library. `number` is the revision that the reader sees.

    label        what its fidelity has earned: draft, working, tested, strong; empty where it was never measured
    unsupported  nodes that rest on nothing
    """

    id: int
    title: str
    type: str
    state: str
    number: int
    label: str
    verification: Verification
    unsupported: int
    changed_at: Micros
    asset: AssetLink | None = None
    owner: PersonRef | None = None

    @property
    def type_words(self) -> str:
        return TYPE_WORDS[self.type]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the library was filtered by; empty is everything that is in use."""

    q: str = ""
    type: str = ""
    asset: int | None = None
    state: str = ""
    mark: str = ""

    @property
    def is_any(self) -> bool:
        return bool(self.q or self.type or self.asset or self.state or self.mark)


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """artifacts/artifacts.html. `assets` and `types` are those that artifacts have, to filter by."""

    rows: tuple[ArtifactRow, ...]
    pager: Pager
    wanted: Wanted
    assets: tuple[AssetLink, ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case that speaks for or against a node; without a bank only its key is known."""

    key: str
    title: str = ""
    bank: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as it is shown: who brought it up and confirmed it, and where it opens what it was said in."""

    claim: Claim
    holds: bool
    waits: bool
    confirmed_by: PersonRef | None = None
    recording: int | None = None
    second: float | None = None


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node with what it rests on."""

    node: Node
    words: str
    claims: tuple[Statement, ...] = ()
    cases_for: tuple[CaseLink, ...] = ()
    cases_against: tuple[CaseLink, ...] = ()
    cornerstone: CaseLink | None = None
    supported: bool = True
    depth: int = 0


@dataclass(frozen=True, slots=True)
class RevisionRow:
    revision: Revision
    author: PersonRef | None = None
    signed_by: PersonRef | None = None
    parents: tuple[ArtifactLink, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingRow:
    recording: Recording
    consent_by: PersonRef | None = None
    may_withdraw: bool = False


@dataclass(frozen=True, slots=True)
class ArtifactPage:
    """artifacts/artifact.html.

    body         the revision's body, whole
    fidelity     share of blind audits on which the artifact agreed, with n and its lower bound; None was never measured
    consistency  how often the expert said the same again of a repeated case
    obstacles    what stands between the latest revision and its publication, for whoever may publish
    remarks      what other rooms have to say on it
    """

    artifact: Artifact
    revision: Revision
    body: Body
    verification: Verification
    nodes: tuple[NodeRow, ...]
    statements: tuple[Statement, ...]
    contribution: Contribution
    findings: tuple[Finding, ...] = ()
    obstacles: tuple[str, ...] = ()
    fidelity: Figure | None = None
    kappa: Figure | None = None
    consistency: Figure | None = None
    stability: Figure | None = None
    revisions: tuple[RevisionRow, ...] = ()
    derived: tuple[ArtifactLink, ...] = ()
    recordings: tuple[RecordingRow, ...] = ()
    asset: AssetLink | None = None
    assets: tuple[AssetLink, ...] = ()
    owner: PersonRef | None = None
    verified_by: PersonRef | None = None
    attributes: tuple[Attribute, ...] = ()
    decides: bool = False
    may_change: bool = False
    may_sign: bool = False
    retired_because: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def type_words(self) -> str:
        return TYPE_WORDS[self.artifact.type]

    @property
    def is_latest(self) -> bool:
        return self.revision.number == self.artifact.head


@dataclass(frozen=True, slots=True)
class Tried:
    """An artifact run on one case: what it answers, why, by which nodes."""

    artifact: Artifact
    number: int
    values: Mapping[str, object]
    trace: Trace
    why: str


@dataclass(frozen=True, slots=True)
class DiffPage:
    """artifacts/diff.html: two revisions, or a revision and a text that is not saved yet."""

    artifact: Artifact
    before: int
    after: int | None
    differences: tuple[Difference, ...]
    context: tuple[tuple[str, str, str], ...] = field(default=())
