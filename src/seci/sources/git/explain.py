"""Why commits count for less: the reasons that their evidence gives, in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seci.sources.git.codes import Flag, Reason
from seci.sources.git.evidence import Evidence

OF_COMMIT = {
    Flag.AI_AUTHORED: "written by an assistant program: the person counts three tenths",
    Flag.AI_ASSISTED: "written with an assistant program: the person counts seven tenths",
}


def reasons(store: Path, shas: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each commit that the evidence in `store` discounts in some file, the sentences that say why."""
    import numpy as np

    evidence = Evidence.load(store)
    if not evidence.manifest.commits:
        return {}
    names = evidence.commits.sha
    width = names.shape[1]
    whole = np.ascontiguousarray(names).view(f"V{width}").ravel()
    asked = {sha: bytes.fromhex(sha) for sha in shas if len(sha) == 2 * width}
    wanted = np.array([np.void(raw) for raw in asked.values()], dtype=f"V{width}")
    rows = np.flatnonzero(np.isin(whole, wanted))
    touched = np.isin(evidence.touches.commit, rows + evidence.first)
    commits, codes = evidence.touches.commit[touched], evidence.touches.reason[touched]
    said: dict[str, tuple[str, ...]] = {}
    for row in rows.tolist():
        found = np.unique(codes[commits == row + evidence.first]).tolist()
        flags = int(evidence.commits.flags[row])
        sentences = [Reason(code).sentence for code in found if code != Reason.NONE]
        sentences += [words for flag, words in OF_COMMIT.items() if flags & flag]
        if sentences:
            said[evidence.sha(row + evidence.first)] = tuple(sentences)
    return said
