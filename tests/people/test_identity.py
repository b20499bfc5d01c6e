from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.people.evidence import Alias
from seci.people.identity import Known, Resolution, resolve

ADA = Alias("Ada Byron", "ada@engine.example")


def together(resolution: Resolution, *aliases: Alias) -> bool:
    group = {place.alias: place.group for place in resolution.places}
    return len({group[alias] for alias in aliases}) == 1


def persons(resolution: Resolution) -> set[frozenset[Alias]]:
    groups: dict[int, set[Alias]] = {}
    for place in resolution.places:
        groups.setdefault(place.group, set()).add(place.alias)
    return {frozenset(group) for group in groups.values()}


def offered(resolution: Resolution) -> set[frozenset[Alias]]:
    return {frozenset({each.one, each.two}) for each in resolution.suggestions}


@pytest.mark.parametrize(
    ("alias", "rule"),
    [
        (Alias("Ada Byron", "ada@other.example"), "name"),
        (Alias("Byron, Ada", "ada.b@other.example"), "name"),
        (Alias("Ada K. Byron", "akb@other.example"), "name"),
        (Alias("ada", "ADA@engine.example"), "e-mail"),
        (Alias("Ada Lovelace", "ada+seci@engine.example"), "e-mail"),
        (Alias("adabyron", "7+adabyron@users.noreply.github.com"), "written out"),
        (Alias("root", "root@Ada-Byrons-MacBook-Pro.local"), "written out"),
        (Alias("ada", "ada@host.engine.example"), "handle"),
        (Alias("Ada Byrron", "ada.b@mill.engine.example"), "misspelled"),
        (Alias("abyron", "abyron"), "initials"),
    ],
)
def test_good_evidence_ties_silently_and_says_why(alias: Alias, rule: str) -> None:
    found = resolve([ADA, alias])
    assert together(found, ADA, alias)
    assert rule in {place.rule for place in found.places}
    assert all(0.8 <= place.confidence <= 1 for place in found.places)


@pytest.mark.parametrize(
    "alias",
    [
        Alias("Ada Byrron", "elsewhere@other.example"),
        Alias("Ada Maria Byron", "x@other.example"),
        Alias("abyron", "abyron@other.example"),
        Alias("Charles Babbage", "ada.byron@other.example"),
    ],
)
def test_weak_evidence_only_suggests(alias: Alias) -> None:
    found = resolve([ADA, alias])
    assert not together(found, ADA, alias)
    assert offered(found) == {frozenset({ADA, alias})}


@pytest.mark.parametrize(
    "alias",
    [
        Alias("Ada", "a@other.example"),
        Alias("root", "root@engine.example"),
        Alias("Byron Katie", "katie@other.example"),
        Alias("Charles Babbage", "charles@engine.example"),
        Alias("ada-bot", "ada@engine.example"),
    ],
)
def test_no_evidence_ties_nobody(alias: Alias) -> None:
    found = resolve([ADA, alias])
    assert not together(found, ADA, alias)


def test_a_mailbox_of_many_people_ties_none_of_them() -> None:
    people = [
        Alias(name, "patches@lists.example")
        for name in ("Ada Byron", "Charles Babbage", "Mary Somerville", "Luigi Menabrea")
    ]
    assert len(persons(resolve(people))) == 4


def test_two_people_who_both_write_elsewhere_are_asked_about_when_they_share_a_mailbox() -> None:
    aliases = [
        Alias("Ada Byron", "ada@home.example"),
        Alias("Ada Byron", "desk@engine.example"),
        Alias("Charles Babbage", "desk@engine.example"),
        Alias("Charles Babbage", "charles@home.example"),
    ]
    found = resolve(aliases)
    assert not together(found, aliases[0], aliases[3])
    assert found.suggestions


def test_a_name_with_two_middle_initials_about_is_nobodys_in_particular() -> None:
    one, two, plain = (
        Alias("John A. Smith", "a@a.example"),
        Alias("John B. Smith", "b@b.example"),
        Alias("John Smith", "c@c.example"),
    )
    found = resolve([one, two, plain])
    assert len(persons(found)) == 3
    assert offered(found) == {frozenset({one, plain}), frozenset({two, plain})}


def test_bots_are_persons_of_their_own_kind() -> None:
    found = resolve([Alias("renovate[bot]", "29139614+renovate[bot]@users.noreply.github.com"), ADA])
    assert {group.nature for group in found.groups} == {"bot", "person"}


def test_a_person_is_called_by_the_full_name() -> None:
    found = resolve(
        [
            Alias("ana", "ana@x.example"),
            Alias("ana krivokapic", "ana@x.example"),
            Alias("Ana Krivokapić", "ana@x.example"),
        ]
    )
    assert [group.name for group in found.groups] == ["Ana Krivokapić"]


def test_what_a_person_kept_apart_stays_apart() -> None:
    known = [Known(1, ADA, person=1), Known(2, Alias("Ada Byron", "ada@two.example"), person=2, confirmed=True)]
    found = resolve([Alias("A. Byron", "ada@two.example")], known, apart=[(1, 2)])
    assert [group.persons for group in found.groups] == [(2,)]
    assert not found.suggestions


def test_two_people_whom_somebody_vouched_for_are_asked_about_and_never_made_one() -> None:
    known = [Known(1, ADA, 1, confirmed=True), Known(2, Alias("Ada Byron", "ada@two.example"), 2, confirmed=True)]
    found = resolve([Alias("Ada Byron", "ada@three.example")], known)
    assert all(len(group.persons) == 1 for group in found.groups)
    assert found.suggestions


def test_a_new_alias_may_show_that_two_known_people_are_one() -> None:
    known = [Known(1, ADA, 1), Known(2, Alias("countess", "countess@two.example"), 2)]
    found = resolve([Alias("Ada Byron", "countess@two.example")], known)
    assert [group.persons for group in found.groups] == [(1, 2)]


FIRST = ["Ada", "Charles", "Mary", "Luigi", "Grace", "Alan"]
LAST = ["Byron", "Babbage", "Somerville", "Menabrea", "Hopper", "Turing", "Byrron"]
DOMAINS = ["engine.example", "mill.engine.example", "gmail.com", "users.noreply.github.com", "laptop.(none)"]


@st.composite
def written(draw: st.DrawFn) -> Alias:
    first, last = draw(st.sampled_from(FIRST)), draw(st.sampled_from(LAST))
    name = draw(
        st.sampled_from([f"{first} {last}", f"{last}, {first}", first.lower(), f"{first[0]}{last}".lower(), "root"])
    )
    local = draw(st.sampled_from([first, f"{first}.{last}", f"{first[0]}{last}", "root", f"{first}+x"])).lower()
    return Alias(name, f"{local}@{draw(st.sampled_from(DOMAINS))}")


@settings(max_examples=60, deadline=None)
@given(st.lists(written(), max_size=14, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_aliases_changes_nothing(aliases: list[Alias], random: object) -> None:
    shuffled = list(aliases)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(aliases) == resolve(shuffled)


@settings(max_examples=60, deadline=None)
@given(st.lists(written(), min_size=2, max_size=14, unique=True), st.integers(1, 13))
def test_history_read_in_parts_ties_no_less_than_what_it_tied_before(aliases: list[Alias], cut: int) -> None:
    before, after = aliases[:cut], aliases[cut:]
    first = resolve(before)
    known = [Known(at, place.alias, place.group) for at, place in enumerate(first.places)]
    second = resolve(after, known)
    assert {place.alias for place in second.places} == set(after) - set(before)
    merged = [group.persons for group in second.groups]
    assert len([person for group in merged for person in group]) == len(
        {person for group in merged for person in group}
    )


def planted(people: int) -> list[tuple[int, Alias]]:
    """People with one to three aliases that exact rules tie; names are drawn so that no two people share one."""
    found = []
    for person in range(people):
        first, last = f"Given{_letters(person)}", f"Family{_letters(person * 7 + 1)}"
        found.append((person, Alias(f"{first} {last}", f"{first}.{last}@company.example".lower())))
        if person % 2:
            found.append((person, Alias(f"{first} {last}", f"p{person}x@gmail.com")))
        if person % 3 == 0:
            found.append(
                (person, Alias(f"{last}, {first}", f"{person}+{first}{last}@users.noreply.github.com".lower()))
            )
    return found


def _letters(number: int) -> str:
    word = ""
    for _ in range(5):
        number, digit = divmod(number, 26)
        word += chr(97 + (digit * 7 + 3) % 26)
    return word


def test_planted_people_are_found_exactly_and_in_parts_as_at_once() -> None:
    truth = planted(900)
    wanted: dict[int, set[Alias]] = {}
    for person, alias in truth:
        wanted.setdefault(person, set()).add(alias)
    aliases = [alias for _, alias in truth]
    assert persons(resolve(aliases)) == {frozenset(group) for group in wanted.values()}

    person_of: dict[Alias, int] = {}
    for start in range(0, len(aliases), 400):
        known = [Known(at, alias, person) for at, (alias, person) in enumerate(person_of.items())]
        part = resolve(aliases[start : start + 400], known)
        fresh = max(person_of.values(), default=-1) + 1
        for place in part.places:
            group = part.groups[place.group]
            person_of[place.alias] = group.persons[0] if group.persons else fresh + place.group
    groups: dict[int, set[Alias]] = {}
    for alias, person in person_of.items():
        groups.setdefault(person, set()).add(alias)
    assert {frozenset(group) for group in groups.values()} == {frozenset(group) for group in wanted.values()}


def test_a_few_new_aliases_cost_little_among_thousands() -> None:
    truth = planted(5000)
    known = [Known(at, alias, person) for at, (person, alias) in enumerate(truth)]
    new = [
        Alias("Somebody Newly Arrived", "somebody@company.example"),
        Alias(truth[700][1].name, "again@other.example"),
    ]
    began = time.process_time()
    found = resolve(new, known)
    few = time.process_time() - began
    began = time.process_time()
    resolve([alias for _, alias in truth])
    every = time.process_time() - began
    assert sorted(len(group.persons) for group in found.groups) == [0, 1]
    assert few < every / 4


def test_two_who_wrote_together_are_not_made_one_person() -> None:
    ada, again = Alias("Ada Byron", "ada@example.org"), Alias("Ada M. Byron", "ada@example.org")
    bo, both = Alias("Bo Jensen", "bo@example.com"), Alias("Ada Byron + Bo Jensen", "ada+bo@example.com")
    found = resolve([ada, again, bo, both])

    group = {place.alias: place.group for place in found.places}
    assert group[ada] == group[again]
    assert len({group[ada], group[bo], group[both]}) == 3
    assert {each.name for each in found.groups} >= {"Bo Jensen", "Ada Byron + Bo Jensen"}
