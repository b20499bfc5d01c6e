"""What a merge has found and people decide: duplicates, conflicts, gaps, what went stale. Nothing is proposed twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

Kind = Literal["duplicate", "conflict", "gap", "stale", "link"]


def fingerprint(kind: Kind, *texts: str) -> str:
    """Names a finding by what it is about: 32 hexadecimal digits.

    The same for the same words in another order, with other white space or another Unicode form; another one as soon
    as a word, a number or a sign of one of the texts changes. Where the texts stand does not matter: a pair that was
    decided once is decided wherever it is copied to.
    """
    parts = sorted(" ".join(unicodedata.normalize("NFKC", text).split()) for text in texts)
    digest = blake2b(kind.encode(), digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something for a person to decide.

    texts  the sentences, or the names, that it is about; `why` says it in one sentence
    """

    kind: Kind
    texts: tuple[str, ...]
    why: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.kind, *self.texts)


def fresh(found: Iterable[Finding], decided: Collection[str]) -> tuple[Finding, ...]:
    """Findings that nobody has decided, each once, in their order; `decided` holds fingerprints."""
    seen = set(decided)
    left = []
    for one in found:
        if one.fingerprint not in seen:
            seen.add(one.fingerprint)
            left.append(one)
    return tuple(left)
