"""Words of the public pages of the catalogue."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.brand": ("{town} • 办事", "{town} • Services"),
    # the front
    "services.front.title": ("你想办什么事？", "What do you want to get done?"),
    "services.front.lead": (
        "用自己的话说就行，拼音、首字母也可以。",
        "In your own words; pinyin and initials work too.",
    ),
    "services.front.search": ("说说你想办的事", "Say what you want to get done"),
    "services.front.placeholder": ("例如：我想开个五金店", "For example: open a hardware shop"),
    "services.front.send": ("找", "Find"),
    "services.front.hits": ("“{query}”可能是这些", "“{query}” may be one of these"),
    "services.front.none": (
        "没有找到。换个说法试试，或者到下面按主题找。",
        "Nothing found. Try other words, or look by theme below.",
    ),
    "services.front.ask": ("都不是？到窗口问，或者打 12345。", "None of them? Ask at the window or call 12345."),
    "services.front.most": ("大家常办的", "Asked for most"),
    "services.front.themes": ("按主题找", "By theme"),
    "services.front.counts": (
        "镇里能办 {here} 项；另外 {elsewhere} 项这里不办，但告诉你到哪里办。",
        "{here} matters are done in town; of {elsewhere} more we tell you where they are done.",
    ),
    "services.front.not_here": ("这里不办，告诉你到哪里", "Not done here; we say where"),
    "services.front.empty": ("还没有事项", "No matters yet"),
    "services.front.empty.do": (
        "管理员装入事项以后，这里就有。",
        "They appear here once the administrator has loaded them.",
    ),
    "services.front.foot": (
        "不会用电脑手机，到窗口一样办；同样的材料只交一次。",
        "The window does it just as well; nothing has to be handed in twice.",
    ),
    "services.theme.none": ("其他", "Other"),
    # one item
    "services.item.back": ("全部事项", "All matters"),
    "services.item.whom": ("给谁办：{whom}", "For: {whom}"),
    "services.item.not_here": ("这件事镇里不能办", "This is not done in town"),
    "services.item.where": ("到这里办：", "It is done here:"),
    "services.item.apply": ("网上办", "Apply online"),
    "services.item.counter": ("到窗口办", "At the window"),
    "services.item.questions": ("先说说你的情况", "First, your situation"),
    "services.item.answer": ("看我要带什么", "Show what I need"),
    "services.item.bring": ("要带的材料", "What to bring"),
    "services.item.bring_nothing": ("什么都不用带。", "Nothing."),
    "services.item.still_open": (
        "上面的问题答完，清单才完整。",
        "The list is complete once the questions above are answered.",
    ),
    "services.item.known": ("表里已经有的，不用再填", "In the form already, not to be typed again"),
    "services.item.holds_nothing": (
        "你已登录。这件事要的，本镇还没有你的；办过一次，下次就不用再填。",
        "You are signed in. The town holds nothing of you that this matter asks for; what you give is not asked again.",
    ),
    "services.item.sign_in": ("登录", "Sign in"),
    "services.item.sign_in.why": (
        "后看看哪些材料、哪些空本镇已经有了，不用再交、再填。",
        "to see which documents and fields the town holds already and does not ask for.",
    ),
    "services.item.power": ("凭什么权力办", "Under which power"),
    "services.item.power.unknown": (
        "赋权登记里没有写这一项怎么来的。",
        "The register of powers does not say how the town came to it.",
    ),
    "services.item.held": ("镇里已经有、不用再交的", "Already held by the town, not asked for again"),
    "services.item.undecided": ("看情况，答了才知道", "Depends on an answer still to come"),
    "services.item.not_needed": ("别的情况才要、你不用带的", "Needed in other situations only"),
    "services.item.long": ("要多久", "How long"),
    "services.item.counted": (
        "按今天交、材料齐、当天受理算。",
        "Counted as if handed in complete and accepted today.",
    ),
    "services.item.statutory": ("法律规定", "By law"),
    "services.item.statutory.unknown": (
        "没有查到规定了几天的依据，不写一个猜的数。",
        "No rule with a number of days was found; we do not guess one.",
    ),
    "services.item.promised": ("镇里承诺", "By promise of the town"),
    "services.item.promised.unknown": (
        "镇里还没有公布承诺；受理的人会当面告诉你。",
        "The town has published none; whoever accepts tells you.",
    ),
    "services.item.due": ("最迟 {due}", "By {due} at the latest"),
    "services.item.provisional": (
        "{due}（暂定，明年放假安排还没公布）",
        "{due} (provisional: next year’s holidays are not published)",
    ),
    "services.item.sample": ("样本", "Sample"),
    "services.item.what_comes": ("花多少钱、跑几趟、得到什么", "Cost, visits, result"),
    "services.item.cost": ("收费", "Fee"),
    "services.item.free": ("不收费", "Free"),
    "services.item.has_fee": ("收费，见下面", "There is a fee, see below"),
    "services.item.fee": ("{name}：{amount}（依据：{basis}）", "{name}: {amount} (basis: {basis})"),
    "services.item.visits.label": ("要跑几趟", "Visits in person"),
    "services.item.visits.none": ("不用跑", "None"),
    "services.item.visits": ("{count} 趟", "{count}"),
    "services.item.result": ("得到什么", "Result"),
    "services.item.amount": ("{amount} 元", "{amount} yuan"),
    "services.item.valid": ("有效 {months} 个月", "valid {months} months"),
    "services.item.conditions": ("要符合的条件", "Conditions"),
    "services.item.who": ("到哪里交、谁来办", "Where to hand in, and who decides"),
    "services.item.window": ("交到", "Window"),
    "services.item.decided_by": ("谁办", "Handled by"),
    "services.item.reviewers": ("还要问", "Asked as well"),
    "services.item.system": ("在哪里决定", "Decided in"),
    "services.item.elsewhere_decides": (
        "由别的系统决定（{system}）；镇里帮着备齐、提交，跟着进度。",
        "Decided in another system ({system}); the town helps to prepare and submit, and follows it.",
    ),
    "services.item.basis": ("依据和救济", "Legal basis and remedies"),
    "services.item.remedies": ("不服、不满意，或者过了时间没答复", "If you disagree, or no answer comes"),
    "services.item.edition": (
        "{kind} • 第 {edition} 版 • 来源：{source}",
        "{kind} • edition {edition} • source: {source}",
    ),
    "services.remedy.review": (
        "不服决定：知道决定之日起六十日内可以申请行政复议（行政复议法第二十条），或者六个月内起诉"
        "（行政诉讼法第四十六条）。向谁复议、告谁，看是谁的权力，决定书上写着。",
        "Against a decision: administrative review within sixty days of learning of it (Administrative Review Law"
        " art. 20) or a lawsuit within six months (Administrative Litigation Law art. 46). Whose power it is decides"
        " who reviews and who is sued; the decision says so.",
    ),
    "services.remedy.late": (
        "过了时间没有决定：那是失约，不等于同意，也不等于不同意；进度里会写明逾期，可以催办，也可以投诉。",
        "No decision in time is a broken promise, neither a yes nor a no: it is shown as late, and you can press for"
        " it or complain.",
    ),
    "services.remedy.complain": (
        "对服务不满意：当场评价，或者打 12345。",
        "Not content with the service: rate it on the spot or call 12345.",
    ),
    "services.remedy.there": (
        "决定不是镇里作的：复议、诉讼找作决定的机关，决定书上写着。",
        "The town does not decide this: review and lawsuit go to the authority that did; its decision says so.",
    ),
    # materials
    "services.material.how": ("{kind}，{copies} 份", "{kind}, {copies} copies"),
    "services.material.original": ("原件", "Original"),
    "services.material.copy": ("复印件", "Copy"),
    "services.material.electronic": ("电子件", "Electronic"),
    "services.material.form": ("填表", "Form"),
    "services.material.declaration": ("自己声明", "Own declaration"),
    "services.material.later": (
        "可以先受理，{days} 个工作日内补交",
        "May follow within {days} working days",
    ),
    "services.material.later_open": ("可以先受理，说好时间补交", "May follow by an agreed day"),
    "services.material.by_promise": ("可以用书面承诺代替", "A written promise may stand instead"),
    "services.material.why": ("看这一问：{question}", "Depends on: {question}"),
    "services.source.government": ("政府部门查，一般不用你交", "Looked up by the government"),
    "services.source.third_party": ("要找别的机构出具", "Issued by somebody else"),
    # closed lists
    "services.applicant.person": ("个人", "Persons"),
    "services.applicant.household": ("家庭和个体工商户", "Households and self-employed businesses"),
    "services.applicant.enterprise": ("企业", "Enterprises"),
    "services.applicant.organisation": ("社会组织和单位", "Organisations"),
    "services.kind.licence": ("行政许可", "Licence"),
    "services.kind.payment": ("行政给付", "Payment"),
    "services.kind.confirmation": ("行政确认", "Confirmation"),
    "services.kind.reward": ("行政奖励", "Reward"),
    "services.kind.ruling": ("行政裁决", "Ruling"),
    "services.kind.other": ("其他行政权力", "Other administrative power"),
    "services.kind.public_service": ("公共服务", "Public service"),
}
