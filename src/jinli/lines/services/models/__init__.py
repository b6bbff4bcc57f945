"""What the line of government matters keeps."""

from jinli.lines.services.models.applicants import ApplicantLink
from jinli.lines.services.models.bundles import BundleEdition, BundlePart, BundleRun
from jinli.lines.services.models.drafts import Draft, DraftPaper
from jinli.lines.services.models.hearings import Hearing
from jinli.lines.services.models.items import ItemEdition
from jinli.lines.services.models.money import Budget, BudgetLine, ClaimKey, SubsidyRule
from jinli.lines.services.models.publications import Publication
from jinli.lines.services.models.seasons import Season, SeasonApplication, SeasonPlaces, SeasonRanking
from jinli.lines.services.models.tickets import Ticket

__all__ = [
    "ApplicantLink",
    "Budget",
    "BudgetLine",
    "BundleEdition",
    "BundlePart",
    "BundleRun",
    "ClaimKey",
    "Draft",
    "DraftPaper",
    "Hearing",
    "ItemEdition",
    "Publication",
    "Season",
    "SeasonApplication",
    "SeasonPlaces",
    "SeasonRanking",
    "SubsidyRule",
    "Ticket",
]
