"""Words of a hand-over after a recall."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # where the applicant left no name
    "cases.hand_over.applicant": ("申请人", "the applicant"),
}
