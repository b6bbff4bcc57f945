"""Words of the enrolment season."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "domain.ranking.twice": ("{number} 在排序里出现了两次", "{number} is in the ranking twice."),
    "domain.ranking.unknown_school": (
        "{number} 的志愿“{school}”不是这个招生季的学校",
        "{number} wishes “{school}”, no school of this season.",
    ),
    "domain.season.order": (
        "日期前后颠倒：{day} 应该在 {before} 以后",
        "The days are out of order: {day} has to come after {before}.",
    ),
    "domain.season.too_early": ("还没到时候，{first} 起可以办。", "It is too early; this can be done from {first} on."),
    "domain.season.too_late": ("已经过了，最后一天是 {last}。", "It is too late; the last day was {last}."),
    "services.season.limit": ("招生季公布的日期", "Published day of the season"),
    "services.season.not_yours": (
        "招生季由负责招生的单位办，您现在的身份不能办。",
        "The season is run by its owner; you do not act for it now.",
    ),
    "services.season.head_only": (
        "公布、封存排序、答复申诉和发入学安排，由负责人办。",
        "Only the head announces, seals, answers appeals and sends offers.",
    ),
    "services.season.announced": ("这个招生季已经公布了。", "This season is announced already."),
    "services.season.not_announced": ("这个招生季还没有公布。", "This season is not announced yet."),
    "services.season.ranked": (
        "已经封存排序，学位数不能再改。",
        "The ranking is sealed; places cannot be changed any more.",
    ),
    "services.season.not_ranked": ("还没有封存排序。", "The ranking is not sealed yet."),
    "services.season.no_such_school": ("这个招生季没有学校“{found}”", "This season has no school “{found}”."),
    "services.season.places_wrong": ("学位数写 0 或者正整数。", "Write the places as 0 or a whole number above it."),
    "services.season.source_missing": ("写上学位数是哪里来的（哪份文件）。", "Say where the number comes from."),
    "services.season.outside": ("这件申请不在招生季里。", "This application is in no season."),
    "services.season.line": ("填核对过的数，没有的填 0。", "Enter the checked value; 0 if there is none."),
    "services.season.wishes": ("至少选一所学校，不能重复。", "Choose at least one school, none twice."),
    "services.season.total": ("核对后共 {points} 分", "{points} points after checking"),
    "services.season.places_unknown": (
        "学位数还没有填：{names}。填了才能排序。",
        "Places are not entered yet: {names}. Enter them before ranking.",
    ),
    "services.season.undecided": (
        "还有 {count} 件没有受理或者不予受理，先定下来再排序。",
        "{count} applications are neither accepted nor refused; settle them before ranking.",
    ),
    "services.season.unchecked": (
        "还有 {count} 件没有核对积分，核对完再排序。",
        "The points of {count} applications are not checked yet.",
    ),
    "services.season.reason_missing": ("写清楚哪里不对。", "Say what is wrong."),
    "services.season.corrected": ("{number} 申诉成立，重排", "Ranked again: the appeal {number} was upheld"),
    "services.season.changed": (
        "封存以后名单被改过，和公布的摘要对不上，不能发。请审计员查。",
        "The list was changed after it was sealed and does not fit the published digest. Nothing is sent.",
    ),
    "services.season.appeals_open": (
        "还有 {count} 件申诉没有答复，答复了再发。",
        "{count} appeals are not answered yet.",
    ),
    "services.season.offer": (
        "积分 {points} 分，{of} 人中第 {rank} 名，安排到{school}",
        "{points} points, rank {rank} of {of}: {school}",
    ),
}
