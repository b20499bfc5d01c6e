"""From the fields of a form to an answer, and from numbers to what a template shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from seci.internalization.pages.showing import Share
from seci.internalization.services import Answer
from seci.kit.errors import BadInput
from seci.kit.pager import whole

SURE = (50, 60, 70, 80, 90, 99)


def confidences(options: int) -> tuple[int, ...]:
    """The confidences offered, in percent: from a guess among so many options to nearly certain."""
    guess = round(100 / max(options, 2))
    return tuple(sorted({guess, *(one for one in SURE if one > guess)}))


def sure_in(sent: Mapping[str, str]) -> float | None:
    """Confidence between 0 and 1; None where none was chosen. Raises BadInput for what is no whole percent."""
    said = sent.get("sure", "")
    if not said:
        return None
    percent = whole(said)
    if percent is None or percent > 100:
        raise BadInput(f"Confidence is a whole percentage from 0 to 100, not {said[:20]!r}.")
    return percent / 100


def answer_in(sent: Mapping[str, str]) -> Answer:
    """What a learner commits to. Raises BadInput where the option is missing, or the confidence that was `asked`."""
    if not sent.get("option"):
        raise BadInput("Choose an option first; nothing is committed yet.")
    sure = sure_in(sent)
    if sure is None and sent.get("asked"):
        raise BadInput("Say how sure you are; nothing is committed yet.")
    return Answer(sent["option"], sure, sent.get("cue", ""), whole(sent.get("latency")), sent.get("second", ""))


def wants_words(request: HttpRequest) -> bool:
    """Whether a script sent the form, which wants a sentence and no page."""
    return request.headers.get("X-Sent-By") == "script"


def shares_of(shares: Sequence[tuple[str, int]], key: str, mine: str = "") -> tuple[Share, ...]:
    """A panel's answers, most chosen first; one's own option is there even when nobody chose it."""
    total = sum(n for _, n in shares)
    if not total:
        return ()
    named = {option for option, _ in shares}
    rows = [*shares, *([(mine, 0)] if mine and mine not in named else [])]
    return tuple(Share(option, n, round(100 * n / total), option == key, option == mine) for option, n in rows)


def ranking_in(sent: Mapping[str, str], options: int) -> list[str]:
    """Options by their places, best first; [] where none was given. Raises BadInput for one that is only begun."""
    given = [sent.get(f"place-{place}", "") for place in range(1, options + 1)]
    if any(given) and not all(given):
        raise BadInput("Give every place an option; the ranking is not whole yet.")
    return given if any(given) else []
