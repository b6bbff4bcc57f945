"""Applicants who sign in: which account of an identity provider is which party of a town."""

from __future__ import annotations

from django.db import models

from jinli.town.models import Division, Party


class ApplicantLink(models.Model):
    """An account of an identity provider and the party it belongs to; of the account only a hash is kept."""

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    issuer = models.CharField(max_length=200)
    subject_hash = models.CharField(max_length=64)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="accounts")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "issuer", "subject_hash"], name="applicant_link_once"),)
