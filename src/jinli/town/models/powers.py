"""The register of powers: which matter came to the town from whom, how, how far and until when, and in which wave."""

from __future__ import annotations

from django.db import models

from jinli.town.models.registers import Division, Organisation, Person, Status


class DelegationWave(models.Model):
    """Matters that came to the town together, as a source tells of it; a wave nobody names is a row like any other.

    Attributes
    ----------
    matters : how many; `at_least` when a source gives no more than a lower bound.
    total_after : how many the town could handle after it, where a source says so.
    as_of : year, month or day; empty while no source says when.
    """

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="waves")
    code = models.CharField(max_length=40)
    ordinal = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    matters = models.PositiveIntegerField(null=True)
    at_least = models.BooleanField(default=False)
    total_after = models.PositiveIntegerField(null=True)
    as_of = models.CharField(max_length=10, blank=True)
    instrument = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=400, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices)
    source = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="wave_code"),)

    def __str__(self) -> str:
        return self.title


class Delegation(models.Model):
    """One power over one matter: by origin whose, how it came, by which paper, how far, from when to when.

    In whose name and under whose seal acts are done, who reviews them and who is sued is derived from `mode`
    (`jinli.domain.competence`), never kept here. A row without a known mode gives no power and waits to be filled in.

    Attributes
    ----------
    item : code of the matter.
    bound_fact, bound_most, bound_unit : the part of `scope` that can be compared: the fact of a case and the most.
    recalled_on : the first day without the power.
    in_flight : what the recall does with cases received before.
    recall_ordered_at : when the recall was entered; the hand-overs of the cases follow it.
    effect : how far those hand-overs are.
    """

    class Mode(models.TextChoices):
        OWN = "own"
        DIRECT = "direct"
        ENTRUSTED = "entrusted"
        FRONT_DESK = "front_desk"

    class InFlight(models.TextChoices):
        HAND_OVER = "hand_over"
        FINISH = "finish"

    class Effect(models.TextChoices):
        NONE = ""
        WAITING = "waiting"
        STOPPED = "stopped"
        DONE = "done"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="delegations")
    code = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    wave = models.ForeignKey(DelegationWave, null=True, on_delete=models.PROTECT, related_name="delegations")
    mode = models.CharField(max_length=12, choices=Mode.choices, blank=True)
    authority = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="powers_given")
    to_body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="powers_held")
    instrument = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=300, blank=True)
    scope_en = models.CharField(max_length=400, blank=True)
    bound_fact = models.CharField(max_length=40, blank=True)
    bound_most = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    bound_unit = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True)
    recalled_on = models.DateField(null=True)
    recall_reason = models.CharField(max_length=300, blank=True)
    recall_instrument = models.CharField(max_length=200, blank=True)
    in_flight = models.CharField(max_length=12, choices=InFlight.choices, default=InFlight.HAND_OVER)
    recall_ordered_at = models.DateTimeField(null=True)
    effect = models.CharField(max_length=8, choices=Effect.choices, blank=True)
    trained_staff = models.PositiveIntegerField(null=True)
    posts = models.PositiveIntegerField(null=True)
    money_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    came_with_source = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.UNKNOWN)
    source = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="delegation_code"),)
        indexes = (
            models.Index(
                fields=["town", "recalled_on"], name="delegation_effect", condition=models.Q(effect="waiting")
            ),
        )

    def __str__(self) -> str:
        return self.title


class PowerReview(models.Model):
    """The town's answer to the health of one power: keep it, ask for more, or give it back; with the reason."""

    class Answer(models.TextChoices):
        KEEP = "keep"
        MORE = "more"
        BACK = "back"

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="reviews")
    answer = models.CharField(max_length=4, choices=Answer.choices)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
