"""What SECI can do, a person can do on a page and in the terminal.

A service that is missing at a door stands in EXEMPT with the reason. The test also fails for an exemption that is no
longer needed, so the list stays short and true. What an agent can do through a tool, a program can do over REST.
"""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.lints.source import Module, modules

DOORS = {
    "pages": "page",
    "site": "page",
    "commands": "command line",
    "up": "command line",
    "rest": "REST",
    "tools": "agent",
}
EVERY = ("page", "command line")

SELF = "about the account or the browser of whoever sits there: done on the settings page"
ACCOUNTS = "who may come in is decided on the settings page, under the eyes of whoever is signed in"
TERMINAL = "for whoever owns the machine, in its terminal"
INSIDE = "called by the worker or by other services, never by a person"
TERMINAL_FIRST = "done in the terminal; the page shows the result"
PERSONAL = "a person's own word about themselves: given on the page, signed in as that person"
PROPOSED = "drafted by an agent or a program; whoever decides at a page decides there and needs no draft"
REPAIR = "rare and far-reaching: done in the terminal, where its result can be checked by the digest"
AT_A_DOOR = {SELF, ACCOUNTS, TERMINAL, TERMINAL_FIRST, PERSONAL, PROPOSED, REPAIR}

EXEMPT: dict[str, str] = {
    "accounts.claim": SELF,
    "accounts.unclaim": SELF,
    "accounts.close_account": ACCOUNTS,
    "accounts.confirm_claim": ACCOUNTS,
    "accounts.console_link": TERMINAL,
    "accounts.end_session": SELF,
    "accounts.set_role": ACCOUNTS,
    "accounts.sign_out_everywhere": SELF,
    "accounts.tie": INSIDE,
    "artifacts.create": "by its text at both doors (`create_from_text`), by its questions in an interview",
    "artifacts.revise": "by its text at both doors (`revise_from_text`), by its questions in an interview",
    "assets.accept": TERMINAL_FIRST,
    "assets.correct": PERSONAL,
    "assets.describe": TERMINAL_FIRST,
    "assets.dismiss": TERMINAL_FIRST,
    "assets.lift": PERSONAL,
    "assets.undo_merge": TERMINAL_FIRST,
    "assets.withdraw": PERSONAL,
    "cases.add_cases": INSIDE,
    "cases.make_bank": "made by the first import, on the page and in the terminal",
    "combination.follow": INSIDE,
    "combination.keep_traces": INSIDE,
    "combination.link_up": "done each day, and with every look at both doors",
    "combination.read_sources": INSIDE,
    "combination.run": INSIDE,
    "combination.proposals.propose": PROPOSED,
    "combination.shelving.renew": "done each day; `shelve` does it at once, at every door",
    "cycle.answer": "answered on the page where the proposal is read with its evidence",
    "cycle.default_paths": INSIDE,
    "cycle.make_anew": INSIDE,
    "cycle.rank": INSIDE,
    "cycle.rebuild": INSIDE,
    "cycle.refresh": INSIDE,
    "cycle.scan": "pages put the same reading into the queue (`sources.git.scan`)",
    "externalization.has_partner": INSIDE,
    "externalization.keep_conversion_test": TERMINAL_FIRST,
    "externalization.leave_to_partner": INSIDE,
    "externalization.leave_traces": INSIDE,
    "externalization.listen": INSIDE,
    "externalization.listen_here": INSIDE,
    "externalization.look": "an invitation is opened in a browser, signed in as the one it is for",
    "externalization.partner_asks": INSIDE,
    "externalization.think_up_cases": INSIDE,
    "externalization.write_prose": INSIDE,
    "externalization.reword": "asked for where a question is read on its page; the terminal keeps to one line a turn",
    "externalization.sign": INSIDE,
    "externalization.take": "an invitation is opened in a browser, signed in as the one it is for",
    "internalization.read_beside": INSIDE,
    "internalization.refit": "done each night; the terminal can do it at once",
    "internalization.challenges.raise_found": INSIDE,
    "internalization.proposals.propose_decision": PROPOSED,
    "internalization.proposals.propose_review": PROPOSED,
    "internalization.proposals.propose_step": PROPOSED,
    "internalization.sittings.settled": INSIDE,
    "ledger.reclassify": REPAIR,
    "ledger.redo": REPAIR,
    "ledger.withdraw": INSIDE,
    "library.collection": "made by the first import, on the page and in the terminal",
    "library.look_again": "done after each scan of a repository",
    "library.put": "called by every import (`sources.documents`), one page at a time",
    "library.put_all": "called by every import (`sources.documents`)",
    "library.vanish": "called by every import that no longer finds a page",
    "partner.draft": INSIDE,
    "partner.edge_cases": INSIDE,
    "partner.listen": INSIDE,
    "partner.sweep": INSIDE,
    "partner.word": INSIDE,
    "people.join": TERMINAL_FIRST,
    "people.open_ba": INSIDE,
    "people.reconsider": "a decision is taken back where it is seen, on the page of identities",
    "sources.documents.run": "pages put the same reading into the queue (`sources.documents.tasks.run`)",
    "sources.git.add": "the terminal adds by reading: `seci scan PATH`, `seci up PATH`",
    "sources.git.make_anew": INSIDE,
    "sources.git.scan": INSIDE,
    "spiral.rebuild": INSIDE,
    "spiral.refresh": INSIDE,
    "spiral.state": INSIDE,
}


def public_services() -> dict[str, Module]:
    """`room.verb` of every public function of a services module that takes an actor."""
    return {
        f"{_room(module)}.{node.name}": module
        for module in modules()
        if module.role == "services"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", "need_"))
        if node.args.args and node.args.args[0].arg == "actor"
    }


def doors_of_services() -> dict[str, set[str]]:
    """For each `room.verb`, the doors whose code calls it."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        door = next((DOORS[part] for part in reversed(_parts(module)) if part in DOORS), None)
        if door:
            for name in _services_called(module):
                found[name].add(door)
    return found


def _services_called(module: Module) -> set[str]:
    names: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("seci."):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}".removeprefix("seci.")
                if ".services" in f".{whole}":
                    names[alias.asname or alias.name] = whole
    called = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            called.add(_verb(f"{names[node.value.id]}.{node.attr}"))
        if isinstance(node, ast.Name) and node.id in names:
            called.add(_verb(names[node.id]))
    return called


def _verb(whole: str) -> str:
    """`sources.git.services.scanning.scan` -> `sources.git.scan`."""
    room, _, rest = whole.partition(".services")
    return f"{room}.{rest.rsplit('.', 1)[-1]}"


def _room(module: Module) -> str:
    parts = _parts(module)
    return ".".join(parts[: parts.index("services")])


def _parts(module: Module) -> list[str]:
    return module.name.removesuffix(".py").removesuffix("/__init__").split("/")


def test_every_service_is_at_every_door_or_says_why_not() -> None:
    reached = doors_of_services()
    missing = [
        f"  {name}: not at {', '.join(sorted(set(EVERY) - reached[name]))}"
        for name in sorted(public_services())
        if set(EVERY) - reached[name] and name not in EXEMPT
    ]
    assert not missing, "\n".join(
        ["Give it the door, or add it to EXEMPT in tests/lints/test_parity.py with the reason:", *missing]
    )


def test_no_exemption_is_idle() -> None:
    services, reached = public_services(), doors_of_services()
    gone = sorted(set(EXEMPT) - set(services))
    idle = sorted(name for name in EXEMPT if name in services and not set(EVERY) - reached[name])
    nowhere = sorted(name for name, why in EXEMPT.items() if why in AT_A_DOOR and not reached[name])
    assert not gone, f"these services are no more: {gone}"
    assert not idle, f"these are at every door by now: {idle}"
    assert not nowhere, f"these are at no door at all, whatever the reason says: {nowhere}"


def test_what_an_agent_can_do_a_program_can_do_over_rest() -> None:
    reached = doors_of_services()
    alone = sorted(name for name in public_services() if "agent" in reached[name] and "REST" not in reached[name])
    assert not alone, f"these are tools and no REST operations: {alone}"


def test_a_tool_that_changes_something_says_so() -> None:
    """By what it calls: a service writes, a query reads."""
    silent = [
        f"{module.name}: {node.name}"
        for module in modules()
        if module.role == "tools" and module.room != "accounts"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
        for declared in [ast.unparse(each) for each in node.decorator_list if "tool(" in ast.unparse(each)]
        if any(_calls_a_service(call) for call in ast.walk(node)) and "changes=True" not in declared
    ]
    assert not silent, f"put changes=True in the @tool of {silent}"


def _calls_a_service(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "services"
    )
