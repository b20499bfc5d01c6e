"""The same planted experts alone and with a partner: recall, what is invented, convergence, transfer.

The partner is scripted, and speaks a real protocol over a real port: it reads rules out of what was said, now and
then with a wrong outcome, and now and then with words that nobody said. The expert confirms what is true and passes
the rest over. What was drawn out must help others: novices who know three rules in ten answer unseen cases alone and
with the artifact (`seci.externalization.measuring.conversion`); 5 % of all answers are slips.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from statistics import fmean
from typing import Any

from benchmarks.planted_rules import ATTRIBUTES, OUTCOMES, TOLD, recalled, session, untraceable
from seci.artifacts.contribution import contribution
from seci.cases.case import Case
from seci.cases.sampling import sample
from seci.externalization.listening.proposals import Proposal, next_of
from seci.externalization.measuring.conversion import Trial, conversion
from seci.externalization.measuring.restatement import trace
from seci.externalization.services.partnering import says_how
from seci.externalization.state import State
from seci.externalization.turn import Question
from seci.externalization.understanding.rules import understood
from seci.kit.ids import seeded
from seci.partner import checking
from seci.partner.background import within
from seci.partner.language_model import LanguageModel, reached
from seci.partner.proposal import About
from seci.partner.setting import Setting
from tests.externalization.scripted_expert import Policy
from tests.partner.server import Model

SECONDS, SLIPS, CASES = 20.0, 0.05, 120
WRONG_EVERY = 5


def script(said: dict[str, Any]) -> Mapping[str, Any]:
    """Claims read out of the words: turned around, every fifth one false, and one that rests on nothing."""
    sentences = [one.strip() for one in str(said.get("words", "")).split(".") if " when " in one]
    claims = [{"quote": "nobody said this", "kind": "rule", "text": "Stop when it is late on Friday."}]
    for sentence in sentences:
        outcome, _, when = sentence.partition(" when ")
        if len(sentence) % WRONG_EVERY == 0:
            outcome = next(one for one in OUTCOMES if one != outcome.casefold())
        claims.append({"quote": sentence, "kind": "rule", "text": f"When {when}: {outcome.casefold()}."})
    return {"claims": claims}


class Listener:
    """The scripted partner beside a dialogue, as the services seat one: it proposes, the engine asks when it fits."""

    def __init__(self, model: LanguageModel) -> None:
        self.model, self.waiting, self.proposed, self.dropped = model, list[Proposal](), 0, 0

    def hears(self, state: State) -> None:
        turn = state.turns[-1]
        if not says_how(turn):
            return
        raw = within(SECONDS, self.model.listen(turn.answer.text, About(outcomes=OUTCOMES)))
        heard = checking.heard(raw, turn.answer.text)
        self.proposed += len(raw.claims)
        self.dropped += heard.dropped
        if heard.claims:
            claims = [asdict(one) for one in heard.claims]
            self.waiting.append(Proposal(len(self.waiting), int(turn.id), "claims", {"claims": claims}))

    def asks(self, state: State, instead_of: Question) -> Question:
        found = next_of(state, self.waiting, instead_of)
        if found is None:
            return instead_of
        self.waiting.remove(found[0])
        return found[1]


def transfer(state: State, policy: Policy, seed: int) -> list[Trial]:
    """Answers of a novice alone, of one with the artifact, and of the expert to the same unseen cases, half of them
    governed by a rule."""
    draw = seeded("transfer", seed)
    known = Policy(tuple(draw.sample(policy.rules, round(TOLD * len(policy.rules)))), outcomes=OUTCOMES)
    every = sample(ATTRIBUTES, 4000, seed=("transfer", seed))
    governed = [one for one in every if policy.fired(one.values) is not None][: CASES // 2]
    cases: list[Case] = [*governed, *[one for one in every if policy.fired(one.values) is None][: CASES // 2]]
    drawn = understood(state).predict(cases)
    trials = []
    for case, aided in zip(cases, drawn, strict=True):
        right = policy.judge(case.values)
        answers = {"alone": known.judge(case.values), "aided": aided or known.judge(case.values), "expert": right}
        trials += [
            Trial(case.id, group, (said == right) != (draw.random() < SLIPS))  # type: ignore[arg-type]
            for group, said in answers.items()
        ]
    return trials


def measured(state: State, policy: Policy, seed: int) -> dict[str, Any]:
    known = [one for part in recalled(state, policy, seed) for one in part]
    gain = conversion(transfer(state, policy, seed), seed=seed).gain
    split, distances = contribution(state.claims), [one.distance for one in trace(state)]
    return {
        "recall": round(sum(known) / len(known), 3), "untraceable": untraceable(state),
        "claims": split.n, "from_partner": split.partner, "unconfirmed": split.waiting,
        "first_distance": round(distances[0], 2), "last_distances": round(fmean(distances[-5:]), 2),
        "gain": round(gain.value or 0, 3), "gain_low": round(gain.low or 0, 3), "signed": bool(state.signed),
        "cases": len(state.judgements), "turns": len(state.turns),
    }  # fmt: skip


def run(rules: int, exceptions: int, most_cases: int, seed: int) -> dict[str, Any]:
    """One planted expert, alone and with the partner."""
    alone, policy, _, _ = session(rules, exceptions, most_cases, seed)
    with Model() as server:
        server.follows(script)
        listener = Listener(reached(Setting("openai", server.v1, "own"), ""))
        together, _, _, _ = session(rules, exceptions, most_cases, seed, listener)
    return {
        "seed": seed, "alone": measured(alone, policy, seed),
        "together": measured(together, policy, seed) | {"proposed": listener.proposed, "dropped": listener.dropped},
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.partnered", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="6 rules, 2 exceptions, 40 cases")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--cases", type=int, default=200, help="cases that the expert judges")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    size = (6, 2, 40) if given.quick else (30, 10, given.cases)
    found = [run(*size, seed) for seed in given.seeds]
    if given.json:
        print(json.dumps(found))
        return 0
    for one in found:
        for arm in ("alone", "together"):
            print(f"seed {one['seed']} {arm:9}", "  ".join(f"{name} {value}" for name, value in one[arm].items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
