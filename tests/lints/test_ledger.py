from __future__ import annotations

import ast

from tests.lints.source import modules, report

LESSON = (
    "A verb that changes rows leaves its event in the ledger, in the same transaction: otherwise nobody can "
    "later say who did it and when, and a rebuild would lose it. Call the ledger's append inside "
    "`with transaction.atomic()`."
)
CHANGES = {"save", "delete", "create", "bulk_create", "update", "bulk_update", "update_or_create", "get_or_create"}
# Rooms whose rows are means, not knowledge: who may sign in, what work is queued, and the ledger itself.
MEANS = {"accounts", "jobs", "partner", "search", "ledger", "site", "kit"}
RECORDS = ("append", "record", "decided", "decide", "ledger")


def _changes_rows(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES
        for node in ast.walk(function)
        if not _is_on_a_set_or_dict(node)
    )


def _is_on_a_set_or_dict(node: ast.AST) -> bool:
    """`seen.update(...)` on a plain variable changes no row; `.filter(...).update(...)` does."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and isinstance(node.func.value, ast.Name)
    )


def _leaves_an_event(function: ast.FunctionDef) -> bool:
    calls = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(word in call for call in calls for word in RECORDS)


def _touches_rows(function: ast.FunctionDef) -> bool:
    """Whether a function reaches the database; helpers on plain values need no actor."""
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return bool(names & {"db", "transaction"}) or _changes_rows(function)


def test_a_verb_that_changes_rows_leaves_an_event() -> None:
    found = [
        (module, node.lineno, f"{node.name}() changes rows and appends nothing")
        for module in modules()
        if module.role == "services" and module.room not in MEANS
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if _changes_rows(node) and not _leaves_an_event(node)
    ]
    report("ledger", LESSON, found)


def test_a_service_takes_the_actor_first() -> None:
    lesson = "Every service takes the actor first: who asks is never ambient, so no door can forget the check."
    found = [
        (module, node.lineno, f"{node.name}({', '.join(a.arg for a in node.args.args)})")
        for module in modules()
        if module.role == "services"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", "need_"))
        if _touches_rows(node) and (not node.args.args or node.args.args[0].arg != "actor")
    ]
    report("actor", lesson, found)
