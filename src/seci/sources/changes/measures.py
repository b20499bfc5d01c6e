"""What can be said of a change before it lands, from the history up to then. No name of a person is among it."""

from __future__ import annotations

from seci.cases.attribute import Attribute

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HISTORY = "counted in the history up to the change"
DIFF = "counted in the diff (git diff-tree --numstat)"


def _number(key: str, name: str, unit: str, how: str, high: float | None = None) -> Attribute:
    return Attribute(key, name, "number", unit=unit, low=0.0, high=high, how_measured=how)


def _whether(key: str, name: str, how: str) -> Attribute:
    return Attribute(key, name, "boolean", how_measured=how)


ATTRIBUTES: tuple[Attribute, ...] = (
    _number("files", "Files touched", "files", HISTORY),
    _number("lines_added", "Lines added", "lines", DIFF),
    _number("lines_removed", "Lines removed", "lines", DIFF),
    _number("new_files", "New files", "files", HISTORY),
    _number("deleted_files", "Deleted files", "files", HISTORY),
    _number("folders", "Folders touched", "folders", HISTORY),
    _whether("tests_touched", "Tests touched", "whether a file that looks like a test is in the change"),
    _whether("docs_only", "Documents only", "whether every file in the change is a document"),
    _whether("build_touched", "Build files touched", "whether a build or configuration file is in the change"),
    _number("generated", "Generated part", "%", "share of generated, vendored and lock files", 100.0),
    _whether("is_revert", "Takes an earlier change back", "whether the message or git says that it is a revert"),
    _whether("written_with_ai", "Written with the help of a program", "whether a trailer of the message says so"),
    _number("author_changes", "Earlier changes of the author", "changes", HISTORY),
    _whether("author_new_here", "Author new in these folders", "whether the author never touched these folders before"),
    _number("author_knows", "Files the author touched before", "%", "share of the files that existed before", 100.0),
    _number("author_away", "Days since the author's last change", "days", HISTORY),
    _number("people_before", "People who touched these files before", "people", HISTORY),
    _number("message_words", "Words of the message", "words", "counted in the message, trailers left out"),
    Attribute(
        "weekday", "Weekday", "ordinal", levels=WEEKDAYS, how_measured="of the author's date, universal time (UTC)"
    ),
    _number("hour", "Hour of the day", "h", "of the author's date, universal time (UTC)", 23.0),
)
