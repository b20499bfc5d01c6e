"""Pages of interviews: the list, the interview itself, invitations, looking after them, words from other places."""

from seci.externalization.pages.dialogue import abandon, answer, consent, interview, pause, resume
from seci.externalization.pages.inviting import all_interviews, invitation, invite, manage, revoke
from seci.externalization.pages.opening import conversion, interviews, start
from seci.externalization.pages.rewording import reword

__all__ = [
    "abandon",
    "all_interviews",
    "answer",
    "consent",
    "conversion",
    "interview",
    "interviews",
    "invitation",
    "invite",
    "manage",
    "pause",
    "resume",
    "revoke",
    "reword",
    "start",
]
