from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from jinli.cases.lines import Panel
    from jinli.cases.work import Work
    from jinli.town.acting import Acting


class ExchangeConfig(AppConfig):
    name = "jinli.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def case_panel(self, work: Work, acting: Acting) -> Panel | None:
        """Show on a mirror whose date is whose, how each was reckoned, and what is in dispute."""
        from jinli.exchange.pages.clock_panel import clock_panel

        return clock_panel(work, acting)
