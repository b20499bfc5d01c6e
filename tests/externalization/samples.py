"""Writes the worked samples of the starter conversions anew: `python -m tests.externalization.samples [KEY...]`.

Each is a whole dialogue with the scripted expert of its conversion; what is kept are the turns, as services keep them.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path

from seci.externalization import conversions
from seci.externalization.codec import answer_data, question_data
from seci.externalization.dialogue import State
from tests.externalization.scripted_expert import ScriptedExpert, policy_of, session

FOLDER = Path(str(files("seci.externalization.conversions"))) / "samples"


def rehearse(key: str) -> State:
    """The dialogue of a conversion with its scripted expert."""
    setting, script = conversions.setting(key), conversions.script(key)
    return session(setting, ScriptedExpert(policy_of(script, setting), script["answers"]))


def write(key: str) -> None:
    turns = [
        {"question": question_data(turn.question), "answer": answer_data(turn.answer), "at": turn.at}
        for turn in rehearse(key).turns
    ]
    FOLDER.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in turns)
    (FOLDER / f"{key}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or conversions.KEYS:
        write(name)
