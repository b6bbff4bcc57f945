"""Words of ratings: the pages of heads, what refuses a step, what the rater is told."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.nav.ratings": ("评价", "Ratings"),
    "services.ratings.title": ("评价和差评", "Ratings"),
    "services.ratings.lead": (
        "评价是实名的，经办的人看不到。差评一律联系、整改或者说明；办过原件的人不能办，剔除要另一个人复核。",
        "Ratings are in the applicant's own name and hidden from who handled the matter. Every bad one is followed up: "
        "contacted, mended or explained, by somebody who did not act on the matter; another person reviews before one "
        "is set aside.",
    ),
    "services.ratings.levels": ("五级评价，最近十二个月", "The five levels, last twelve months"),
    "services.ratings.total": ("共 {count} 次，默认评价不在内", "{count} ratings, none of them by default"),
    "services.ratings.bad": ("差评办理", "Bad ratings"),
    "services.ratings.none": ("没有差评", "No bad ratings"),
    "services.ratings.none.text": (
        "申请人评“不满意”或“非常不满意”，这里就会多一件，五个工作日内联系，十五个工作日内办完（平台约定）。",
        "When an applicant is not satisfied, a case stands here: contact within 5 working days, mended or explained "
        "within 15 (rule of this platform).",
    ),
    "services.rated.title": ("差评办理", "Bad rating"),
    "services.rated.item": ("事项", "Item"),
    "services.rated.level": ("评价", "Rating"),
    "services.rated.when": ("评价时间", "Rated"),
    "services.rated.stage": ("办到哪一步", "Stage"),
    "services.rated.due": ("最近的期限", "Next due"),
    "services.rated.matter": ("原来的件", "The rated matter"),
    "services.rated.over": ("已办结", "Done"),
    "services.rated.simulated": ("模拟", "simulated"),
    "services.rated.said": ("评价人怎么说", "What the rater said"),
    "services.rated.said.nothing": ("没有写。", "Nothing was written."),
    "services.rated.case": ("看这件的全部记录和联系方式", "All entries, and how to reach the rater"),
    "services.rated.next": ("下一步", "Next step"),
    "services.rated.step": ("做了什么", "What was done"),
    "services.rated.step.contact": ("联系了评价人", "Contacted the rater"),
    "services.rated.step.mend": ("已经整改", "Mended"),
    "services.rated.step.explain": ("要求没有依据，已经说明", "No basis for what was asked; explained"),
    "services.rated.step.propose": (
        "恶意或者误评，建议剔除（另一个人复核）",
        "Malicious or by mistake: propose to set it aside (another person reviews)",
    ),
    "services.rated.step.set_aside": ("复核同意：剔除，不计入差评", "Reviewed: set aside, does not count as bad"),
    "services.rated.step.keep": ("复核不同意：照样办", "Reviewed: it stands and is followed up"),
    "services.rated.result": ("情况", "What was found or done"),
    "services.rated.result.hint": (
        "办完时写的话，评价人看得到；不要写经办人的名字。",
        "What is written when it is over is shown to the rater; name nobody who handled the matter.",
    ),
    "services.rated.send": ("记下这一步", "Record this step"),
    "services.rated.done": ("已记下。", "Noted."),
    "services.rated.not_yours": (
        "这一步由窗口单位的负责人或者镇领导来办。",
        "This step is for the head of the counter's body or the town head.",
    ),
    "services.rated.history": ("办理记录", "What was done"),
    "services.rated.history.none": ("还没有办。", "Nothing yet."),
    "services.rated.own_matter": (
        "你办过原来的件，不能办对它的差评；请另一位负责人来办。",
        "You acted on the rated matter, so somebody else has to work on its bad rating.",
    ),
    "services.rated.own_proposal": (
        "建议剔除的是你，要另一个人复核。",
        "You proposed to set it aside; another person has to review that.",
    ),
    "services.rated.no_step": ("请选做了什么。", "Choose what was done."),
    "services.rated.no_result": ("请写情况。", "Write what was found or done."),
    "services.rated.yours": ("你的评价", "Your rating"),
    "services.rated.follows": (
        "五个工作日内有人联系你；结果写在这里（平台约定）。",
        "Somebody contacts you within 5 working days; the outcome will stand here (rule of this platform).",
    ),
}
