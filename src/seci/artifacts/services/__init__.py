"""What may be done with artifacts: written, revised, published, verified, signed, handed over, retired."""

from seci.artifacts.services.claims import confirm_claim, contest_claim, correct_claim, retract_claim
from seci.artifacts.services.drafting import create, file_under, revert, revise
from seci.artifacts.services.recordings import KINDS, attach, quote, withdraw_consent
from seci.artifacts.services.states import VERIFIED_DAYS, hand_over, publish, restore, retire, sign, verify
from seci.artifacts.services.texts import create_from_text, revise_from_text, same_type

__all__ = [
    "KINDS",
    "VERIFIED_DAYS",
    "attach",
    "confirm_claim",
    "contest_claim",
    "correct_claim",
    "create",
    "create_from_text",
    "file_under",
    "hand_over",
    "publish",
    "quote",
    "restore",
    "retire",
    "retract_claim",
    "revert",
    "revise",
    "revise_from_text",
    "same_type",
    "sign",
    "verify",
    "withdraw_consent",
]
