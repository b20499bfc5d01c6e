"""What may be done with a dialogue: opened, agreed to, answered, rested, signed; invited to; fed from transcripts."""

from seci.externalization.services.answering import Shown, answer, question
from seci.externalization.services.inviting import Invited, invite, look, revoke, take
from seci.externalization.services.opening import abandon, consent, open_interview, pause, resume
from seci.externalization.services.partnering import listen, remark_of, reword, think_up_cases, write_prose
from seci.externalization.services.testing import Tested, keep_conversion_test
from seci.externalization.services.transcribing import (
    Gathered,
    add_transcript,
    decide_candidate,
    write_from_transcript,
)

__all__ = [
    "Gathered",
    "Invited",
    "Shown",
    "Tested",
    "abandon",
    "add_transcript",
    "answer",
    "consent",
    "decide_candidate",
    "invite",
    "keep_conversion_test",
    "listen",
    "look",
    "open_interview",
    "pause",
    "question",
    "remark_of",
    "resume",
    "revoke",
    "reword",
    "take",
    "think_up_cases",
    "write_from_transcript",
    "write_prose",
]
