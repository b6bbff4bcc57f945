"""Words of the page that works out a time limit."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.calculator.title": ("时限计算", "Time limits"),
    "site.calculator.lead": (
        "填起算时间和期限，得出到期时刻，逐日说明。只算不存。",
        "Enter the start and the limit; you get the due moment, day by day. Nothing is kept.",
    ),
    "site.calculator.do": ("计算", "Work it out"),
    "site.calculator.answer": ("到期", "Due"),
    "site.calculator.form": ("期限", "The limit"),
    "site.calculator.day": ("起算日期", "Start day"),
    "site.calculator.clock": ("起算时间（小时、分钟必填）", "Start time (for hours and minutes)"),
    "site.calculator.amount": ("多少", "How many"),
    "site.calculator.unit": ("单位", "Unit"),
    "site.calculator.unit.working_day": ("工作日", "working days"),
    "site.calculator.unit.calendar_day": ("自然日", "calendar days"),
    "site.calculator.unit.month": ("个月", "months"),
    "site.calculator.unit.year": ("年", "years"),
    "site.calculator.unit.working_hour": ("工作时（办公时间内）", "working hours (while offices are open)"),
    "site.calculator.unit.urgent_hour": ("小时（连续，夜间照计）", "hours (round the clock)"),
    "site.calculator.unit.minute": ("分钟（连续）", "minutes (round the clock)"),
    "site.calculator.end_rule": ("最后一日遇休息日", "If the last day is a rest day"),
    "site.calculator.end_rule.roll": (
        "顺延到下一个工作日（法定期限）",
        "goes on to the next working day (limits from law)",
    ),
    "site.calculator.end_rule.stay": ("不顺延（镇的标准）", "stays (town standards)"),
    "site.calculator.end_rule.hint": ("只对自然日、月、年有用。", "Matters for calendar days, months and years only."),
    "site.calculator.pauses": ("中间有暂停", "There was a pause"),
    "site.calculator.pauses.lead": (
        "暂停要有法定依据并书面告知，例如检验、检测、专家评审。起日照计，次日起不计，止日不计。",
        "A pause needs an article and a written notice, such as inspection, testing or expert review. "
        "The day it begins counts; the days after it do not, up to and including the day it ends.",
    ),
    "site.calculator.pause_article": ("依据", "Article"),
    "site.calculator.pause_article.hint": ("例如 行政许可法第四十五条。", "For example Licensing Law art. 45."),
    "site.calculator.pause": ("暂停 {number}", "Pause {number}"),
    "site.calculator.pause.from_day": ("开始日期", "Begins on"),
    "site.calculator.pause.from_clock": ("开始时间", "at"),
    "site.calculator.pause.to_day": ("结束日期", "Ends on"),
    "site.calculator.pause.to_clock": ("结束时间", "at"),
    "site.calculator.needed": ("这一项要填。", "This must be filled in."),
    "site.calculator.bad_day": ("日期写成 2026-09-24。", "Write the day as 2026-09-24."),
    "site.calculator.bad_clock": ("时间写成 10:00。", "Write the time as 10:00."),
    "site.calculator.bad_amount": ("填一个整数。", "Enter a whole number."),
    "site.calculator.bad_choice": ("从列出的里面选一个。", "Choose one of the list."),
    "site.calculator.both_days": ("暂停的开始和结束日期都要填。", "Give both the day it begins and the day it ends."),
    "site.calculator.both_clocks": (
        "按小时、分钟计的，暂停的时间也要填。",
        "For hours and minutes the times of a pause are needed too.",
    ),
    "site.calculator.sample_hours": (
        "办公时间是样本：08:30—12:00，14:30—17:30，不是任何单位的实际办公时间。",
        "Office hours are a sample: 08:30–12:00, 14:30–17:30, no body's real hours.",
    ),
    "site.calculator.provisional": (
        "跨入还没公布放假安排的年份，公布后可能变。",
        "It runs into a year whose holidays are not published and may change then.",
    ),
    "site.calculator.rules": ("按什么算", "How it is counted"),
    "site.calculator.rules.itself": (
        "当日不计，从次日数起；零点整起算的，刚结束的一天算当日。",
        "The day itself does not count; of a start at exactly 00:00 that is the day just ended.",
    ),
    "site.calculator.rules.working": (
        "工作日按国务院每年的放假安排，调休上班的周末算工作日。",
        "Working days follow the State Council's yearly paper; make-up weekends count.",
    ),
    "site.calculator.rules.end": (
        "按日、月、年计的，到最后一日 24:00 为止；法定期限遇休息日顺延。",
        "Days, months and years end at 24:00 of the last day; limits from law go on past rest days.",
    ),
    "site.calculator.rules.hours": (
        "工作时只算办公时间，午休不算；连续小时夜间、周末、节假日照算。",
        "Working hours run while offices are open, not at lunch; round-the-clock hours run always.",
    ),
    "site.calculator.rules.unpublished": (
        "还没公布放假安排的年份，先按周一至周五算，结果标“暂定”。",
        "Years not yet published are counted Monday to Friday and marked provisional.",
    ),
}
