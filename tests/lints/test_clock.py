from __future__ import annotations

import ast

from tests.lints.source import Module, imports, modules, report

LESSON = (
    "There is one clock and one source of chance, in seci.kit: take an instant from kit.clock, ids and secrets from "
    "kit.ids, a seeded generator from kit.ids.seeded. Then tests can set the time and every draw can be repeated."
)
FORBIDDEN_IMPORTS = {"random", "secrets", "time", "uuid.uuid1", "uuid.uuid4", "django.utils.timezone.now"}
FORBIDDEN_CALLS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "uuid.uuid1",
    "uuid.uuid4",
    "os.urandom",
    "numpy.random.default_rng",
    "np.random.default_rng",
}
LAST_WORDS = {call.rpartition(".")[2] for call in FORBIDDEN_CALLS}  # to put together only what may be one


def _calls(module: Module) -> list[tuple[Module, int, str]]:
    return [
        (module, node.lineno, f"calls {name}")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LAST_WORDS
        for name in [ast.unparse(node.func)]
        if any(name == call or name.endswith(f".{call}") for call in FORBIDDEN_CALLS)
    ]


def test_time_and_chance_come_from_the_kit() -> None:
    outside = [module for module in modules() if module.room != "kit"]
    found = [
        (module, line, f"imports {name}")
        for module in outside
        for name, line in imports(module.tree)
        if name in FORBIDDEN_IMPORTS
    ]
    report("clock", LESSON, found + [call for module in outside for call in _calls(module)])
