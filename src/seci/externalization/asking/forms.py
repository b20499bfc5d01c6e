"""Questions of protocols that are asked more than once: for each step, for threes of cases, for each difference."""

from __future__ import annotations

from collections.abc import Iterator

from seci.artifacts.words import value_words
from seci.cases.case import Case
from seci.externalization.protocols import Protocol
from seci.externalization.protocols.prompts import Prompt
from seci.externalization.state import State
from seci.externalization.turn import Ask
from seci.externalization.understanding.learner import pool
from seci.externalization.understanding.wording import listed
from seci.kit.ids import seeded

MOST_STEPS, MOST_THREES, DETAILS = 8, 3, 2
"""Steps of a procedure, threes of cases, and questions on each step after the first telling."""


def steps(state: State, followed: Protocol, words: dict[str, str]) -> Ask | None:
    """What was done next, or what it showed; None once the expert says that was all."""
    prompts = {one.slot: one for one in followed.of("incident") if one.form == "step"}
    if not prompts:
        return None
    done = len(state.steps)
    if done and "result" in prompts and not _was_asked(state, prompts["result"], f"step:{done - 1}:result"):
        return _on_step(state, prompts["result"], done - 1, words)
    slot = f"step:{done}:action"
    if done >= MOST_STEPS or _was_asked(state, prompts["action"], slot):
        return None
    ordinal = "first" if done == 0 else "next"
    return prompts["action"].asked({**words, "ordinal": ordinal}, slot=slot)


def details(state: State, prompt: Prompt, words: dict[str, str]) -> Iterator[Ask]:
    """What is still to be said of a step: at most two such questions on each."""
    for n in range(len(state.steps)):
        slot = f"step:{n}:{prompt.slot}"
        asked = sum(f"|step:{n}:" in mark for mark in state.asked)
        if not _was_asked(state, prompt, slot) and asked < 2 + DETAILS:
            yield _on_step(state, prompt, n, words)


def _on_step(state: State, prompt: Prompt, n: int, words: dict[str, str]) -> Ask:
    return prompt.asked({**words, "step": state.steps[n].action}, slot=f"step:{n}:{prompt.slot}")


def _was_asked(state: State, prompt: Prompt, slot: str) -> bool:
    return f"{prompt.key}|{slot}|" in state.asked


def threes(state: State, prompt: Prompt, words: dict[str, str]) -> Iterator[Ask]:
    """Three cases at a time, or three of the things that were named at the beginning (Kelly 1955)."""
    things = _things(state)
    for n in range(MOST_THREES):
        slot = f"construct:{n}"
        if len(things) >= 3 and not _was_asked(state, prompt, slot):
            drawn = seeded("threes", state.setting.seed, n).sample(things, 3)
            yield prompt.asked(words, slot=slot, hint=" · ".join(f"{'ABC'[at]}: {one}" for at, one in enumerate(drawn)))
            return


def _things(state: State) -> list[str]:
    named = listed(state.words("incident:situation"))
    if 3 <= len(named) <= 15:
        return named
    return [in_short(state, case) for case in pool(state)[:30]]


def in_short(state: State, case: Case, *, every: bool = False) -> str:
    """A case in a line: its title, else its first four values, or every one."""
    known = [one for one in state.attributes if case.values.get(one.key) is not None][: None if every else 4]
    return case.title or ", ".join(f"{one.name} {value_words(case.values[one.key], one)}" for one in known)


def constructs(state: State, prompt: Prompt, words: dict[str, str]) -> Iterator[Ask]:
    """Up and down the ladder from each difference that was named (Hinkle 1965)."""
    for n in range(MOST_THREES):
        named = state.words(f"construct:{n}")
        slot = f"{prompt.slot}:construct{n}"
        if named and not _was_asked(state, prompt, slot):
            yield prompt.asked({**words, "construct": named}, slot=slot)
            return
