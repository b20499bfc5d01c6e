"""Pages of interviews: the list, the interview itself, invitations, looking after them, words from other places."""

from seci.externalization.pages.comparing import arms, disputes, disputes_of, journal, stories
from seci.externalization.pages.dialogue import abandon, answer, consent, interview, pause, resume
from seci.externalization.pages.inviting import all_interviews, invitation, invite, manage, revoke
from seci.externalization.pages.opening import conversion, interviews, start
from seci.externalization.pages.rewording import reword
from seci.externalization.pages.texts import add_transcript, decide, transcript, transcripts, write_down

__all__ = [
    "abandon",
    "add_transcript",
    "all_interviews",
    "answer",
    "arms",
    "consent",
    "conversion",
    "decide",
    "disputes",
    "disputes_of",
    "interview",
    "interviews",
    "invitation",
    "invite",
    "journal",
    "manage",
    "pause",
    "resume",
    "revoke",
    "reword",
    "start",
    "stories",
    "transcript",
    "transcripts",
    "write_down",
]
