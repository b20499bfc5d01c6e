"""Practice: patterns of an artifact, cases to judge, a panel's blind answers, rounds and what came of them.

What a learner did is read by that learner alone. Rows go with the person they are about.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from seci.artifacts.models import Artifact
from seci.cases.models import Case
from seci.internalization.challenges.models import Challenge
from seci.internalization.coaching.models import Following, Habit, Mentor, Note, Remark
from seci.internalization.exercises.models import Exercise, Explanation, Walk
from seci.internalization.playing.models import Play
from seci.internalization.proposals.models import Proposal
from seci.internalization.runs.models import Move, Promotion, Review, Run
from seci.internalization.shadowing.models import Ranking
from seci.people.models import Person

# The tables of the rooms inside this one are found through this module.
__all__ = [
    "Challenge",
    "Exercise",
    "Explanation",
    "Following",
    "Habit",
    "Mentor",
    "Move",
    "Note",
    "Play",
    "Promotion",
    "Proposal",
    "Ranking",
    "Remark",
    "Review",
    "Run",
    "Walk",
]


class Pattern(models.Model):
    """One judgement of an artifact in one family of situations: what is practised, remembered and forgotten."""

    id = models.AutoField(primary_key=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="+")
    node = models.CharField(max_length=64, help_text="id of the node of the artifact's body")
    name = models.CharField(max_length=200)
    family = models.CharField(max_length=80, default="", blank=True, help_text="kind of situation; empty is any")
    frequency = models.FloatField(default=1.0, help_text="how often it comes up in real work, any scale")
    stake = models.FloatField(default=1.0, help_text="weight of getting it wrong; 1 is usual")
    near = models.JSONField(default=list, help_text="ids of patterns that are easily mistaken for it")
    elo = models.FloatField(default=0.0, help_text="difficulty of its cases, in logits: where a new case starts")
    elo_count = models.IntegerField(default=0)
    retired_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["artifact", "node", "family"], name="pattern_once")]

    def __str__(self) -> str:
        return self.name


class PracticeCase(models.Model):
    """A situation with options, to be judged once by each learner."""

    id = models.AutoField(primary_key=True)
    pattern = models.ForeignKey(Pattern, models.CASCADE, related_name="cases")
    nodes = models.JSONField(default=list, help_text="all nodes of the artifact that it exercises, in their order")
    kind = models.CharField(max_length=10, default="case", help_text="case, shadowbox, checklist, drill, timed, ...")
    title = models.CharField(max_length=200, default="", blank=True)
    situation = models.TextField(help_text="Markdown")
    facts = models.JSONField(default=dict, help_text="values by attribute key, where it has them")
    options = models.JSONField(default=list)
    critical = models.BooleanField(default=False)
    pool = models.CharField(max_length=8, default="practice", help_text="practice, sealed, retest")
    source = models.CharField(max_length=9, default="real", help_text="real, incident, near_miss, synthetic")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")
    variant_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="variants")
    code = models.CharField(max_length=64, help_text="what it is known by: the same import brings it once")
    median_ms = models.IntegerField(null=True, help_text="of the panel's answers")
    p75_ms = models.IntegerField(null=True, help_text="75th percentile of the panel's answers")
    by = models.IntegerField(null=True, help_text="account; empty for the terminal")
    created_at = models.BigIntegerField()
    retired_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pattern", "code"], name="practice_case_once")]

    def __str__(self) -> str:
        return self.title or self.code


class PanelAnswer(models.Model):
    """What one expert judged, before seeing what anybody else did. `sitting` 2 is the same case weeks later."""

    id = models.AutoField(primary_key=True)
    case = models.ForeignKey(PracticeCase, models.CASCADE, related_name="panel")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sitting = models.IntegerField(default=1)
    option = models.CharField(max_length=200)
    ranking = models.JSONField(default=list)
    confidence = models.FloatField(null=True)
    cue = models.CharField(max_length=200, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    latency_ms = models.IntegerField(null=True)
    at = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "person", "sitting"], name="panel_answer_once")]

    def __str__(self) -> str:
        return f"{self.case}: {self.option}"


class Key(models.Model):
    """What counts as right for a case. A new version when it changes; attempts keep the one they were judged by."""

    id = models.AutoField(primary_key=True)
    case = models.ForeignKey(PracticeCase, models.CASCADE, related_name="keys")
    version = models.IntegerField(help_text="counted from 1")
    option = models.CharField(max_length=200)
    basis = models.CharField(max_length=8, help_text="panel, verdicts, artifact, author")
    agreement = models.FloatField(null=True, help_text="share of the experts who chose it; empty is unknown")
    n = models.IntegerField(default=0, help_text="experts it rests on")
    revision = models.IntegerField(null=True, help_text="number of the artifact's revision it holds for")
    at = models.BigIntegerField()

    class Meta:
        ordering = ["case", "version"]
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="key_once")]

    def __str__(self) -> str:
        return f"{self.case}: {self.option} (v{self.version})"


class Standing(models.Model):
    """Where a learner stands on a pattern: level of help, memory, skill. Made anew from attempts at any time."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    pattern = models.ForeignKey(Pattern, models.CASCADE, related_name="+")
    level = models.IntegerField(default=0)
    placed = models.IntegerField(default=0, help_text="the level it began at, or was set back to")
    since = models.BigIntegerField(default=0, help_text="attempts from then on move the level")
    why = models.CharField(max_length=200, default="", blank=True)
    missing = models.CharField(max_length=200, default="", blank=True)
    coach = models.BooleanField(default=False)
    paused = models.BooleanField(default=False, db_default=False, help_text="rests until the gate of delay was sat")
    stability = models.FloatField(null=True, help_text="FSRS; empty: never tried")
    difficulty = models.FloatField(null=True)
    last_at = models.BigIntegerField(null=True)
    due_at = models.BigIntegerField(null=True)
    elo = models.FloatField(default=0.0)
    elo_count = models.IntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "pattern"], name="standing_once")]

    def __str__(self) -> str:
        return f"{self.person} on {self.pattern}"


class Skill(models.Model):
    """A learner's Elo over all patterns, in logits."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    elo = models.FloatField(default=0.0)
    elo_count = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.person)


class ItemRating(models.Model):
    """How hard a case is, in logits."""

    case = models.OneToOneField(PracticeCase, models.CASCADE, primary_key=True, related_name="+")
    elo = models.FloatField(default=0.0)
    elo_count = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.case)


class Round(models.Model):
    """A learner's cases of one day. `picks` are fixed when it is made: [[case, pattern, natural], ...]."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.IntegerField(help_text="days since the epoch")
    number = models.IntegerField(default=1, help_text="of the day")
    kind = models.CharField(max_length=11, default="daily", help_text="placement, daily")
    state = models.CharField(max_length=8, default="open", help_text="open, finished, left")
    picks = models.JSONField(default=list)
    started_at = models.BigIntegerField()
    finished_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "number"], name="round_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(state="open"), name="round_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, day {self.day}"


class Sitting(models.Model):
    """A pressure test: sealed cases in one block, limits by the clock of the server, no feedback until it ends."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    artifact = models.ForeignKey(Artifact, models.CASCADE, related_name="+")
    revision = models.IntegerField(help_text="number of the revision it is about")
    gate = models.IntegerField()
    profile = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default="open")
    started_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)
    limit_ms = models.IntegerField(null=True, help_text="for each case; empty is untimed")
    cases = models.JSONField(default=list, help_text="[[case, pattern, key, limit_ms, number to keep], ...]")
    exposures = models.JSONField(null=True, help_text="attempts of rounds that count: [[attempt, case, pattern, key]]")
    result = models.JSONField(null=True)
    retest_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="open"), name="sitting_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, gate {self.gate}"


class Attempt(models.Model):
    """A case shown to a learner, and what they committed to. Written when it is shown; never shown unaided twice."""

    id = models.AutoField(primary_key=True)
    round = models.ForeignKey(Round, models.CASCADE, null=True, related_name="attempts")
    sitting = models.ForeignKey(Sitting, models.CASCADE, null=True, related_name="attempts")
    case = models.ForeignKey(PracticeCase, models.CASCADE, related_name="attempts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    pattern = models.ForeignKey(Pattern, models.CASCADE, related_name="+")
    level = models.IntegerField()
    is_natural = models.BooleanField(default=False, help_text="drawn at natural frequency: unbiased evidence")
    shown_at = models.BigIntegerField(help_text="by the clock of the server")
    looked_at = models.BigIntegerField(null=True, help_text="when the artifact was opened")
    looked_up = models.BooleanField(default=False)
    option = models.CharField(max_length=200, null=True)
    confidence = models.FloatField(null=True)
    cue = models.CharField(max_length=200, default="", blank=True)
    committed_at = models.BigIntegerField(null=True)
    latency_ms = models.IntegerField(null=True)
    limit_ms = models.IntegerField(null=True)
    over_time = models.BooleanField(default=False)
    correct = models.BooleanField(null=True)
    kept_number = models.BooleanField(null=True, help_text="the second task of a timed sitting; empty: had none")
    card_answer = models.CharField(max_length=80, null=True, help_text="to the interruption of a timed case")
    away_ms = models.IntegerField(null=True, help_text="how long the interruption took; empty: never answered")
    key = models.ForeignKey(Key, models.SET_NULL, null=True, related_name="+")
    predicted = models.FloatField(null=True, help_text="probability of success before it, by the model of the day")
    grade = models.IntegerField(null=True)
    next_time = models.TextField(default="", blank=True)
    seq = models.BigIntegerField(null=True, help_text="its event in the ledger")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "case"], condition=Q(level__gte=3), name="attempt_unaided_once"),
            models.UniqueConstraint(fields=["round", "case"], name="attempt_once_a_round"),
        ]
        indexes = [models.Index(fields=["person", "pattern"], name="attempt_person_pattern")]

    def __str__(self) -> str:
        return f"{self.person} on {self.case}"


class Tracing(models.Model):
    """Which model predicts, by its log loss on held-out learners of this instance. The latest row counts."""

    id = models.AutoField(primary_key=True)
    at = models.BigIntegerField()
    chosen = models.CharField(max_length=8, help_text="elo or combined")
    learners = models.IntegerField()
    attempts = models.IntegerField()
    elo = models.JSONField(null=True, help_text="n, auc, log_loss, calibration; empty is not measured")
    combined = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.chosen}, {self.attempts} attempts"


class Forecast(models.Model):
    """What the combined model expects of a learner on a case, made each night while it is ahead of Elo."""

    id = models.AutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    case = models.ForeignKey(PracticeCase, models.CASCADE, related_name="+")
    chance = models.FloatField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="forecast_once")]

    def __str__(self) -> str:
        return f"{self.person} on {self.case}"
