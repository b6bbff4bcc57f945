"""Money for subsidies: what the office decided, what there is, and where every fen of it went."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jinli.cases.models import Case, EntryPayload
from jinli.town.models import Division, Organisation, Person


class SubsidyRule(models.Model):
    """A threshold of a condition, or the amount of a subsidy, as the office entered it for a year.

    Rows are only added; the last one whose `valid_from` has come is in force. The database refuses every change.

    Attributes
    ----------
    condition : code of a condition of the item, or `amount` for the amount of one payment (then `threshold` is fen).
    """

    AMOUNT = "amount"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    item = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    condition = models.CharField(max_length=40)
    threshold = models.CharField(max_length=80)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["town", "item", "year"], name="subsidy_rule"),)

    def __str__(self) -> str:
        return f"{self.item}/{self.year}/{self.condition}"


class Budget(models.Model):
    """What there is for an item in a year, in fen, and how much of it is promised and paid.

    The three amounts are the sum of the lines; they stand here so that one statement can take money only while there
    is some, whatever else happens at that moment.

    Attributes
    ----------
    version : counts changes of the amount; a page that raises it must carry it.
    """

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    item = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    reserved_fen = models.BigIntegerField(default=0)
    paid_fen = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["town", "item", "year"], name="budget_once"),
            models.CheckConstraint(condition=Q(reserved_fen__gte=0, paid_fen__gte=0), name="budget_not_below_nothing"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=F("reserved_fen") + F("paid_fen")), name="budget_never_overspent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}/{self.year}"

    @property
    def left_fen(self) -> int:
        """Return what is neither promised nor paid."""
        return self.amount_fen - self.reserved_fen - self.paid_fen


class BudgetLine(models.Model):
    """One line of the ledger. Rows are only added; the database refuses every change.

    Attributes
    ----------
    fen : what the line moved: of a `change` the difference, which may be negative; of all others positive.
    case : the case for which it was reserved, paid or released.
    reference : number of the voucher in the finance system, of a payment.
    source, reason : of setting and changing the amount: the paper it rests on, and why.
    """

    class Kind(models.TextChoices):
        SET = "set"
        CHANGE = "change"
        RESERVE = "reserve"
        PAY = "pay"
        RELEASE = "release"

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, db_index=False, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    fen = models.BigIntegerField()
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(case__isnull=False), name="budget_line_once"),
        )
        indexes = (models.Index(fields=["budget", "-id"], name="budget_ledger"),)


class ClaimKey(models.Model):
    """By what a claim can be known again: a keyed digest of an identity number, credit code or account.

    The number itself cannot be read back; without the key of the installation nobody can try numbers either.
    It hangs on the erasable payload it was made from, and goes when that goes.
    """

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    item = models.CharField(max_length=40)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    payload = models.ForeignKey(EntryPayload, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "kind", "digest"], name="claim_key_once"),)
        indexes = (models.Index(fields=["town", "item", "digest"], name="claim_key_found"),)
