"""What the line of government matters keeps."""

from jinli.lines.services.models.items import ItemEdition
from jinli.lines.services.models.money import Budget, BudgetLine, ClaimKey, SubsidyRule

__all__ = ["Budget", "BudgetLine", "ClaimKey", "ItemEdition", "SubsidyRule"]
