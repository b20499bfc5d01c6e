"""The graph around a node and the ways through it, as each actor may see them; exports as other programs read them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.assets.models import Asset
from seci.combination.graph import commands, export, queries
from seci.combination.graph.graph import Edge, Graph, Name, Node, named
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, NotFound
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.people.store import record
from seci.spiral.models import Holding
from tests.cast import Actors


@pytest.fixture
def base(db: None) -> Database:
    return of_django(connection)


@pytest.fixture
def asset(actors: Actors) -> int:
    """Dan has worked on it."""
    made = Asset.objects.create(key="intake", name="Intake of tables", created_at=0)
    Holding.objects.create(
        asset=made, person_id=actors.dan.person, as_of=0, familiarity=9, held=0.8, first_t=1, last_t=2
    )
    return made.pk


@pytest.fixture
def guide(actors: Actors, base: Database, asset: int) -> int:
    made = library.create(actors.bob, base, "Guide “to” <intake>", "Text.", asset=asset)
    library.publish(actors.alice, base, made)
    other = library.create(actors.carol, base, "Reviews", f"See [the guide](/library/{made}/).")
    library.publish(actors.carol, base, other)
    base.run("UPDATE library_link SET to_document_id = ? WHERE document_id = ?", [made, other])
    return made


def verbs(graph: Graph) -> set[tuple[str, str, str]]:
    return {(str(edge.source), edge.verb, str(edge.target)) for edge in graph.edges}


def test_around_a_document_are_its_people_its_asset_and_what_links_to_it(
    actors: Actors, base: Database, guide: int, asset: int
) -> None:
    found = queries.around(actors.alice, base, f"document:{guide}", depth=2)
    assert {
        (f"person:{actors.bob.person}", "wrote", f"document:{guide}"),
        (f"person:{actors.bob.person}", "owns", f"document:{guide}"),
        (f"document:{guide}", "about", f"asset:{asset}"),
        (f"document:{guide + 1}", "links", f"document:{guide}"),
        (f"person:{actors.dan.person}", "worked", f"asset:{asset}"),
    } <= verbs(found)


def test_events_of_a_node_are_those_of_the_ledger(actors: Actors, base: Database, guide: int) -> None:
    found = queries.around(actors.alice, base, f"document:{guide}")
    events = {edge.source.id for edge in found.edges if edge.verb == "happened"}
    rows = base.rows(
        "SELECT e.seq FROM ledger_event e JOIN library_deed d ON d.seq = e.seq WHERE d.document_id = ?", [guide]
    )
    assert events == {seq for (seq,) in rows}


def test_what_somebody_practises_or_is_tested_on_does_not_lead_to_them(
    actors: Actors, base: Database, asset: int
) -> None:
    with base.transaction():
        for kind in (Kind.PAIR, Kind.PRACTICE, Kind.ASSESS, Kind.READ):
            record(base, actors.carol, kind, kind.name, asset=asset)
    found = queries.around(actors.alice, base, f"asset:{asset}", depth=2)
    labels = {found.nodes[edge.source].label for edge in found.edges if edge.verb == "did"}
    assert labels == {"pair"}


def test_a_guest_sees_no_people_no_assets_and_no_events(actors: Actors, base: Database, guide: int, asset: int) -> None:
    found = queries.around(actors.mallory, base, f"document:{guide}", depth=3)
    assert {name.kind for name in found.nodes} == {"document"}
    with pytest.raises(NotFound):
        queries.around(actors.mallory, base, f"asset:{asset}")


def test_a_draft_of_others_is_not_there(actors: Actors, base: Database, asset: int) -> None:
    draft = library.create(actors.bob, base, "Not yet", "Text.", asset=asset)
    assert Name("document", draft) in queries.around(actors.bob, base, f"asset:{asset}").nodes
    assert Name("document", draft) not in queries.around(actors.carol, base, f"asset:{asset}").nodes


def test_whoever_hides_the_own_entry_is_not_tied_to_the_asset(actors: Actors, base: Database, asset: int) -> None:
    assert Name("person", actors.dan.person or 0) in queries.around(actors.alice, base, f"asset:{asset}").nodes
    base.run(
        "INSERT INTO assets_correction (person_id, asset_id, kind, note, at) VALUES (?, ?, 'hidden', '', 1)",
        [actors.dan.person, asset],
    )
    assert Name("person", actors.dan.person or 0) not in queries.around(actors.alice, base, f"asset:{asset}").nodes


def test_who_can_explain_this_is_answered_with_the_way(actors: Actors, base: Database, guide: int) -> None:
    found = queries.who_can_explain(actors.alice, base, f"document:{guide + 1}")
    ways = {way.end.label: way for way in found.ways}
    assert found.ways[0].end.label == "Carol Learner"
    assert ways["Dan Senior"].sentence == (
        "Reviews links to Guide “to” <intake>, which is about Intake of tables, which is worked on by Dan Senior"
    )
    (way,) = queries.way(actors.alice, base, f"document:{guide + 1}", f"person:{actors.dan.person}").ways
    assert way == ways["Dan Senior"]


def test_the_part_shown_is_constant_in_size(actors: Actors, base: Database, asset: int) -> None:
    base.run_many(
        "INSERT INTO people_person (id, name, nature, function, named) VALUES (?, ?, 'person', '', ?)",
        [(10_000 + n, f"Person {n}", False) for n in range(5_000)],
    )
    base.run_many(
        "INSERT INTO spiral_holding (asset_id, person_id, as_of, familiarity, held, authored, reviewed, paired, "
        "documented, combined, first_t, last_t) VALUES (?, ?, 0, 9, 0.8, 0, 0, 0, 0, 0, 1, ?)",
        [(asset, 10_000 + n, n) for n in range(5_000)],
    )
    found = queries.around(actors.alice, base, f"asset:{asset}")
    assert found.cut
    assert len(found.nodes) == 1 + queries.LIMIT
    assert "Person 4999" in {node.label for node in found.nodes.values()}
    assert len(queries.who_can_explain(actors.alice, base, f"asset:{asset}").ways) == 5


@pytest.mark.parametrize("text", ["", "asset", "asset:x", "cat:1", "asset:-1", "asset:" + "9" * 30, "asset:²"])
def test_what_names_no_node_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="names no node"):
        named(text)


def sample() -> Graph:
    one, two, three = Name("document", 1), Name("concept", 2), Name("person", 3)
    nodes = {
        one: Node(one, 'A "quoted" \\ title\n<&> \x0b😀'), two: Node(two, "Intake"), three: Node(three, "Zoë O'Neil"),
    }  # fmt: skip
    edges = (Edge(one, "tagged", two), Edge(three, "wrote", one, 4, 1_700_000_000_000_000), Edge(two, "broader", two))
    return Graph(one, nodes, edges, 8, False)


def test_another_program_reads_the_same_triples_from_turtle_and_json_ld() -> None:
    import rdflib

    base = "http://seci.example"
    turtle = rdflib.Graph().parse(data=export.to_turtle(sample(), base), format="turtle")
    jsonld = rdflib.Graph().parse(data=export.to_jsonld(sample(), base), format="json-ld")
    assert set(turtle) == set(jsonld)
    document, person = (rdflib.URIRef(f"{base}/graph/?from={name}") for name in ("document:1", "person:3"))
    assert (document, rdflib.PROV.wasAttributedTo, person) in turtle
    assert turtle.value(document, rdflib.DCTERMS.title) == rdflib.Literal('A "quoted" \\ title\n<&> \x0b😀')
    assert turtle.value(document, rdflib.DCTERMS.subject, any=False)
    assert (None, rdflib.SKOS.prefLabel, rdflib.Literal("Intake")) in turtle


def test_another_program_reads_the_graphml() -> None:
    import networkx

    read = networkx.parse_graphml(export.to_graphml(sample()))
    assert read.nodes["person:3"]["label"] == "Zoë O'Neil"
    assert read.nodes["document:1"]["label"] == 'A "quoted" \\ title\n<&> 😀'
    assert read.get_edge_data("person:3", "document:1")["n"] == 4


def test_the_page_says_in_words_what_is_drawn(actors: Actors, base: Database, guide: int) -> None:
    browser = Client()
    user = get_user_model().objects.get(pk=actors.alice.account)
    browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
    shown = browser.get(f"/graph/?from=document:{guide}&who=1").content.decode()
    assert "was written by" in shown
    assert "Who can explain this?" in shown
    assert "Guide “to” &lt;intake&gt;" in shown
    assert browser.get("/graph/?q=intake").content.decode().count("from=") >= 2
    assert browser.get("/graph/?from=asset:999999").status_code == 404
    drawn = browser.get(f"/graph/data/?from=document:{guide}").json()
    assert drawn["start"] == f"document:{guide}"
    exported = browser.get(f"/graph/export/turtle/?from=document:{guide}")
    assert exported["Content-Type"].startswith("text/turtle")


def test_the_terminal_shows_the_same(base: Database, guide: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "database", lambda: base)
    monkeypatch.setattr(door, "framework", lambda: None)
    monkeypatch.setattr(door, "actor", Actor.owner_of_the_machine)

    def run(*words: str) -> str:
        return CliRunner().invoke(commands.graph, words, catch_exceptions=False).stdout

    assert f"document:{guide}" in run("find", "guide")
    assert "wrote Guide" in run("show", f"document:{guide}")
    assert json.loads(run("path", f"document:{guide}", "--json"))["ways"][0]["label"] == "Bob Learner"
    assert "skos:" in run("export", f"document:{guide}", "--form", "turtle")
