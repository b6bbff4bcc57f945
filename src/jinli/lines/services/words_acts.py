"""What refuses an act on an application, and what its papers say."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # refusals
    "services.nothing_changed": (
        "没有改动。改好要更正的那一项再存。",
        "Nothing was changed. Change what is to be corrected.",
    ),
    "services.promise_needed": (
        "这一事项没有查到规定期限，本镇也没有承诺期限：由你承诺几个工作日内办结，写上天数。",
        "No limit of a rule or of the town is known for this matter: promise yourself in how many working days it will"
        " be done.",
    ),
    "services.authority_needed": (
        "不归我们管的，要写明归哪个机关（行政许可法第三十二条第一款第二项）。",
        "Where it is not our power, name the authority that has it (Licensing Law art. 32(2)).",
    ),
    "services.nothing_supplied": ("没有选交了哪一项材料。", "Nothing was marked as supplied."),
    "services.unknown_material": ("这件没有材料“{material}”。", "This case has no material “{material}”."),
    "services.asked_twice": ("同一个单位选了两次。", "The same body is named twice."),
    "services.asks_itself": ("不用向自己征求意见，选别的单位。", "A body does not ask itself; choose another."),
    "services.unknown_opinion": (
        "意见“{answer}”不认识，选同意、附条件同意或不同意。",
        "Opinion “{answer}” is unknown.",
    ),
    "services.no_extension": (
        "这一类事项没有延期的规定；逾期如实显示。",
        "There is no rule to extend this kind of matter; a late one is shown as late.",
    ),
    "services.amount_needed": ("写上发放多少元（整数）。", "Say how many yuan are paid (a whole number)."),
    "services.valid_backwards": ("有效期的止日早于起日。", "It would end before it begins."),
    "services.unknown_way": ("送达方式“{way}”不认识。", "Way of service “{way}” is unknown."),
    "services.receiver_needed": ("写上谁签收。", "Say who received it."),
    "services.foreign_number_needed": (
        "写上对方系统给的编号，以后才对得上。",
        "Give the number of the other system; without it nothing can be matched later.",
    ),
    "services.nothing_promised_missing": (
        "容缺的材料已经交齐，不能以此终止；请作出决定。",
        "Nothing promised is missing any more; decide instead.",
    ),
    "services.publication.reason_needed": ("写上为什么更正或撤下。", "Say why it is corrected or taken down."),
    "services.publication.not_yours": ("归{owner}更正、撤下。", "It is for {owner} to correct or take down."),
    "services.publication.gone": ("这一条已经撤下了。", "This was taken down already."),
    "services.publication.meanwhile": (
        "这一条刚才有人改过。看一遍最新的再改。",
        "Somebody changed this just now. Read the present state first.",
    ),
    "services.publication.nothing_changed": ("没有改动。", "Nothing was changed."),
    "services.publication.changed_on_range": (
        "变更、撤销的日期要在决定之后、今天以前。",
        "The day of the change lies between the decision and today.",
    ),
    # names in papers
    "services.government": ("{name}人民政府", "People’s Government of {name}"),
    "services.handed.given": ("已交", "handed in"),
    "services.handed.held": ("本镇已有，不用交", "held by the town, not asked for"),
    "services.handed.missing": ("缺", "missing"),
    "services.handed.later": ("容缺，承诺后补", "promised for later"),
    "services.handed.promised": ("告知承诺代替", "replaced by a promise"),
    "services.handed.waived": ("免交", "waived"),
    "services.special.hearing": ("听证", "Hearing"),
    "services.special.tender": ("招标", "Tender"),
    "services.special.auction": ("拍卖", "Auction"),
    "services.special.inspection": ("检验", "Inspection"),
    "services.special.testing": ("检测", "Testing"),
    "services.special.quarantine": ("检疫", "Quarantine"),
    "services.special.appraisal": ("鉴定", "Appraisal"),
    "services.special.expert_review": ("专家评审", "Expert review"),
    "services.way.counter": ("当面领取", "At the counter"),
    "services.way.post": ("邮寄", "By post"),
    "services.way.electronic": ("电子送达", "Electronically"),
    "services.paper.applicant_erased": ("（已依法删除）", "(lawfully erased)"),
    "services.paper.special": ("{kind}：{reason}", "{kind}: {reason}"),
    "services.paper.yuan": ("{amount}元", "{amount} yuan"),
    "services.paper.withdrawn": ("申请人撤回申请。", "Withdrawn by the applicant."),
    "services.paper.later.clock_runs": (
        "容缺期间办理期限照常计算；材料交齐以前不作准予决定。",
        "The limit runs on meanwhile; nothing is granted before the documents are there.",
    ),
    "services.paper.later.if_missed": (
        "到期没有交来的，不能准予，依法作出不予决定或者终止办理。",
        "If they do not come in time nothing can be granted: the application is refused or closed.",
    ),
    "services.paper.notice.if_not": (
        "期满没有补齐的，退回全部材料，可以重新申请。",
        "If it is not supplied in time all documents are returned; you may apply again.",
    ),
    "services.paper.decided_there": (
        "由主管系统决定，本镇只帮着提交和查进度。",
        "The competent system decides; the town only submits and looks how far it is.",
    ),
    "services.publication.document": ("准予行政许可决定书（{title}）", "Decision granting the licence ({title})"),
    # articles
    "services.basis.receipt.licence": ("行政许可法第三十二条", "Administrative Licensing Law art. 32"),
    "services.basis.accept.licence": ("行政许可法第三十二条第一款第五项", "Administrative Licensing Law art. 32(5)"),
    "services.basis.tolerance.licence": (
        "广东省优化营商环境条例第三十二条（容缺受理）",
        "Guangdong Business Environment Regulation art. 32 (acceptance with papers to come)",
    ),
    "services.basis.tolerance.other": (
        "广东省优化营商环境条例第三十二条（容缺办理）",
        "Guangdong Business Environment Regulation art. 32 (handling with papers to come)",
    ),
    "services.basis.notice.licence": ("行政许可法第三十二条第一款第四项", "Administrative Licensing Law art. 32(4)"),
    "services.basis.notice.other": (
        "优化营商环境条例第三十六条（一次告知）",
        "Business Environment Regulation art. 36",
    ),
    "services.basis.refuse_acceptance.licence": (
        "行政许可法第三十二条第一款第一项、第二项",
        "Administrative Licensing Law art. 32(1), (2)",
    ),
    "services.basis.special.licence": ("行政许可法第四十五条", "Administrative Licensing Law art. 45"),
    "services.basis.hearing_right.licence": ("行政许可法第四十七条", "Administrative Licensing Law art. 47"),
    "services.basis.hearing_notice.licence": ("行政许可法第四十八条", "Administrative Licensing Law art. 48"),
    "services.basis.extend.licence": ("行政许可法第四十二条", "Administrative Licensing Law art. 42"),
    "services.basis.grant.licence": ("行政许可法第三十八条第一款", "Administrative Licensing Law art. 38(1)"),
    "services.basis.refuse.licence": ("行政许可法第三十八条第二款", "Administrative Licensing Law art. 38(2)"),
}
