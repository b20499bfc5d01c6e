from __future__ import annotations

import ast

from tests.lints.source import modules, report

LESSON = (
    "Rows are reached through `access` (one object, checked for this actor) or `queries` (many, filtered for this "
    "actor), so that nobody can hold an object without having passed the check. Add a function there and call it."
)
HOLDERS = {"models", "access", "queries"}


def test_only_models_access_and_queries_touch_objects() -> None:
    found = [
        (module, node.lineno, f"touches {ast.unparse(node)}")
        for module in modules()
        if module.role not in HOLDERS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    report("access", LESSON, found)
