"""What is bundled for the browser was made of the sources beside it: neither was changed without the other."""

from __future__ import annotations

from hashlib import sha256

from tests.lints.source import REPOSITORY

FRONTEND = REPOSITORY / "frontend"
VENDOR = REPOSITORY / "src/seci/site/static/vendor"


def test_the_bundles_were_made_of_the_sources_beside_them() -> None:
    noted = [line.split("  ") for line in (FRONTEND / "bundled.sha256").read_text().splitlines()]
    stale = [
        name
        for digest, name in noted
        for place in [FRONTEND / name if (FRONTEND / name).exists() else VENDOR / name]
        if sha256(place.read_bytes()).hexdigest() != digest
    ]
    names = {name for _, name in noted}
    bundles, sources = {"editor.min.js", "graph.min.js"}, {"editor.js", "graph.js", "package-lock.json"}
    assert bundles | sources <= names
    assert not stale, f"{', '.join(stale)} changed since the last bundling: cd frontend && npm ci && npm run build"
