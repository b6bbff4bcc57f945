"""Enrolment seasons: what was published, the applications in them, and every sealed ranking."""

from __future__ import annotations

from django.db import models

from jinli.cases.models import Case
from jinli.town.models import Division, Organisation, Person


class Season(models.Model):
    """One season; once announced its days and its points table never change.

    Attributes
    ----------
    content : the season as `jinli.packs.seasons.SeasonRow` says it, as plain values.
    case : the case whose journal keeps the digests; None before it is announced.
    """

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    content = models.JSONField()
    loaded_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="season_once"),)

    def __str__(self) -> str:
        return self.code


class SeasonPlaces(models.Model):
    """How many places a school has, as the education body entered it. Rows are only added; the last one counts."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="places")
    school = models.CharField(max_length=40)
    places = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()


class SeasonApplication(models.Model):
    """A case in a season, with the points as they were checked last; the journal of the case keeps every check.

    Attributes
    ----------
    lines : code of a line -> [value, what it counts], as texts.
    ties : the tie-breakers in their published order, as texts.
    wishes : codes of schools, the dearest first.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="applications")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    points = models.CharField(max_length=20, blank=True)
    lines = models.JSONField(default=dict)
    ties = models.JSONField(default=list)
    wishes = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)


class SeasonRanking(models.Model):
    """One edition of the ranking. An edition is never changed: after an appeal the next one is sealed beside it.

    Attributes
    ----------
    rows : the lines in their order, each with its hash; case numbers, never names.
    digest : over the hashes of the lines; it stands in the journal of the season's case and on the public page.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="rankings")
    edition = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    rows = models.JSONField()
    cut_offs = models.JSONField()
    places = models.JSONField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["season", "edition"], name="season_ranking_once"),)
