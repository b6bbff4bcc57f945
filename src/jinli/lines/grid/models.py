"""What the grid line works by: filing standards, routing, kinds of whistle.

A row is never edited under running cases: a change makes a new edition and supersedes the old one, which stays for
the cases that were filed by it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from jinli.town.models import Division, Organisation, Status


class Editioned(models.Model):
    """A rule in editions. `superseded_at` is empty on the edition in force; `valid_to` is the last day it holds."""

    code = models.CharField(max_length=120)
    edition = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CONFIRMED)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Return whether this edition is in force and valid on a day."""
        if self.superseded_at is not None:
            return False
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class ClassStandard(Editioned):
    """A filing standard of a minor class: condition, limit, closing condition (form of GB/T 30428).

    A minor class has as many standards as it has conditions. A limit whose unit no source gives is empty and its
    status is `unknown`: filing then needs a promise entered by a named person.
    """

    class EndRule(models.TextChoices):
        STAY = "stay"
        ROLL = "roll"

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="class_standards")
    class_code = models.CharField(max_length=20)
    major = models.CharField(max_length=40)
    major_en = models.CharField(max_length=80, blank=True)
    minor = models.CharField(max_length=40)
    minor_en = models.CharField(max_length=80, blank=True)
    condition = models.CharField(max_length=300)
    condition_en = models.CharField(max_length=300, blank=True)
    limit_amount = models.PositiveIntegerField(null=True)
    limit_unit = models.CharField(max_length=16, blank=True)
    end_rule = models.CharField(max_length=8, choices=EndRule.choices, default=EndRule.STAY)
    closing = models.CharField(max_length=300, blank=True)
    closing_en = models.CharField(max_length=300, blank=True)
    self_solved = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "code", "edition"], name="class_standard_edition"),
        ]
        indexes: ClassVar = [models.Index(fields=["division", "class_code"], name="class_standard_class")]

    def __str__(self) -> str:
        return f"{self.minor}：{self.condition}"


class RoutingRule(Editioned):
    """Who handles a matter: place, class and hours lead to a body. `*` means any; the most precise rule wins."""

    class Hours(models.TextChoices):
        ANY = "any"
        OFFICE = "office"
        NIGHT = "night"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="routing_rules")
    place_code = models.CharField(max_length=40, default="*")
    class_prefix = models.CharField(max_length=20, default="*")
    hours = models.CharField(max_length=8, choices=Hours.choices, default=Hours.ANY)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="routing_rules")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "code", "edition"], name="routing_rule_edition"),
        ]

    def __str__(self) -> str:
        return self.code


class WhistleKind(Editioned):
    """How a town summons departments: who blows, who approves, and the limit of every stage.

    `limits` maps a stage to amount, unit, end rule and source, as the procedure's terms ask for them.
    """

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="whistle_kinds")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    procedure = models.CharField(max_length=40)
    blown_by = models.JSONField(default=list)
    approved_by = models.JSONField(default=list)
    limits = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "code", "edition"], name="whistle_kind_edition"),
        ]

    def __str__(self) -> str:
        return self.name
