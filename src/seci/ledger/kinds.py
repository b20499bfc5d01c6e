"""The closed vocabulary of what can happen, with the mode and the loop step of each kind.

A kind has at most one mode and at most one loop step. Codes are stable: they are stored, and new kinds
take new codes.
"""

from __future__ import annotations

from enum import IntEnum


class Mode(IntEnum):
    """The four knowledge conversions and transfers of Nonaka and Takeuchi (1995)."""

    SOCIALIZATION = 0
    EXTERNALIZATION = 1
    COMBINATION = 2
    INTERNALIZATION = 3

    @property
    def letter(self) -> str:
        return "SECI"[self]


class LoopStep(IntEnum):
    """The steps of the tacit loop (practice, feedback) and of the explicit loop (the others).

    Refinement, the third step of the tacit loop, is derived and never recorded.
    """

    PRACTICE = 0
    FEEDBACK = 1
    ARTICULATION = 3
    STRUCTURING = 4
    INTEGRATION = 5


class Kind(IntEnum):
    PAIR = 1
    SHADOW = 2
    MENTOR = 3
    REVIEW = 4
    ANSWER = 5
    WAR_STORY = 6
    CHAT = 7
    ASK = 8
    ATTEND_CROSS = 9

    ELICIT = 20
    WRITE = 21
    RECORD = 22
    EXPLAIN_WHY = 23
    STRUCTURE = 24
    REVISE = 25
    VERIFY = 26
    TEACH_BACK = 27

    LINK = 40
    MERGE = 41
    SYNTHESIZE = 42
    IMPORT_EXTERNAL = 43
    CATEGORIZE = 44
    DEDUPLICATE = 45
    PUBLISH = 46
    RETIRE = 47

    PRACTICE = 60
    SIMULATE = 61
    APPLY = 62
    INCIDENT = 63
    OWN = 64
    FEEDBACK = 65
    ASSESS = 66
    READ = 67

    REQUEST = 80
    DECLINE = 81
    DECIDE = 82
    HIRE = 83
    LEAVE = 84
    MOVE = 85
    PULSE = 86
    CHALLENGE = 87

    @property
    def mode(self) -> Mode | None:
        """The mode of this kind; None for the neutral kinds (80 and above)."""
        return Mode(self // 20) if self < 80 else None

    @property
    def step(self) -> LoopStep | None:
        """The loop step of this kind, or None where it drives no loop."""
        return _STEPS.get(self)


_STEPS: dict[Kind, LoopStep] = {
    kind: step
    for step, kinds in {
        LoopStep.PRACTICE: (
            Kind.PAIR,
            Kind.SHADOW,
            Kind.PRACTICE,
            Kind.SIMULATE,
            Kind.APPLY,
            Kind.INCIDENT,
            Kind.OWN,
        ),
        LoopStep.FEEDBACK: (Kind.MENTOR, Kind.REVIEW, Kind.ANSWER, Kind.FEEDBACK, Kind.ASSESS),
        LoopStep.ARTICULATION: (Kind.ELICIT, Kind.WRITE, Kind.RECORD, Kind.EXPLAIN_WHY),
        LoopStep.STRUCTURING: (Kind.STRUCTURE, Kind.REVISE, Kind.VERIFY, Kind.TEACH_BACK),
        LoopStep.INTEGRATION: (
            Kind.LINK,
            Kind.MERGE,
            Kind.SYNTHESIZE,
            Kind.IMPORT_EXTERNAL,
            Kind.CATEGORIZE,
            Kind.DEDUPLICATE,
            Kind.PUBLISH,
            Kind.RETIRE,
        ),
    }.items()
    for kind in kinds
}
