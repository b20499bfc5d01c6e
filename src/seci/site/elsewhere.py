"""What sentences call by its command, called as it is called at another door.

An error names a command to go on with, because all can be done there. A program and an agent have no terminal: they
read the operation or the tool that does the same, where there is one.
"""

from __future__ import annotations

import re

COMMAND = re.compile(r"`seci((?: [a-z][a-z-]*)+)((?: [^` ]+)*)`")
PLACE = re.compile(r"{\w+}")


# The operation takes the arguments of the command into its path; a tool is named without any, "" where there is none.
NAMES = {
    "artifacts list": ("GET /artifacts", "find_artifacts"),
    "artifacts show": ("GET /artifacts/{artifact}", "read_artifact"),
    "assets list": ("GET /who", "what_is_at_risk"),
    "cases list": ("GET /cases", ""),
    "cases show": ("GET /cases/{bank}", ""),
    "challenges list": ("GET /challenges", "find_challenges"),
    "exercises list": ("GET /artifacts/{artifact}/exercises", ""),
    "exercises plays": ("GET /plays", ""),
    "exercises rank": ("POST /artifacts/{artifact}/rankings", ""),
    "findings list": ("GET /findings", "library_findings"),
    "gates list": ("GET /sittings", ""),
    "graph find": ("GET /graph/find", "search"),
    "imports list": ("GET /imports", ""),
    "ledger sources": ("GET /search", "search"),
    "library concepts": ("GET /library/concepts", ""),
    "library list": ("GET /library", "find_pages"),
    "merge asked": ("GET /merges/requests/all", ""),
    "merge conflicts": ("GET /merges/{merge}/conflicts", "merge_conflicts"),
    "merge list": ("GET /merges", "list_merges"),
    "merge proposals": ("GET /merges/proposals", ""),
    "merge settle": ("POST /merges/review/{finding}", ""),
    "people list": ("GET /search", "search"),
    "practice": ("POST /practice/today", ""),
    "practice cases": ("GET /practice/plans/{artifact}", ""),
    "practice plan": ("GET /practice/plans/{artifact}", ""),
    "run": ("POST /artifacts/{artifact}/runs", "begin_run"),
    "runs list": ("GET /runs", ""),
    "training list": ("GET /training", ""),
    "wanted": ("GET /search/wanted", "what_is_wanted"),
}


def over_rest(sentence: str) -> str:
    return COMMAND.sub(_operation, sentence)


def for_agents(sentence: str) -> str:
    return COMMAND.sub(_tool, sentence)


def _operation(match: re.Match[str]) -> str:
    operation, _ = NAMES.get(match[1].strip(), ("", ""))
    method, _, path = operation.partition(" ")
    for argument in match[2].split():
        path = PLACE.sub(argument, path, count=1)
    return f"`{method} /api/v1{path}`" if operation else match[0]


def _tool(match: re.Match[str]) -> str:
    _, tool = NAMES.get(match[1].strip(), ("", ""))
    return f"`{tool}`" if tool else match[0]
