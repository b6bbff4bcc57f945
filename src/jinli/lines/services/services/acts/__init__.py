"""Acts on an application: each checks what the procedure cannot, and says what its papers contain."""

from jinli.lines.services.services.acts.accepting import accept, accept_with_promise, correct_on_spot, refuse_acceptance
from jinli.lines.services.services.acts.aiding import begin_publicity, complete, objection, reclaim, visit_household
from jinli.lines.services.services.acts.assisted import (
    ask_for,
    done_there,
    looked,
    refused_there,
    sent_back_there,
    submit_there,
)
from jinli.lines.services.services.acts.building import (
    built_as_approved,
    built_differently,
    pass_to_enforcement,
    stake_out,
)
from jinli.lines.services.services.acts.deciding import grant, grant_at_once, refuse, verify_on_site
from jinli.lines.services.services.acts.delivering import deliver, pay
from jinli.lines.services.services.acts.ending import end_missing, withdraw
from jinli.lines.services.services.acts.handing import hand_over
from jinli.lines.services.services.acts.hearings import ask_hearing, hold_hearing, summon_hearing, tell_hearing
from jinli.lines.services.services.acts.making import OnCase
from jinli.lines.services.services.acts.noticing import one_time_notice, supply
from jinli.lines.services.services.acts.opinions import ask_opinions, give_opinion, not_ours, take_back
from jinli.lines.services.services.acts.promising import (
    check_broken,
    check_kept,
    grant_on_promise,
    rectified,
    revoke_promised,
)
from jinli.lines.services.services.acts.publishing import correct_publication, publish, withdraw_publication
from jinli.lines.services.services.acts.special import begin_special, end_special, extend

__all__ = [
    "OnCase",
    "accept",
    "accept_with_promise",
    "ask_for",
    "ask_hearing",
    "ask_opinions",
    "begin_publicity",
    "begin_special",
    "built_as_approved",
    "built_differently",
    "check_broken",
    "check_kept",
    "complete",
    "correct_on_spot",
    "correct_publication",
    "deliver",
    "done_there",
    "end_missing",
    "end_special",
    "extend",
    "give_opinion",
    "grant",
    "grant_at_once",
    "grant_on_promise",
    "hand_over",
    "hold_hearing",
    "looked",
    "not_ours",
    "objection",
    "one_time_notice",
    "pass_to_enforcement",
    "pay",
    "publish",
    "reclaim",
    "rectified",
    "refuse",
    "refuse_acceptance",
    "refused_there",
    "revoke_promised",
    "sent_back_there",
    "stake_out",
    "submit_there",
    "summon_hearing",
    "supply",
    "take_back",
    "tell_hearing",
    "verify_on_site",
    "visit_household",
    "withdraw",
    "withdraw_publication",
]
