"""How the failures of the libraries read in our words."""

from __future__ import annotations

from seci.partner.language_model import TooMuchError
from seci.partner.outcome import Ending


def ending_of(error: BaseException) -> Ending:
    """How a call ended that raised this. What is not known counts as the partner's failure, never as an answer."""
    if isinstance(error, ImportError):
        return "missing"
    chain = list(_chain(error))
    if any(isinstance(each, TooMuchError) for each in chain):
        return "endless"
    if any(isinstance(each, TimeoutError) for each in chain):
        return "slow"
    try:
        from pydantic_ai import exceptions as known
    except ImportError:
        return "missing"
    endings: tuple[tuple[type[BaseException], Ending], ...] = (
        (known.ModelTimeoutError, "slow"),
        (known.ModelAuthenticationError, "key"),
        (known.ModelNotFoundError, "model"),
        (known.ModelRateLimitError, "busy"),
        (known.ModelQuotaExceededError, "busy"),
        (known.ModelOverloadedError, "busy"),
        (known.ContentFilterError, "refused"),
        (known.UnexpectedModelBehavior, "nonsense"),
        (known.ModelConnectionError, "unreachable"),
    )
    return next((ending for kind, ending in endings if isinstance(error, kind)), "failed")


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
