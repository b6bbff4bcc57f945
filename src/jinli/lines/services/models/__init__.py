"""Rows of government matters."""

from jinli.lines.services.models.applicants import ApplicantLink
from jinli.lines.services.models.drafts import Draft, DraftPaper
from jinli.lines.services.models.items import ItemEdition
from jinli.lines.services.models.tickets import Ticket

__all__ = ["ApplicantLink", "Draft", "DraftPaper", "ItemEdition", "Ticket"]
