"""Under which licence documents come, from the files beside them, by its SPDX name (spdx.org/licenses)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from seci.sources.documents.files import Files

_FILE = re.compile(
    r"(un)?licen[cs]es?(\.(md|txt|rst|html))?|copying(\.(md|txt))?|licen[cs]e-docs?(\.\w+)?", re.IGNORECASE
)
_README = re.compile(r"readme(\.(md|markdown|txt|rst))?", re.IGNORECASE)
_MOST = 60_000

_SHARE = {"noncommercial": "NC", "sharealike": "SA", "noderivatives": "ND", "noderivs": "ND"}
_ADDRESS = re.compile(r"creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)")
_NAMED = re.compile(
    r"attribution((?:[- ](?:noncommercial|sharealike|noderivatives|noderivs))*)\s+(\d\.\d)"
    r"|\bcc[- ](by(?:-nc)?(?:-sa|-nd)?)[- ](\d\.\d)"
)
_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero/1\.0|\bcc0[- ]1\.0\b")
# The first words that settle it, in this order: longer names before those they contain.
_PHRASES: tuple[tuple[str, str], ...] = (
    ("gnu affero general public license version 3", "AGPL-3.0-only"),
    ("gnu lesser general public license version 3", "LGPL-3.0-only"),
    ("gnu lesser general public license version 2.1", "LGPL-2.1-only"),
    ("gnu free documentation license version 1.3", "GFDL-1.3-only"),
    ("gnu free documentation license version 1.2", "GFDL-1.2-only"),
    ("gnu general public license version 3", "GPL-3.0-only"),
    ("gnu general public license version 2", "GPL-2.0-only"),
    ("mozilla public license version 2.0", "MPL-2.0"),
    ("mozilla public license, version 2.0", "MPL-2.0"),
    ("apache license version 2.0", "Apache-2.0"),
    ("apache license, version 2.0", "Apache-2.0"),
    ("open government licence v3.0", "OGL-UK-3.0"),
    ("open government licence for public sector information version 3", "OGL-UK-3.0"),
    ("permission is hereby granted, free of charge", "MIT"),
    ("the mit license", "MIT"),
    ("permission to use, copy, modify, and/or distribute this software", "ISC"),
    ("this is free and unencumbered software released into the public domain", "Unlicense"),
)


def spdx(text: str) -> str:
    """The SPDX name of the licence that a text is, or says it is under; "" where none is recognized."""
    words = " ".join(text[:_MOST].lower().split())
    if _ZERO.search(words) and ("public domain" in words or "cc0" in words):
        return "CC0-1.0"
    found = _ADDRESS.search(words)
    named = _NAMED.search(words)
    if named and (not found or named.start() < found.start()):
        return _creative(named)
    if found:
        return f"CC-{found[1].upper()}-{found[2]}"
    plain = re.sub(r"\bversion (\d(?:\.\d)?), .{0,20}?\d{4}\b", r"version \1", words)
    for phrase, name in _PHRASES:
        if phrase in plain:
            return name
    if "redistribution and use in source and binary forms" in words:
        return "BSD-3-Clause" if "neither the name" in words else "BSD-2-Clause"
    return ""


def _creative(found: re.Match[str]) -> str:
    if found[3]:
        return f"CC-{found[3].upper()}-{found[4]}"
    parts = [_SHARE[part] for part in re.split(r"[- ]", found[1]) if part]
    return "-".join(["CC-BY", *parts, found[2]])


def licences(files: Files) -> dict[str, str]:
    """Folder -> SPDX name of the licence file in it ("" is the top). A README at the top counts where no file does."""
    found: dict[str, str] = {}
    for one in _of_interest(files, _FILE):
        folder = one.rpartition("/")[0]
        if folder not in found and (name := spdx(_text(files, one))):
            found[folder] = name
    if "" not in found:
        for one in _of_interest(files, _README):
            if "/" not in one and (name := spdx(_about_licence(_text(files, one)))):
                found[""] = name
    return found


def nearest(path: str, found: dict[str, str]) -> str:
    """The licence of the nearest folder above a file that has one."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in found:
            return found[folder]
    return found.get("", "")


def _of_interest(files: Files, names: re.Pattern[str]) -> Iterable[str]:
    return sorted((one.path for one in files if names.fullmatch(one.name)), key=len)


def _text(files: Files, path: str) -> str:
    return files.all[path].read(_MOST).decode("utf-8", "replace")


def _about_licence(readme: str) -> str:
    """The part of a README that speaks of its licence: a section so called, or the paragraphs that name one."""
    section = re.search(r"(?ims)^#+\s*licen[cs](?:e|ing)\b.*?(?=^#|\Z)", readme)
    if section:
        return section[0]
    return "\n".join(part for part in readme.split("\n\n") if re.search(r"licen[cs]ed under|distributed under", part))
