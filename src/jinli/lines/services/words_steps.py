"""Words of acts after a grant on a promise, of temporary aid, and of what another system decided."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.page.grant_on_promise": ("按承诺准予", "Grant on a promise"),
    "services.page.grant_on_promise.lead": (
        "申请人自己选了告知承诺、承诺书和主要材料都交了的，按承诺准予；次要材料可以核查时交。准予以后要核查，"
        "核查不符的限期整改，整改不了的撤销。先看文书再签发。",
        "Where the applicant chose to promise and handed in the promise and the main documents, grant on it; secondary"
        " ones may be brought to the check. It is checked afterwards, mended where it does not fit, revoked where it is"
        " not mended. Look at the paper before you issue it.",
    ),
    "services.page.grant_on_promise.do": ("签发准予决定", "Issue the grant"),
    "services.promise.not_chosen": (
        "没有收到承诺书：告知承诺由申请人自己选。没有选的，按一般办法审查。",
        "No promise was handed in: this way is the applicant’s own choice. Otherwise examine it the ordinary way.",
    ),
    "services.promise.still_mending": (
        "整改期限到 {day}，还没有到期，不能撤销。",
        "The time to mend runs until {day}; it cannot be revoked before.",
    ),
    "services.page.check": ("许可后的核查", "Check after the grant"),
    "services.page.check.lead": (
        "两个人以上到现场，看和承诺是不是一样（行政许可法第三十四条第三款）。相符的办结；不符的写明哪里不符，"
        "十五个工作日内整改。公示还没有做的，先公示。",
        "Two persons at least go and look whether it is as promised (Licensing Law art. 34(3)). If it is, the matter is"
        " done; if not, say what does not fit: it is mended within fifteen working days. Publish the grant first.",
    ),
    "services.page.check.do": ("记下核查结果", "Keep what was found"),
    "services.page.check_mended": ("整改后再看", "Look again after mending"),
    "services.page.check_mended.lead": (
        "两个人以上再去看。整改好了的办结；到期没有整改好的，去“撤销许可”那一页。",
        "Two persons at least look again. What is mended is done; what was not mended in time is revoked on its page.",
    ),
    "services.page.check_mended.do": ("记下已整改", "Keep that it is mended"),
    "services.check_found.kept": ("相符", "It fits"),
    "services.check_found.broken": ("不符，限期整改", "It does not fit, to be mended"),
    "services.page.revoke_promised": ("撤销许可", "Revoke the permission"),
    "services.page.revoke_promised.lead": (
        "整改期满还不符的才撤销（行政许可法第六十九条）。先听持证人陈述、申辩，记下来。撤销后证照登记、"
        "证书核验页同时变；公示在“更正或者撤下公示”那一页撤下。",
        "Only what still does not fit when the time to mend is over is revoked (Licensing Law art. 69). Hear the holder"
        " first and write it down. The register and the verification page of the certificate change with it; take the"
        " publication down on its own page.",
    ),
    "services.page.revoke_promised.do": ("签发撤销决定", "Issue the revocation"),
    "services.basis.revoke.licence": ("行政许可法第六十九条", "Administrative Licensing Law art. 69"),
    "services.page.visit_household": ("入户看过", "Visit to the household"),
    "services.page.visit_household.lead": (
        "两个人以上入户，看家里的情况和申请写的是不是一样。只记和救助有关的。",
        "Two persons at least visit and look whether it is as stated. Keep only what matters for the aid.",
    ),
    "services.page.visit_household.do": ("记下入户", "Keep the visit"),
    "services.page.begin_publicity": ("公示", "Publish the proposal"),
    "services.page.begin_publicity.lead": (
        "在申请人住的村、社区公示（社会救助暂行办法第四十八条）。姓名打星号；证件号、电话、住址、病情不公示。"
        "公示期从现在起算，到期自动进入决定。",
        "Published in the village or community where the applicant lives (Social Assistance Measures art. 48). The name"
        " is masked; no number, telephone, address or illness. The time runs from now; then it can be decided.",
    ),
    "services.page.begin_publicity.do": ("开始公示", "Begin the publicity"),
    "services.publicity.text": (
        "{name}申请{title}，拟给予救助。有意见的请向镇里反映。",
        "{name} applied for {title}; aid is intended.",
    ),
    "services.publicity.names_somebody": (
        "公示内容里有申请人的全名、电话、住址或者证件号。改成打星号的姓名，别的去掉。",
        "The text holds the whole name, telephone, address or a number of the applicant. Mask the name, drop the rest.",
    ),
    "services.page.objection": ("有人提意见，再去核", "Objection: look again"),
    "services.page.objection.lead": (
        "写明提了什么意见（不写谁提的）。公示停下，回到审核，三个工作日内再入户。",
        "Say what was objected (not by whom). The publicity ends and the household is visited again within three"
        " working days.",
    ),
    "services.page.objection.do": ("回到审核", "Back to the examination"),
    "services.page.complete": ("手续补齐", "Papers completed"),
    "services.page.complete.lead": (
        "先发以后补的材料点清、核实相符的办结（社会救助暂行办法第四十八条）。不符合条件的，去“追回”那一页。",
        "Tick the documents that followed; what is true and complete is done (Social Assistance Measures art. 48)."
        " Where the conditions are not met, reclaim it on its page.",
    ),
    "services.page.complete.do": ("办结", "Done"),
    "services.page.reclaim": ("追回已发的救助", "Reclaim the aid"),
    "services.page.reclaim.lead": (
        "核实不符的才追回，写明理由和依据（社会救助暂行办法第六十八条）；文书里会写上向谁复议、告谁。"
        "钱退回来以前，台账里仍是已发。先看文书再签发。",
        "Only what proved untrue is reclaimed, with reasons and basis (Social Assistance Measures art. 68); the paper"
        " says where to seek review and whom to sue. The ledger shows it as paid until the money is back.",
    ),
    "services.page.reclaim.do": ("签发追回决定", "Issue the decision"),
    "services.page.stake_out": ("放样", "Stake out"),
    "services.page.stake_out.lead": (
        "两个人以上到现场，按批准的位置、面积放样。放样以后才能开工。",
        "Two persons at least go and stake out place and area as approved; work begins after that.",
    ),
    "services.page.stake_out.do": ("记下放样", "Keep it"),
    "services.page.built": ("建成后核查", "Check of the finished house"),
    "services.page.built.lead": (
        "两个人以上到现场，看位置、面积、层数是不是批准的那样（行政许可法第三十四条第三款、第六十一条）。"
        "不符的写明哪里不符，三十天内整改。",
        "Two persons at least go and look whether place, area and floors are as approved (Licensing Law arts. 34(3),"
        " 61). If not, say what differs: it is mended within thirty days.",
    ),
    "services.page.built.do": ("记下核查结果", "Keep what was found"),
    "services.page.pass_to_enforcement": ("转执法", "Pass to enforcement"),
    "services.page.pass_to_enforcement.lead": (
        "整改期满还不符的才转执法，写明理由和依据。这里只移交，处罚由执法单位按自己的程序办。",
        "Only what still differs when the time to mend is over is passed on, with reasons and basis. Any penalty is"
        " decided by enforcement in its own procedure.",
    ),
    "services.page.pass_to_enforcement.do": ("移交", "Pass it on"),
    "services.building.still_mending": (
        "整改期限到 {day}，还没有到期，不能转执法。",
        "The time to mend runs until {day}; it cannot be passed on before.",
    ),
    "services.field.found_built": ("和批准的相符吗", "Is it as approved"),
    "services.field.result_built": ("核查情况；不符的写明哪里不符", "What was found; what differs"),
    "services.field.result_stake": ("放样的位置、面积", "Place and area staked out"),
    "services.page.looked": ("看过，还在办", "Looked; still going on"),
    "services.page.looked.lead": (
        "在对方系统里看到哪一步了。下一次看的时限从现在起算。",
        "How far it is in the other system. The next look is due from now.",
    ),
    "services.page.looked.do": ("记下", "Keep it"),
    "services.page.sent_back_there": ("对方退回补材料", "Sent back there"),
    "services.page.sent_back_there.lead": (
        "写明对方要补什么；补好再提交。",
        "Say what they ask for; it is submitted again when it is there.",
    ),
    "services.page.sent_back_there.do": ("记下退回", "Keep it"),
    "services.page.done_there": ("对方已办结", "Done there"),
    "services.page.done_there.lead": (
        "记下对方作的决定和文书号。决定和证照由对方出，这里不出。",
        "Keep what they decided and its number. The decision and any certificate are theirs; none is made here.",
    ),
    "services.page.done_there.do": ("办结", "Close it"),
    "services.page.refused_there": ("对方未准", "Refused there"),
    "services.page.refused_there.lead": (
        "写明对方不准的理由；向谁复议、告谁以对方的决定为准。",
        "Say why they refused; where to seek review stands in their decision.",
    ),
    "services.page.refused_there.do": ("办结", "Close it"),
    "services.field.promise": ("申请人承诺了什么", "What the applicant promised"),
    "services.field.seen": ("这次看到或者交来的材料", "Documents seen or brought now"),
    "services.field.found": ("和承诺相符吗", "Is it as promised"),
    "services.field.result_check": ("核查情况；不符的写明哪里不符", "What was found; what does not fit"),
    "services.field.heard": ("持证人的陈述、申辩", "What the holder said"),
    "services.field.heard.hint": (
        "没有陈述的，写明告知过、没有陈述。",
        "Where nothing was said, say that they were told.",
    ),
    "services.field.basis_written": ("依据", "Legal basis"),
    "services.field.basis_written.hint": ("哪部法、哪一条。", "Which law, which article."),
    "services.field.result_visit": ("入户看到的情况", "What was seen"),
    "services.field.board": ("张贴在哪里", "Where it hangs"),
    "services.field.board.hint": ("例如：某某村公示栏。", "For instance the board of the village."),
    "services.field.publicity": ("公示内容", "What stands there"),
    "services.field.result_complete": ("补齐、核实的情况", "What was completed and found true"),
    "services.field.result_there": ("对方的决定和文书号", "Their decision and its number"),
}
