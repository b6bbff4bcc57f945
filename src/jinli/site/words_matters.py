"""Words of the figures of government matters and of the lists behind them."""

from __future__ import annotations

_PARTS = (
    (
        ("by_law", "法定期限", "By law"),
        ("by_promise", "承诺期限", "By promise"),
        (
            ("kept", "按期", "in time"),
            ("done_late", "逾期才决定", "decided late"),
            ("open_late", "逾期还没决定", "overdue"),
            ("total", "分母", "denominator"),
            ("void", "不计：作废", "left out: void"),
            ("not_due", "不计：还没到期", "left out: not due yet"),
        ),
    ),
    (
        ("told_once", "一次性告知", "One-time notices"),
        (
            ("told", "告知过的", "told"),
            ("total", "分母：已答复的", "answered"),
            ("unanswered", "不计：还没答复", "left out: not answered yet"),
        ),
    ),
    (
        ("first_time", "一次办成", "Right the first time"),
        (
            ("right", "一次办成的", "right"),
            ("total", "分母：已受理的", "accepted"),
            ("not_taken", "不计：没有受理", "left out: not accepted"),
        ),
    ),
    (
        ("decided_here", "镇里自己决定", "Decided here"),
        (
            ("here", "镇里决定的", "by the town"),
            ("total", "分母：有决定的", "decided"),
            ("undecided", "不计：还没决定", "left out: not decided yet"),
        ),
    ),
    (
        ("prefilled", "替人预填", "Filled in beforehand"),
        (
            ("some", "有预填的", "some field"),
            ("total", "分母", "denominator"),
            ("uncounted", "不计：没记问了几格", "left out: fields not counted"),
        ),
    ),
    (
        ("asked_twice", "重复要填", "Asked twice"),
        (
            ("again", "有重填的", "some field again"),
            ("total", "分母", "denominator"),
            ("uncounted", "不计：没记问了几格", "left out: fields not counted"),
        ),
    ),
    (
        ("bad_rating", "差评率", "Bad ratings"),
        (
            ("bad", "差评", "bad"),
            ("total", "分母：评过的", "rated"),
            ("set_aside", "不计：复核后剔除", "left out: set aside after review"),
            ("not_rated", "不计：没评", "left out: not rated"),
            ("by_default", "不计：默认评价", "left out: by default"),
        ),
    ),
)

WORDS: dict[str, tuple[str, str]] = {
    **{
        f"site.board.part.{code}.{part}": (f"{zh}：{part_zh}", f"{en}: {part_en}")
        for *codes, parts in _PARTS
        for code, zh, en in codes
        for part, part_zh, part_en in parts
    },
    "site.board.part.matters": ("在办的政务服务", "Government matters under way"),
    "site.board.part.matters.received": ("收到的政务服务", "Government matters received"),
    "site.board.part.matters.ended": ("办完的政务服务", "Government matters ended"),
    "site.board.part.matters.open": ("政务服务的在办承诺", "Open promises of government matters"),
    "site.board.part.matters.late": ("政务服务逾期还没办的", "Government matters overdue"),
    "site.matters.title": ("政务服务的数字", "Figures of government matters"),
    "site.matters.lead": (
        "截至 {as_of}。按件数的，数这个月收到的件现在办得怎样；下个月再看会变。每个数都点得开。",
        "As of {as_of}. Counts of cases are about those received in the month as they stand now, so they change later. "
        "Every number opens its list.",
    ),
    "site.matters.months": ("选月份", "Choose a month"),
    "site.matters.under_way": ("在办件", "Under way"),
    "site.matters.open": ("在办承诺", "Open promises"),
    "site.matters.late": ("逾期", "Overdue"),
    "site.matters.received": ("{period} 收件", "Received, {period}"),
    "site.matters.ended": ("{period} 办完", "Ended, {period}"),
    "site.matters.rates": ("{period} 的比率", "Rates of {period}"),
    "site.matters.pace": ("谁的时间", "Whose time"),
    "site.matters.pace.about": (
        "这个月办完的 {count} 件，从收件到办完，每一段算在谁身上。等申请人补材料的，算申请人的；按行政许可法第四十五条"
        "停着的，另算；其余都是我们的，夜里和休息日也算在内。中位数：一半的件比它快，一半比它慢。",
        "For the {count} matters that ended in the month, each stretch from receipt to end is put to somebody: waiting "
        "for the applicant's materials is the applicant's, standing still by art. 45 of the Licensing Law is apart, "
        "all the rest is ours, nights and rest days too. Median: half of them were faster, half slower.",
    ),
    "site.matters.pace.whole": ("从收件到办完，中位数", "From receipt to end, median"),
    "site.matters.pace.authority": ("在我们手里，中位数", "With the authority, median"),
    "site.matters.pace.applicant": ("等申请人，中位数", "Waiting for the applicant, median"),
    "site.matters.pace.special": ("第四十五条停着，中位数", "Standing still by art. 45, median"),
    "site.matters.pace.share": ("全部时间里等申请人的", "The applicant's share of all the time"),
    "site.matters.days": ("{days} 天", "{days} days"),
    "site.matters.fields": ("填表的负担", "Fields to fill in"),
    "site.matters.fields.about": (
        "这个月 {count} 件申请的表：问了几格，替申请人填好几格，已有的又重填几格。",
        "The forms of {count} applications of the month: fields asked, filled in beforehand, and held but asked again.",
    ),
    "site.matters.fields.asked": ("要申请人填的", "Asked"),
    "site.matters.fields.prefilled": ("替申请人填好的", "Filled in beforehand"),
    "site.matters.fields.again": ("已有又重填的", "Held, yet asked again"),
    "site.matters.items": ("按事项", "By item"),
    "site.matters.item": ("事项", "Item"),
    "site.matters.item.received": ("收件", "Received"),
    "site.matters.item.told": ("告知过", "Told"),
    "site.matters.item.late": ("现在逾期", "Overdue now"),
    "site.matters.none": ("还没有政务服务", "No government matters yet"),
    "site.matters.none.text": (
        "收到申请以后，每个事项的收件、告知和逾期列在这里。",
        "Once applications come in, each item stands here with what was received, told and is overdue.",
    ),
    "site.matters.all": ("政务服务的全部数字", "All figures of government matters"),
    "site.matters.box": ("政务服务", "Government matters"),
    "site.matters.box.received": ("本月收件", "Received this month"),
    "site.matters.box.by_law": ("法定期限内", "Within the legal limit"),
}
