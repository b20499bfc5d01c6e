"""What the pages of an interview hold: plain records, so that templates ask nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass

from seci.artifacts.bodies import Body
from seci.artifacts.evidence import ClaimStatus, Origin
from seci.externalization.access import Found, Transcript
from seci.externalization.conversions import Conversion
from seci.externalization.protocols import Protocol
from seci.externalization.queries import InvitationRow, Row, TranscriptRow
from seci.externalization.showing.excerpt import Excerpt
from seci.externalization.showing.growth import Grown
from seci.externalization.showing.meter import Meter
from seci.externalization.showing.retelling import Past
from seci.externalization.showing.screen import Screen
from seci.externalization.understanding.looking import Look
from seci.kit.clock import Micros


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as its expert reads it, with the words it rests on."""

    id: str
    text: str
    quote: str
    status: ClaimStatus
    origin: Origin

    @property
    def retracted(self) -> bool:
        return self.status == "retracted"


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """externalization/interview.html, and its part that htmx replaces.

    number         of the question shown; an answer names it
    answered       turns that are stored
    cases          verdicts given
    minutes        estimate of the minutes to go; None is unknown
    past           turns told again, the latest first; `latest` the last one with words
    looked         tiles opened so far, comma between
    text, choices, sure    what was already filled in, for browsers without scripts
    body, nodes    the artifact as it stands; nothing while a case is judged, when it is `folded`
    looks          what was opened first on the board; nothing while a case is judged
    artifact       id of the artifact once it is signed
    remark         one sentence on what just happened, when it is not what was asked for
    may_finish     whether the expert can go to the end from here, and sign what there is
    partner        whether a partner reads along, so that a question can be had in other words
    fragment       whether only the part that changes is sent
    """

    id: int
    title: str
    state: str
    number: int
    screen: Screen
    meter: Meter
    answered: int = 0
    cases: int = 0
    minutes: int | None = None
    past: tuple[Past, ...] = ()
    latest: Past | None = None
    statements: tuple[Statement, ...] = ()
    body: Body | None = None
    nodes: tuple[Grown, ...] = ()
    looks: tuple[Look, ...] = ()
    artifact: int | None = None
    artifact_open: bool = True
    folded: bool = False
    may_answer: bool = True
    looked: str = ""
    text: str = ""
    choices: tuple[str, ...] = ()
    sure: str = ""
    remark: str = ""
    partner: bool = False
    may_finish: bool = False
    fragment: bool = False


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """externalization/consent.html. `partner` says where words go if a language model reads along; empty without."""

    id: int
    title: str
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """What is filled in to open an interview. `error` is one sentence when it could not be opened."""

    asset: int | None = None
    bank: int | None = None
    conversion: str = ""
    protocol: str = ""
    decision: str = ""
    minutes: int = 25
    junior: bool = False
    expert: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class InterviewsPage:
    """externalization/interviews.html.

    going, over   the actor's own dialogues
    others        how many there are to look after
    """

    going: tuple[Row, ...]
    over: tuple[Row, ...]
    others: int
    conversions: tuple[Conversion, ...]
    protocols: tuple[Protocol, ...]
    assets: tuple[tuple[int, str], ...]
    banks: tuple[tuple[int, str], ...]
    start: Start
    may_ask_others: bool


@dataclass(frozen=True, slots=True)
class ConversionPage:
    """externalization/conversion.html. `turns` and `body` are those of the worked sample, the first turn first."""

    conversion: Conversion
    turns: tuple[Past, ...]
    body: Body
    nodes: tuple[Grown, ...]
    meter: Meter


@dataclass(frozen=True, slots=True)
class ManagePage:
    """externalization/manage.html: that a dialogue goes on, never what is said in it. `link` is shown once."""

    row: Row
    invitations: tuple[InvitationRow, ...]
    link: str = ""
    until: Micros | None = None


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """externalization/invitation.html. `sentence` is set when the link cannot be used by whoever opened it."""

    secret: str = ""
    title: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class TextForm:
    """What is filled in to bring a text in. `error` is one sentence when it could not be."""

    title: str = ""
    text: str = ""
    form: str = "document"
    asset: int | None = None
    bank: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class TextsPage:
    """externalization/transcripts.html"""

    rows: tuple[TranscriptRow, ...]
    form: TextForm
    assets: tuple[tuple[int, str], ...]
    banks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TextPage:
    """externalization/transcript.html. `current` is the candidate asked about; None when all are decided."""

    transcript: Transcript
    candidates: tuple[Found, ...]
    current: Found | None
    waiting: int
    confirmed: int
    excerpt: Excerpt
