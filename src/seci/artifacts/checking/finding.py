"""One thing that is wrong with an artifact, or worth knowing before it is relied on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal[
    "gap", "overlap", "conflict", "unreachable", "unsupported", "contested", "unused", "context", "loop", "dangling",
    "redundant", "empty", "unbounded",
]  # fmt: skip
# blocks: must be mended before publication. warns: a person should decide. notes: good to know.
Severity = Literal["blocks", "warns", "notes"]


@dataclass(frozen=True, slots=True)
class Finding:
    """
    node   id of the node it is about; "attribute:<key>", "context:<field>", or empty for the whole
    words  what is wrong, and where
    mend   what to do about it
    """

    kind: FindingKind
    severity: Severity
    node: str
    words: str
    mend: str
