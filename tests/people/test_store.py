from __future__ import annotations

from seci.kit.database import Database
from seci.people.evidence import Alias
from seci.people.store import ensure_identities, people_of

ALIASES = [
    Alias("Ada Byron", "ada@engine.example"),
    Alias("ada", "ada@engine.example"),
    Alias("Charles Babbage", "charles@engine.example"),
    Alias("dependabot[bot]", "1+dependabot[bot]@users.noreply.github.com"),
    Alias("", ""),
]


def test_every_alias_gets_an_identity_and_a_person(ledger: Database) -> None:
    found = ensure_identities(ledger, ALIASES)
    person = people_of(ledger)
    ada, again, charles, bot, nobody = (person[found[alias.key]] for alias in ALIASES)
    assert ada == again
    assert len({ada, charles, bot, nobody}) == 4
    natures = dict(ledger.rows("SELECT id, nature FROM people_person"))
    assert (natures[ada], natures[bot], natures[nobody]) == ("person", "bot", "shared")
    rules = dict(ledger.rows("SELECT key, rule FROM people_identity"))
    assert rules[ALIASES[1].key] == "e-mail"
    assert rules[ALIASES[2].key] == "alone"


def test_ensuring_again_changes_nothing(ledger: Database) -> None:
    first = ensure_identities(ledger, ALIASES)
    before = (
        ledger.rows("SELECT * FROM people_identity ORDER BY id"),
        ledger.rows("SELECT * FROM people_person ORDER BY id"),
    )
    assert ensure_identities(ledger, reversed(ALIASES)) == first
    assert before == (
        ledger.rows("SELECT * FROM people_identity ORDER BY id"),
        ledger.rows("SELECT * FROM people_person ORDER BY id"),
    )


def test_people_found_to_be_one_later_are_joined_and_it_can_be_seen(ledger: Database) -> None:
    first = ensure_identities(ledger, [ALIASES[0], Alias("countess", "countess@home.example")])
    ensure_identities(ledger, [Alias("Ada Byron", "countess@home.example")])
    person = people_of(ledger)
    assert len({person[identity] for identity in first.values()}) == 1
    assert ledger.rows("SELECT rule FROM people_joining") == [("bridge",)]
    assert ledger.rows("SELECT COUNT(*) FROM people_person WHERE merged_into_id IS NULL") == [(1,)]


def test_names_of_any_encoding_and_length_are_taken(ledger: Database) -> None:
    odd = [Alias("Bad \udcff Bytes", "a@b.example"), Alias("N" * 900, "e" * 900), Alias("nul\0", "x@y.example")]
    found = ensure_identities(ledger, odd)
    assert len(set(found.values())) == 3
    assert ensure_identities(ledger, odd) == found


def test_suggestions_wait_for_a_person(ledger: Database) -> None:
    ensure_identities(ledger, [ALIASES[0], Alias("Ada Byrron", "other@home.example")])
    assert ledger.rows("SELECT rule FROM people_suggestion") == [("misspelled",)]
    # What shows them to be one answers the question.
    ensure_identities(ledger, [Alias("Ada Byron", "other@home.example")])
    assert ledger.rows("SELECT COUNT(*) FROM people_suggestion") == [(0,)]
