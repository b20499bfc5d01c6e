"""The graph, explored from any node; who can explain something, and by which way one gets there."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.combination.graph import queries
from seci.combination.graph.graph import KINDS, Graph, Name, Node
from seci.combination.graph.queries import Question
from seci.combination.graph.views import TYPES, plain
from seci.kit.database import of_django
from seci.kit.errors import SeciError
from seci.kit.pager import whole

PAGES = {"person": "person", "asset": "asset", "artifact": "artifact", "document": "document"}


@dataclass(frozen=True, slots=True)
class Line:
    """One neighbor in the list: how it hangs together with the node at hand, the latest first."""

    node: Node
    words: str
    n: int
    at: int


@dataclass(frozen=True, slots=True)
class GraphPage:
    """graph/graph.html. `groups` is the drawing in words: neighbors of the start, a kind at a time."""

    q: str
    found: list[Node]
    graph: Graph | None
    start: Node | None
    page: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    question: Question | None
    error: str


@require_safe
@least("guest")
def graph(request: HttpRequest) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    q, start, end = (request.GET.get(name, "").strip() for name in ("q", "from", "to"))
    found = queries.find(actor, db, q)
    shown, question, error, status = None, None, "", 200
    try:
        if start:
            shown = queries.around(actor, db, start)
            if end:
                question = queries.way(actor, db, start, end)
            elif "who" in request.GET:
                question = queries.who_can_explain(actor, db, start)
    except SeciError as refusal:
        error, status = refusal.sentence, refusal.status
    page = GraphPage(
        q, found, shown, shown.nodes[shown.start] if shown else None, own_page(shown.start) if shown else "",
        groups(shown) if shown else (), question, error,
    )  # fmt: skip
    return render(request, "graph/graph.html", {"page": page}, status=status)


@require_safe
@least("guest")
def data(request: HttpRequest) -> HttpResponse:
    """What the drawing shows, for its script."""
    found = queries.around(
        actor_of(request), of_django(connection), request.GET.get("from", ""),
        depth=whole(request.GET.get("depth")) or 1,
    )  # fmt: skip
    return JsonResponse(plain(found))


@require_safe
@least("guest")
def export(request: HttpRequest, form: str) -> HttpResponse:
    start = request.GET.get("from", "")
    text = queries.exported(actor_of(request), of_django(connection), start, form, settings.SECI_PUBLIC_URL)
    name = f"{start.replace(':', '-')}.{form}"
    return HttpResponse(
        text, content_type=f"{TYPES[form]}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def groups(graph: Graph) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The neighbors of the start in words, a kind at a time."""
    lines: dict[str, list[Line]] = {}
    for edge, node in graph.of(graph.start):
        lines.setdefault(node.name.kind, []).append(Line(node, edge.words(graph.start), edge.n, edge.at))
    order = [kind for kind in KINDS if kind in lines]
    return tuple(
        (KINDS[kind], tuple(sorted(lines[kind], key=lambda line: (line.words, -line.at, line.node.label))))
        for kind in order
    )


def own_page(name: Name) -> str:
    """The page of the thing itself; "" where it has none."""
    return reverse(PAGES[name.kind], args=[name.id]) if name.kind in PAGES else ""
