"""Questions in words that wait in data files: probes and the steps of protocols."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any

from seci.externalization.turn import Ask, Stage
from seci.externalization.understanding.wording import short
from seci.kit.errors import BadInput


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question as it stands in a file; {words}, {decision}, {outcome} ... are filled in when it is asked.

    slot     the place of the artifact that the answer fills
    cue      of a probe: the class of cue that calls for it
    options  make it a closed question
    weight   worth of the answer, 0..1
    form     how it is asked: in words, as a triad of cases, over an attribute, for each step of a procedure
    """

    key: str
    text: str
    slot: str
    stage: Stage = "attributes"
    cue: str = ""
    why: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    several: bool = False
    weight: float = 0.5
    form: str = "words"
    sweep: int = 0

    @property
    def is_open(self) -> bool:
        return not self.options

    def asked(
        self, words: Mapping[str, str], *, slot: str = "", about: tuple[str, int, int] | None = None, hint: str = ""
    ) -> Ask:
        """The question with its words filled in; what is not known is left out of the sentence as "it"."""
        filled = _Words(words)
        return Ask(
            self.stage, self.text.format_map(filled), slot or self.slot, self.key, self.why.format_map(filled),
            hint or self.hint.format_map(filled), self.options, self.several, about,
        )  # fmt: skip


class _Words(dict[str, str]):
    def __init__(self, words: Mapping[str, str]) -> None:
        # Braces in an expert's words are signs like any other.
        super().__init__({key: short(value, 90) for key, value in words.items()})

    def __missing__(self, key: str) -> str:
        return "it"


def table(name: str, folder: str = "seci.externalization") -> dict[str, Any]:
    """A data file of this room, by name. Raises BadInput where it is not TOML."""
    try:
        return tomllib.loads((files(folder) / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} is not TOML: {error}.") from None


def prompt(entry: Mapping[str, Any], where: str) -> Prompt:
    """One entry of a data file. Raises BadInput where a field is missing or unknown."""
    known = {field.name for field in fields(Prompt)}
    if unknown := set(entry) - known:
        raise BadInput(f"{where}: “{sorted(unknown)[0]}” is no field of a question; use {', '.join(sorted(known))}.")
    if missing := {"key", "text", "slot"} - set(entry):
        raise BadInput(f"{where}: a question needs “{sorted(missing)[0]}”.")
    return Prompt(**{**entry, "options": tuple(entry.get("options", ()))})
