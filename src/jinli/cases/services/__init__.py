"""The one door to cases: nothing else writes a case, a clock or an entry."""

from jinli.cases.services.moving import make_move
from jinli.cases.services.opening import OpenCase, Opened, open_case
from jinli.cases.services.ticking import tick

__all__ = ["OpenCase", "Opened", "make_move", "open_case", "tick"]
