"""Merges, findings and plans over REST."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.combination.access import LibraryFinding, Merge, MergeConflict, Plan, Request
from seci.combination.merge.proof import Fault
from seci.combination.products import products
from seci.combination.queries import conflicts as contradictions
from seci.combination.queries import drafts, frames, outlines, picking, shelves
from seci.combination.queries import publishing as looked
from seci.combination.queries import training as plans
from seci.combination.queries.drafts import ReviewPage
from seci.combination.queries.picking import Picking
from seci.combination.queries.publishing import AccuracyPage
from seci.combination.queries.shelves import FindingsPage
from seci.combination.queries.training import PlanPage, PlansPage
from seci.combination.recipes import recipes
from seci.combination.services import deciding, drafting, following, looking, publishing, shaping, starting, training
from seci.combination.views import (
    ConflictPage,
    ConflictsPage,
    DraftPage,
    GapsPage,
    MergeRow,
    OutlinePage,
    PublishPage,
    RequestRow,
    SamePage,
    SourcesPage,
)
from seci.kit.database import of_django

router = Router(tags=["merges"])


class Picked(Schema):
    documents: list[int] = []
    collections: list[int] = []
    concept: int | None = None
    accept_nc: bool = False


class Started(Picked):
    title: str
    recipe: str = ""
    product: str = ""
    asset: int | None = None
    everything: bool = False
    classes: dict[int, str] = {}


class More(Schema):
    documents: list[int]
    source_class: str = ""


class Framed(Schema):
    recipe: str = ""
    product: str = ""


class Shaped(Schema):
    """`act`: chapter, section, take, drop, drop-chapter, rename, add or join."""

    act: str
    chapter: str = ""
    section: str = ""
    at: int | None = None
    heading: str = ""
    into: str = ""


class Grouped(Schema):
    """`act`: keep, split or join; sentences are (document, number)."""

    act: str
    sentences: list[tuple[int, int]]


class Decided(Schema):
    """`choice`: a, b, split, both, ask or none."""

    choice: str
    reason: str
    when_a: str = ""
    when_b: str = ""


class Answered(Schema):
    answer: str
    words: str


class Written(Schema):
    again: bool = False


class Chosen(Schema):
    statements: list[int] = []


class Published(Schema):
    days: int = publishing.VERIFIED_DAYS


class Required(Schema):
    waived: str = ""
    artifact: int | None = None


class FindingDecided(Schema):
    """`decision` as the page of the findings says."""

    decision: str
    reason: str = ""


class Settled(FindingDecided):
    """`decision`: keep, take or edit."""

    text: str = ""


class Drawn(Schema):
    size: int = 10


class Judged(Schema):
    verdict: str
    words: str = ""


class Planned(Schema):
    title: str = ""
    audience: str = ""
    asset: int | None = None
    concept: int | None = None


@router.get("/merges", auth=Signed("member"), summary="Merges, the latest changed first")
def merges(request: HttpRequest, left: bool = False) -> tuple[MergeRow, ...]:
    return sent(frames.merges(actor_of(request), of_django(connection), left=left))


@router.get("/merges/recipes", auth=Signed("member"), summary="Recipes and products")
def kinds(request: HttpRequest) -> dict[str, tuple[object, ...]]:
    return sent({"recipes": recipes(), "products": products()})


@router.post("/merges/check", auth=Signed("member"), summary="The licence of a merge, before anything is made")
def check(request: HttpRequest, form: Picked) -> Picking:
    return sent(picking.picking(actor_of(request), of_django(connection), **form.model_dump()))


@router.post("/merges", auth=Signed("member"), summary="Start a merge; its sources are read by the worker")
def start(request: HttpRequest, form: Started) -> Merge:
    given = form.model_dump()
    given["classes"] = list(given["classes"].items())
    return sent(starting.start(actor_of(request), of_django(connection), given.pop("title"), **given))


@router.get("/merges/{merge}", auth=Signed("member"), summary="A merge: its sources, its steps, its licence")
def merge(request: HttpRequest, merge: int) -> SourcesPage:
    return sent(outlines.sources(actor_of(request), of_django(connection), merge))


@router.post("/merges/{merge}/sources", auth=Signed("member"), summary="Further sources")
def add(request: HttpRequest, merge: int, form: More) -> Merge:
    actor, db = actor_of(request), of_django(connection)
    return sent(starting.add(actor, db, merge, form.documents, source_class=form.source_class))


@router.post("/merges/{merge}/classes", auth=Signed("member"), summary="Say which class of source these are")
def classify(request: HttpRequest, merge: int, form: More) -> Merge:
    return sent(starting.classify(actor_of(request), of_django(connection), merge, form.documents, form.source_class))


@router.post("/merges/{merge}/frame", auth=Signed("member"), summary="Which recipe and product it is held to")
def frame(request: HttpRequest, merge: int, form: Framed) -> Merge:
    return sent(starting.follow_recipe(actor_of(request), of_django(connection), merge, form.recipe, form.product))


@router.post("/merges/{merge}/leave", auth=Signed("member"), summary="Leave a merge where it is")
def leave(request: HttpRequest, merge: int) -> Merge:
    return sent(starting.leave(actor_of(request), of_django(connection), merge))


@router.get("/merges/{merge}/outline", auth=Signed("member"), summary="Chapters and what is left out")
def outline(request: HttpRequest, merge: int) -> OutlinePage:
    return sent(outlines.outlined(actor_of(request), of_django(connection), merge))


@router.post("/merges/{merge}/outline", auth=Signed("member"), summary="Change the outline")
def shape(request: HttpRequest, merge: int, form: Shaped) -> Merge:
    return sent(shaping.shape(actor_of(request), of_django(connection), merge, shaping.Change(**form.model_dump())))


@router.get("/merges/{merge}/same", auth=Signed("member"), summary="Sentences that say the same")
def same(request: HttpRequest, merge: int, chapter: str = "") -> SamePage:
    return sent(outlines.same(actor_of(request), of_django(connection), merge, chapter))


@router.post("/merges/{merge}/same", auth=Signed("member"), summary="Put right what says the same")
def group(request: HttpRequest, merge: int, form: Grouped) -> Merge:
    return sent(shaping.regroup(actor_of(request), of_django(connection), merge, form.act, form.sentences))


@router.get("/merges/{merge}/gaps", auth=Signed("member"), summary="What only one guide speaks of, or none")
def gaps(request: HttpRequest, merge: int) -> GapsPage:
    return sent(outlines.gaps(actor_of(request), of_django(connection), merge))


@router.get("/merges/{merge}/conflicts", auth=Signed("member"), summary="Where the sources contradict each other")
def conflicts(request: HttpRequest, merge: int) -> ConflictsPage:
    return sent(contradictions.conflicts(actor_of(request), of_django(connection), merge))


@router.get("/conflicts/{conflict}", auth=Signed("member"), summary="Both sentences in context, with evidence")
def conflict(request: HttpRequest, conflict: int) -> ConflictPage:
    return sent(contradictions.conflict(actor_of(request), of_django(connection), conflict))


@router.post("/conflicts/{conflict}/decide", auth=Signed("member"), summary="Decide; kept as a decision record")
def decide(request: HttpRequest, conflict: int, form: Decided) -> MergeConflict:
    return sent(
        deciding.decide(
            actor_of(request), of_django(connection), conflict, form.choice, form.reason, when_a=form.when_a,
            when_b=form.when_b,
        )
    )  # fmt: skip


@router.get("/merges/requests/all", auth=Signed("member"), summary="What owners of sources were asked")
def asked(request: HttpRequest, mine: bool = False) -> tuple[RequestRow, ...]:
    return sent(contradictions.requests(actor_of(request), of_django(connection), mine=mine))


@router.post("/merges/requests/{asked}", auth=Signed("member"), summary="Answer what you were asked")
def answer(request: HttpRequest, asked: int, form: Answered) -> Request:
    return sent(deciding.answer(actor_of(request), of_django(connection), asked, form.answer, form.words))


@router.get("/merges/{merge}/draft", auth=Signed("member"), summary="The draft with what each statement rests on")
def draft(request: HttpRequest, merge: int, revision: int | None = None) -> DraftPage:
    return sent(drafts.drafted(actor_of(request), of_django(connection), merge, revision))


@router.post("/merges/{merge}/draft", auth=Signed("member"), summary="Write the draft")
def write(request: HttpRequest, merge: int, form: Written) -> Merge:
    return sent(drafting.write(actor_of(request), of_django(connection), merge, again=form.again))


@router.post("/merges/{merge}/draft/rephrase", auth=Signed("member"), summary="Ask the partner for clearer words")
def rephrase(request: HttpRequest, merge: int, form: Chosen) -> dict[str, object]:
    changed, remark = drafting.rephrase(actor_of(request), of_django(connection), merge, form.statements)
    return {"changed": changed, "remark": remark}


@router.post("/merges/{merge}/draft/mark", auth=Signed("member"), summary="Statements that a person answers for")
def mark(request: HttpRequest, merge: int, form: Chosen) -> tuple[Fault, ...]:
    return sent(drafting.mark_human(actor_of(request), of_django(connection), merge, form.statements))


@router.get("/merges/{merge}/publish", auth=Signed("member"), summary="What stands in the way of publication")
def publishable(request: HttpRequest, merge: int) -> PublishPage:
    return sent(looked.publishing(actor_of(request), of_django(connection), merge))


@router.post("/merges/{merge}/publish", auth=Signed("member"), summary="Publish with the page that names the sources")
def publish(request: HttpRequest, merge: int, form: Published) -> Merge:
    return sent(publishing.publish(actor_of(request), of_django(connection), merge, days=form.days))


@router.post("/merges/{merge}/requirements/{key}", auth=Signed("member"), summary="A class of requirements decided")
def require(request: HttpRequest, merge: int, key: str, form: Required) -> Merge:
    actor, db = actor_of(request), of_django(connection)
    return sent(publishing.require(actor, db, merge, key, waived=form.waived, artifact=form.artifact))


@router.get("/merges/{merge}/review", auth=Signed("member"), summary="Sentences that came back")
def review(request: HttpRequest, merge: int) -> ReviewPage:
    return sent(drafts.reviews(actor_of(request), of_django(connection), merge))


@router.post("/merges/{merge}/review/look", auth=Signed("member"), summary="Look at sources with a later revision")
def look_again(request: HttpRequest, merge: int) -> dict[str, list[int]]:
    return {"findings": list(following.look_again(actor_of(request), of_django(connection), merge))}


@router.post("/merges/review/{finding}", auth=Signed("member"), summary="Keep ours, take the new wording, edit")
def settle(request: HttpRequest, finding: int, form: Settled) -> LibraryFinding:
    actor, db = actor_of(request), of_django(connection)
    return sent(following.settle(actor, db, finding, form.decision, text=form.text, reason=form.reason))


@router.get("/merges/{merge}/accuracy", auth=Signed("member"), summary="The share of sampled statements confirmed")
def accuracy(request: HttpRequest, merge: int) -> AccuracyPage:
    return sent(looked.accuracy(actor_of(request), of_django(connection), merge))


@router.post("/merges/{merge}/accuracy", auth=Signed("member"), summary="Draw statements by lot")
def sample(request: HttpRequest, merge: int, form: Drawn) -> dict[str, int]:
    return {"drawn": publishing.sample(actor_of(request), of_django(connection), merge, form.size)}


@router.post("/merges/samples/{sampled}", auth=Signed("member"), summary="Say whether a sampled statement holds")
def judge(request: HttpRequest, sampled: int, form: Judged) -> Merge:
    return sent(publishing.judge(actor_of(request), of_django(connection), sampled, form.verdict, form.words))


@router.get("/findings", auth=Signed("member"), summary="Findings over the whole library")
def findings(
    request: HttpRequest, kind: str = "", state: str = "open", document: int | None = None, page: int = 1
) -> FindingsPage:
    actor, db = actor_of(request), of_django(connection)
    return sent(shelves.findings(actor, db, kind=kind, state=state, document=document, page=page))


@router.post("/findings/look", auth=Signed("member"), summary="Look through the library; done by the worker")
def look(request: HttpRequest) -> dict[str, int]:
    return {"look": looking.look(actor_of(request), of_django(connection))}


@router.post("/findings/{finding}", auth=Signed("member"), summary="Decide a finding, once")
def decide_finding(request: HttpRequest, finding: int, form: FindingDecided) -> LibraryFinding:
    actor, db = actor_of(request), of_django(connection)
    return sent(looking.decide_finding(actor, db, finding, form.decision, form.reason))


@router.get("/training", auth=Signed("member"), summary="Plans for newcomers")
def all_plans(request: HttpRequest) -> PlansPage:
    return sent(plans.plans(actor_of(request), of_django(connection)))


@router.get("/training/{plan}", auth=Signed("member"), summary="A plan with its steps")
def plan(request: HttpRequest, plan: int) -> PlanPage:
    return sent(plans.plan(actor_of(request), of_django(connection), plan))


@router.post("/training", auth=Signed("member"), summary="Make a plan about an asset or a concept")
def make_plan(request: HttpRequest, form: Planned) -> Plan:
    given = form.model_dump()
    return sent(training.plan_training(actor_of(request), of_django(connection), given.pop("title"), **given))
