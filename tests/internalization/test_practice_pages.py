"""Pages of practice, asked as a browser asks them, with and without scripts."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seci.accounts.models import Membership
from seci.artifacts import services as artifacts
from seci.internalization import services
from seci.internalization.access import attempts_in
from seci.internalization.at_hand import round_view
from seci.internalization.services import Answer
from seci.kit.database import of_django
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browsing import come_as, text
from tests.cast import Actors
from tests.internalization.practising import table

SCRIPT = {"X-Sent-By": "script"}
SURE = {"sure": "80", "asked": "yes", "cue": "missing values"}


@pytest.fixture
def framework(actors: Actors) -> int:
    """Dan's published tree with twelve cases to practise."""
    return practised(actors, "May this table be used?")


def practised(actors: Actors, title: str) -> int:
    db = of_django(connection)
    made = artifacts.create(actors.dan, db, "decision_tree", title, tree(), context=FOR_ALL, claims=[claim()])
    artifacts.publish(actors.dan, db, made.id)
    services.prepare(actors.dan, db, made.id)
    services.bring_file(actors.dan, db, made.id, table(12))
    return made.id


@pytest.fixture
def waiting(actors: Actors, framework: int) -> str:
    """The address of the case that waits in Bob's round."""
    client = come_as(actors.bob)
    client.post(reverse("practice-begin"), {"artifact": framework})
    where = client.post(reverse("practice-open")).url
    return str(client.get(where).url)


def round_of(address: str) -> int:
    return int(address.split("/")[3])


def test_nothing_that_experts_said_is_on_the_page_before_the_commit(actors: Actors, waiting: str) -> None:
    page = text(come_as(actors.bob).get(waiting))
    assert "The key is" not in page
    assert "missing values > 5.2 %: hold" not in page


def test_a_double_submit_counts_once_and_the_address_tells_what_came_of_it(actors: Actors, waiting: str) -> None:
    client = come_as(actors.bob)
    for _ in range(2):
        assert client.post(waiting, SURE | {"option": "hold"}, headers=SCRIPT).status_code == 204
    assert "You committed to <b>hold</b>, 80 % sure" in text(client.get(waiting))
    assert round_view(actors.bob, of_django(connection), round_of(waiting)).done == 1


def test_another_answer_from_another_tab_is_refused_in_a_sentence(actors: Actors, waiting: str) -> None:
    client = come_as(actors.bob)
    client.post(waiting, SURE | {"option": "hold"}, headers=SCRIPT)
    refused = client.post(waiting, SURE | {"option": "use"}, headers=SCRIPT)
    assert (refused.status_code, refused["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert "the first answer counts" in text(refused)


def test_without_an_option_or_a_confidence_nothing_is_committed_and_the_words_stay(
    actors: Actors, waiting: str
) -> None:
    page = come_as(actors.bob).post(waiting, {"asked": "yes", "option": "use", "cue": "the <gap>"})
    assert "Say how sure you are" in text(page)
    assert 'value="the &lt;gap&gt;"' in page.content.decode()
    assert round_view(actors.bob, of_django(connection), round_of(waiting)).done == 0


def test_a_round_of_somebody_else_is_not_there(actors: Actors, waiting: str) -> None:
    for actor in (actors.carol, actors.alice, actors.erin):
        assert come_as(actor).get(waiting).status_code == 404
        assert come_as(actor).get(reverse("practice-round", args=[round_of(waiting)])).status_code == 404


def test_a_line_is_kept_and_leads_to_the_next_case(actors: Actors, waiting: str) -> None:
    client, db = come_as(actors.bob), of_django(connection)
    client.post(waiting, SURE | {"option": "hold"})
    [done] = [one for one in attempts_in(db, round_of(waiting)) if one.committed_at]
    after = client.post(reverse("practice-line", args=[done.id]), {"line": "the gap", "round": round_of(waiting)})
    assert client.get(after.url).url != waiting
    assert "the gap" in text(client.get(reverse("practice")))


def test_the_end_of_a_round_names_each_case_and_what_was_decided(actors: Actors, waiting: str) -> None:
    client, db = come_as(actors.bob), of_django(connection)
    while (shown := services.next_case(actors.bob, db, round_of(waiting))) is not None:
        services.commit(actors.bob, db, round_of(waiting), shown.case, Answer("hold", 0.9))
        last = shown
    page = text(client.get(reverse("practice-round", args=[round_of(waiting)])))
    assert f">{last.title}</a>" in page
    assert "you: hold" in page


def test_html_in_a_situation_stays_words(actors: Actors, framework: int) -> None:
    line = '{"pattern": "n2", "situation": "<script>x</script> [a](javascript:x)", "options": ["use", "hold"]}'
    services.bring_file(actors.dan, of_django(connection), framework, line)
    page = come_as(actors.erin).get(reverse("practice-panel", args=[framework])).content.decode()
    pages = [page]
    for _ in range(12):
        case = page.split('name="case" value="')[1].split('"')[0]
        come_as(actors.erin).post(reverse("practice-panel", args=[framework]), {"case": case, "option": "use"})
        page = come_as(actors.erin).get(reverse("practice-panel", args=[framework])).content.decode()
        pages.append(page)
        if "&lt;script&gt;" in page:
            break
    assert any("&lt;script&gt;" in one for one in pages)
    assert not any("<script>x" in one or 'href="javascript' in one for one in pages)


def test_a_panel_is_judged_blindly_and_learners_are_not_on_it(actors: Actors, framework: int, waiting: str) -> None:
    assert come_as(actors.bob).get(reverse("practice-panel", args=[framework])).status_code == 403
    page = text(come_as(actors.carol).get(reverse("practice-panel", args=[framework])))
    assert "12 cases to judge" in page
    case = page.split('name="case" value="')[1].split('"')[0]
    said = {"case": case, "option": "use", "reason": "It is fresh."}
    come_as(actors.carol).post(reverse("practice-panel", args=[framework]), said)
    assert "stay hidden until you have judged it" in text(
        come_as(actors.erin).get(reverse("practice-case-page", args=[case]))
    )
    assert "The judgement of one expert" in text(come_as(actors.carol).get(reverse("practice-case-page", args=[case])))


def test_an_import_says_what_came_in_and_what_was_set_aside(actors: Actors, framework: int) -> None:
    said = {"text": "pattern,situation,options\nn2,A table,use|hold\nn9,A table,use|hold\n"}
    page = text(come_as(actors.dan).post(reverse("practice-bring", args=[framework]), said, follow=True))
    assert "1 case is new, 1 without a key until a panel gives it" in page
    assert "Line 3: 'n9' is no pattern of it" in page
    wrong = {"text": "a,b\n1,2\n"}
    page = text(come_as(actors.dan).post(reverse("practice-bring", args=[framework]), wrong, follow=True))
    assert "The heading lacks" in page


def test_a_calendar_is_read_by_its_address_alone_and_says_no_more_than_how_many(actors: Actors, waiting: str) -> None:
    page = text(come_as(actors.bob).get(reverse("practice")))
    address = page.split('id="calendar" class="path" value="')[1].split('"')[0].removeprefix("http://testserver")
    told = Client().get(address)
    assert told["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Practice: 2 patterns due\r\n" in told.content.decode()
    assert "table" not in told.content.decode()
    assert Client().get(address.replace(".ics", "x.ics")).status_code == 404
    bob = come_as(actors.bob)
    page = text(bob.post(reverse("calendar-remake"), {"deed": "anew"}, follow=True))
    assert Client().get(address).status_code == 404
    address = page.split('id="calendar" class="path" value="')[1].split('"')[0].removeprefix("http://testserver")
    assert Client().get(address).status_code == 200
    page = text(bob.post(reverse("calendar-remake"), {"deed": "off"}, follow=True))
    assert "No address answers" in page
    assert Client().get(address).status_code == 404
    bob.post(reverse("calendar-remake"), {"deed": "anew"})
    page = text(bob.get(reverse("practice")))
    address = page.split('id="calendar" class="path" value="')[1].split('"')[0].removeprefix("http://testserver")
    get_user_model().objects.filter(pk=actors.bob.account).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_an_account_that_is_nobody_is_asked_who_it_is(actors: Actors, framework: int) -> None:
    stranger = get_user_model().objects.create_user("newly-invited")
    Membership.objects.create(user=stranger, role="member")
    client = Client()
    client.force_login(stranger)
    for name, of in (("plays", []), ("practice-panel", [framework]), ("mentors", []), ("explanations", [])):
        asked = client.get(reverse(name, args=of), follow=True)
        assert asked.redirect_chain == [(reverse("settings"), 302)], name
        assert "say in the settings who you are" in text(asked), name
    program = client.get(reverse("plays"), headers={"Accept": "application/json"})
    assert (program.status_code, program.json()["error"]["code"]) == (422, "nobody")


def test_the_authors_page_takes_as_many_statements_for_many_cases_as_for_few(actors: Actors, framework: int) -> None:
    dan = come_as(actors.dan)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert dan.get(reverse("practice-plan", args=[framework])).status_code == 200
        return len(seen)

    statements()
    few = statements()
    services.bring_file(actors.dan, of_django(connection), framework, table(40).replace("\nk", "\nm"))
    assert statements() == few


def test_ones_own_page_takes_as_many_statements_for_three_artifacts_as_for_one(actors: Actors, framework: int) -> None:
    bob = come_as(actors.bob)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert bob.get(reverse("practice")).status_code == 200
        return len(seen)

    bob.post(reverse("practice-begin"), {"artifact": framework})
    statements()
    one = statements()
    for title in ("May it be shipped?", "May it be kept?"):
        bob.post(reverse("practice-begin"), {"artifact": practised(actors, title)})
    statements()
    assert statements() == one
