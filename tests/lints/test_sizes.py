from __future__ import annotations

import ast

from tests.lints.source import modules, report

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60


def test_a_file_can_be_read_in_one_sitting() -> None:
    lesson = f"A file of more than {MOST_LINES_OF_A_FILE} lines holds more than one idea. Split it by its nouns."
    found = [
        (module, 1, f"{lines} lines")
        for module in modules()
        for lines in [module.source.count("\n")]
        if lines > MOST_LINES_OF_A_FILE
    ]
    report("sizes", lesson, found)


def test_a_function_fits_on_a_screen() -> None:
    lesson = f"A function of more than {MOST_LINES_OF_A_FUNCTION} lines tells several stories. Give each its name."
    found = [
        (module, node.lineno, f"{node.name}() has {lines} lines")
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for lines in [(node.end_lineno or node.lineno) - node.lineno + 1]
        if lines > MOST_LINES_OF_A_FUNCTION
    ]
    report("sizes", lesson, found)
