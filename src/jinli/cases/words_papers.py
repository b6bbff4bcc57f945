"""What papers say beside their templates, what is said of papers, and what refuses them."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # labels of facts
    "cases.paper.fact.case_number": ("案号", "Case"),
    "cases.paper.fact.paper_number": ("文书字号", "Number of the paper"),
    "cases.paper.fact.item": ("事项", "Matter"),
    "cases.paper.fact.town": ("镇", "Town"),
    "cases.paper.fact.body": ("承办单位", "Handled by"),
    "cases.paper.fact.seal_body": ("发文机关", "Issued by"),
    "cases.paper.fact.day": ("日期", "Date"),
    "cases.paper.fact.due_day": ("最迟日期", "Due by"),
    "cases.paper.fact.limit_text": ("办理期限", "Limit"),
    "cases.paper.fact.applicant": ("申请人", "Applicant"),
    "cases.paper.fact.applicant_code": ("证件号码", "Identity or credit code"),
    "cases.paper.fact.remedies": ("救济途径", "How to contest"),
    "cases.paper.fact.amount": ("金额", "Amount"),
    "cases.paper.fact.valid_from": ("生效日期", "Valid from"),
    "cases.paper.fact.valid_to": ("有效期至", "Valid until"),
    "cases.paper.fact.authority": ("有权机关", "Competent authority"),
    "cases.paper.fact.defendant": ("被告", "Defendant"),
    "cases.paper.fact.reviewer": ("复议机关", "Reviewing authority"),
    "cases.paper.fact.scope": ("内容和范围", "What and how far"),
    "cases.paper.fact.delivered": ("送达的文书", "Papers served"),
    "cases.paper.fact.receiver": ("受送达人", "Served on"),
    "cases.paper.fact.way": ("送达方式", "How it was served"),
    "cases.paper.fact.place": ("地点", "Place"),
    "cases.paper.fact.hearing_day": ("听证时间", "Time of the hearing"),
    "cases.paper.fact.until": ("截止日期", "Until"),
    "cases.paper.fact.articles": ("依据", "Legal basis"),
    "cases.paper.fact.reasons": ("理由", "Reasons"),
    "cases.paper.fact.conditions": ("条件", "Conditions"),
    "cases.paper.fact.materials": ("材料", "Documents"),
    "cases.paper.fact.participants": ("参加人", "Participants"),
    "cases.paper.fact.record": ("笔录", "Record"),
    "cases.paper.fact.missing": ("需要补正的内容", "What is missing"),
    "cases.paper.column.name": ("名称", "Name"),
    "cases.paper.column.state": ("情况", "State"),
    "cases.paper.column.note": ("说明", "Note"),
    "cases.paper.ordinal": ("序号", "No."),
    "cases.paper.join": ("；", "; "),
    "cases.paper.provisional": ("{day}（暂定：放假安排尚未公布）", "{day} (provisional: holidays not published yet)"),
    # set words of the printed paper
    "cases.paper.remedies.title": ("不服本决定的救济途径", "How to contest this"),
    "cases.paper.remedies": (
        "如不服，可以自收到之日起六十日内向{reviewer}申请行政复议（行政复议法第二十条），或者自收到之日起六个月内以{defendant}为被告"
        "依法提起行政诉讼（行政诉讼法第四十六条）。",
        "You may apply to {reviewer} for administrative reconsideration within sixty days of receiving this"
        " (Administrative Reconsideration Law, art. 20), or bring an administrative action against {defendant} within"
        " six months (Administrative Litigation Law, art. 46).",
    ),
    "cases.paper.hat.entrusted": (
        "受委托办理，以委托机关名义作出（委托登记：{basis}）",
        "Done by entrustment, in the name of the entrusting authority (register of delegations: {basis})",
    ),
    "cases.paper.hat.zone": (
        "以园区管理机构名义作出（授权登记：{basis}）",
        "Done in the name of the body that runs the zone (register of delegations: {basis})",
    ),
    "cases.paper.hat.town": ("以镇的名义作出（授权登记：{basis}）", "Done in the name of the town ({basis})"),
    "cases.paper.seal": ("印章处（待加盖）", "Place of the seal"),
    "cases.paper.simulated.mark": ("模拟文书 无效", "SIMULATED"),
    "cases.paper.simulated.line": (
        "（演示）模拟文书，没有任何效力。",
        "(simulated) A demonstration paper without any effect.",
    ),
    "cases.paper.reading": (
        "以中文文书为准。",
        "English reading version; the Chinese paper of the same number governs.",
    ),
    "cases.paper.verify.scan": (
        "扫码核验真伪和现状：{address}",
        "Scan to verify this paper and its present state: {address}",
    ),
    "cases.paper.verify.type": (
        "也可以在核验页输入字号和核验码后六位：{ending}",
        "Or type the number and the last six characters of its code on the verification page: {ending}",
    ),
    "cases.paper.verify.seal": (
        "印章待加盖；以核验页显示的现状为准。",
        "The seal is still to be affixed; the verification page says the present state.",
    ),
    "cases.paper.footer": ("{number} • 案号 {case}", "{number} • Case {case}"),
    # states
    "cases.paper.state.valid": ("有效", "Valid"),
    "cases.paper.state.replaced": ("已被替代", "Replaced"),
    "cases.paper.state.suspended": ("已暂停", "Suspended"),
    "cases.paper.state.revoked": ("已撤销", "Revoked"),
    "cases.paper.banner.replaced": ("本文书自{at}起已被 {number} 替代。", "Replaced by {number} as of {at}."),
    "cases.paper.banner.suspended": ("本文书自{at}起暂停效力。", "Suspended as of {at}."),
    "cases.paper.banner.revoked": ("本文书自{at}起已被撤销。", "Revoked as of {at}."),
    "cases.verifying.grant": ("许可现在", "The permission now"),
    "cases.verifying.valid_span": ("有效期", "Valid"),
    "cases.verifying.following": ("替代它的证照", "Certificate in its place"),
    "cases.verifying.for_holder": ("持证人：申请延续、变更", "For the holder: renewal or change"),
    "cases.paper.reason.error": ("原文书有误，予以更正", "An error was corrected"),
    "cases.paper.reason.request": ("依持有人申请", "At the request of the holder"),
    "cases.paper.reason.breach": ("持有人违反条件", "The holder broke a condition"),
    "cases.paper.reason.unlawful": ("原决定不应作出，依法撤销", "It should not have been issued; revoked by law"),
    "cases.paper.reason.changed": ("情况或依据变化", "Facts or legal basis changed"),
    "cases.paper.reason.review": ("依复议决定或者裁判", "By a decision on review or a judgment"),
    "cases.paper.reason.renewed": ("已换发", "A new one was issued"),
    "cases.paper.reason.decided": ("依证照变动决定", "By a decision on the permission"),
    "cases.paper.reason.settled": ("暂停的原因已消除", "The cause of the suspension is gone"),
    # refusals
    "cases.paper.unknown_fact": (
        "文书里没有“{unknown}”这一项，认得的有：{known}",
        "papers know no fact “{unknown}”; known: {known}",
    ),
    "cases.paper.lacks": (
        "《{paper}》还缺“{fact}”，补上才能出具。",
        "“{paper}” still lacks: {fact}. Fill it in, then it can be issued.",
    ),
    "cases.paper.no_template": (
        "没有“{paper}”这种文书的式样；请管理员在本镇的包里加上 papers/{paper}.yaml，再装入。",
        "no template for the paper “{paper}”; an administrator adds papers/{paper}.yaml to the pack and loads it",
    ),
    "cases.paper.not_of_this_move": (
        "这一步不出“{paper}”这种文书，可以出的有：{known}",
        "this move issues no paper “{paper}”; it issues: {known}",
    ),
    "cases.paper.choose": (
        "这一步要出一种文书，没有说是哪一种：{known}",
        "this move issues a paper, and it was not said which: {known}",
    ),
    "cases.paper.no_body": (
        "这一件还没有承办单位，文书不知道用谁的印章。先定承办单位。",
        "The case has no responsible body yet, so nobody can seal the paper. Name the body first.",
    ),
    "cases.paper.unknown_hat": (
        "没有“{unknown}”这种名义，认得的有：{known}",
        "no capacity “{unknown}”; known: {known}",
    ),
    "cases.paper.erased": (
        "内容已依法删除，不能再打印；字号和状态仍可核验。",
        "What it said was lawfully erased and cannot be printed; its number and state can still be verified.",
    ),
    "cases.paper.altered": (
        "存着的内容和出具时不一样，不能打印。请告诉管理员核对办理记录。",
        "What is stored is not what was issued, so it is not printed. Tell the administrator to verify the journal.",
    ),
    "cases.paper.unknown_reason": (
        "没有“{unknown}”这个原因，认得的有：{known}",
        "no reason “{unknown}”; known: {known}",
    ),
    "cases.paper.not_yours": (
        "只有盖章的机关，或者这一件的承办单位，才能改文书的状态。",
        "Only the body that sealed the paper, or the one responsible for the case, changes its state.",
    ),
    "cases.paper.restated_meanwhile": (
        "{number} 的状态刚才有人改过，现在是：{state}。你的这一步没有写入。",
        "Somebody changed the state of {number} just now; it is: {state}. Your step was not recorded.",
    ),
    "cases.paper.no_such_step": (
        "“{was}”的文书不能改成“{state}”。",
        "A paper that is “{was}” does not become “{state}”.",
    ),
    "cases.paper.nothing_in_its_place": (
        "没有说清由哪一份有效的文书替代。",
        "It was not said which valid paper stands in its place.",
    ),
    "cases.engine.paper_state": ("文书状态改变", "State of a paper changed"),
    # papers in the journal and on the page of a case
    "cases.papers.issued": ("出具 {numbers}", "Issued {numbers}"),
    "cases.papers.restated": ("{number}：{state}（{reason}）", "{number}: {state} ({reason})"),
    "cases.papers.restated.by": ("{number}：由 {other} 替代（{reason}）", "{number}: replaced by {other} ({reason})"),
    "cases.papers": ("文书", "Papers"),
    "cases.papers.pdf": ("打开 PDF", "Open PDF"),
    "cases.papers.english": ("英文对照", "English version"),
    "cases.papers.verify": ("核验页", "Verification page"),
    "cases.papers.erased": ("内容已依法删除", "Content lawfully erased"),
    "cases.papers.replaced_by": ("由 {number} 替代", "Replaced by {number}"),
    "cases.papers.masked": ("遮住个人信息的副本。", "A copy with personal data hidden."),
    "cases.papers.access.what": ("文书 {number}", "Paper {number}"),
    "cases.papers.access.reason": ("打开或打印文书", "Opened or printed the paper"),
    "cases.papers.gone": ("这份文书打不开", "This paper cannot be opened"),
    # changing the state of a paper
    "cases.restating.title": ("改变文书的状态", "Change the state of a paper"),
    "cases.restating.now": ("现在：{state}", "Now: {state}"),
    "cases.restating.state": ("改成", "Change to"),
    "cases.restating.reason": ("原因", "Reason"),
    "cases.restating.number": ("由哪一份替代", "Replaced by which paper"),
    "cases.restating.number.hint": (
        "改成“已被替代”时填新文书的字号，例如 许受〔2026〕13号。",
        "For “Replaced”: the number of the new paper, such as 许受〔2026〕13号.",
    ),
    "cases.restating.public": (
        "改了以后，核验页马上照新的状态说；写进办理过程，不能撤回。",
        "The verification page says the new state at once; it goes into the journal and cannot be undone.",
    ),
    "cases.restating.send": ("改变状态", "Change the state"),
    "cases.restating.change": ("改状态", "Change state"),
    "cases.restating.over": (
        "这份文书的状态不能再改。要有新的效力，另出一份。",
        "The state of this paper is final. For a new effect, issue another.",
    ),
    "cases.restating.done": ("{number} 现在是：{state}。", "{number} is now: {state}."),
    # the file of a case as PDF
    "cases.bound": ("案卷 PDF", "File as PDF"),
    "cases.bound.read": ("下载（遮住个人信息）", "Download (personal data hidden)"),
    "cases.bound.full": ("完整的案卷", "The file in full"),
    "cases.bound.full.read": ("下载完整的案卷", "Download in full"),
    "cases.bound.access": ("完整案卷", "Whole file"),
    "cases.bound.refused": ("完整的案卷没有打开", "The file was not opened in full"),
    "cases.bound.papers": ("文书", "Papers"),
    "cases.bound.journal": ("办理过程", "What was done"),
    "cases.bound.clocks": ("时限", "Promises"),
    "cases.bound.files": ("附件目录", "Attachments"),
    "cases.bound.nothing": ("没有。", "None."),
    "cases.bound.title": ("案由", "Matter"),
    "cases.bound.type": ("类型", "Type"),
    "cases.bound.place": ("地点", "Place"),
    "cases.bound.opened": ("来件", "Opened"),
    "cases.bound.closed": ("办结", "Closed"),
    "cases.bound.open": ("还没办结", "Still open"),
    "cases.bound.made": ("本卷生成", "This file was made"),
    "cases.bound.masked": (
        "这一卷遮住了个人信息。需要完整的案卷，写明理由另行打开，会记进访问记录。",
        "Personal data are hidden in this file. The file in full needs a reason, which goes to the access log.",
    ),
    "cases.bound.whole": (
        "这一卷有完整的个人信息，打开的人、时间和理由已记进访问记录。不得外传。",
        "This file holds personal data in full; who opened it, when and why is in the access log. Do not pass it on.",
    ),
    "cases.bound.hash": ("SHA-256 {hash}", "SHA-256 {hash}"),
    # public verification
    "cases.verifying.title": ("核验文书", "Verify a paper"),
    "cases.verifying.lead": (
        "看手里的文书是不是真的，现在还有没有效。",
        "See whether the paper in your hand is real and whether it still holds.",
    ),
    "cases.verifying.field.number": ("字号", "Number"),
    "cases.verifying.field.number.hint": (
        "印在标题下面，例如 许受〔2026〕12号。括号怎么打都行。",
        "Printed under the title, such as 许受〔2026〕12号. Any brackets will do.",
    ),
    "cases.verifying.field.ending": ("核验码后六位", "Last six characters of the code"),
    "cases.verifying.field.ending.hint": ("印在二维码旁边。", "Printed beside the QR code."),
    "cases.verifying.send": ("核验", "Verify"),
    "cases.verifying.wrong": (
        "字号和核验码对不上任何一份文书。照着纸面再核对一遍；还是不对，就不要相信这份文书，打电话问发文机关。",
        "No paper has this number and code. Check them against the paper; if they are right, do not trust the paper and"
        " call the body that is said to have issued it.",
    ),
    "cases.verifying.too_many": (
        "试的次数太多了。过 15 分钟再试，或者打电话问发文机关。",
        "Too many tries. Try again in 15 minutes, or call the body that issued it.",
    ),
    "cases.verifying.none": ("没有这份文书", "There is no such paper"),
    "cases.verifying.none.do": (
        "二维码里的核验码不对应任何一份文书。如果是照着纸扫的，这份文书可能是假的：不要照办，打电话问发文机关，"
        "或者打 12345。",
        "This code belongs to no paper. If you scanned it from a paper, the paper may be forged: do not act on it; call"
        " the body named on it, or 12345.",
    ),
    "cases.verifying.valid": (
        "这份文书是真的，{day}签发，现在有效。",
        "This paper is real, was issued on {day}, and holds today.",
    ),
    "cases.verifying.replaced": (
        "这份文书是真的，但自{at}起已被 {number} 替代，不要再用。",
        "This paper is real, but {number} replaces it as of {at}: do not use it any more.",
    ),
    "cases.verifying.suspended": (
        "这份文书是真的，但自{at}起暂停效力。",
        "This paper is real, but it is suspended as of {at}.",
    ),
    "cases.verifying.revoked": (
        "这份文书确实签发过，但自{at}起已被撤销，没有效力。",
        "This paper was really issued, but it was revoked as of {at} and has no effect.",
    ),
    "cases.verifying.altered": (
        "存着的内容和签发时不一样，请不要以它为准。我们已经看得到这个问题，请打电话问发文机关。",
        "What is stored is not what was issued: do not rely on it, and call the body that issued it.",
    ),
    "cases.verifying.kind": ("文书", "Paper"),
    "cases.verifying.number": ("字号", "Number"),
    "cases.verifying.body": ("发文机关", "Issued by"),
    "cases.verifying.holder": ("发给", "Issued to"),
    "cases.verifying.issued": ("签发时间", "Issued"),
    "cases.verifying.state": ("现在的状态", "Present state"),
    "cases.verifying.erased": ("内容已于{day}依法删除", "What it said was lawfully erased on {day}"),
    "cases.verifying.simulated": ("这是演示环境的模拟文书", "This is a simulated paper of a demonstration"),
    "cases.verifying.simulated.text": (
        "（演示）它没有任何效力，上面的单位和人都是编的。",
        "(simulated) It has no effect whatever; the bodies and persons on it are made up.",
    ),
    "cases.verifying.differs": ("和你手里的不一样？", "Does it differ from yours?"),
    "cases.verifying.differs.text": (
        "字号、机关、日期、姓氏，有一样对不上，就不要照着那张纸办。留着原件，打电话问发文机关，或者打 12345。",
        "If number, body, date or surname differ, do not act on the paper. Keep it, and call the body that issued it,"
        " or 12345.",
    ),
    "cases.verifying.private": (
        "这一页只说真伪和现状，不显示文书的内容。",
        "This page tells whether the paper is real and still holds; it never shows what the paper says.",
    ),
    "cases.verify.paper": ("{where} 的文书和出具时不一样。", "The paper {where} is not what was issued."),
    "cases.verify.paper_missing": ("{where} 的文书不见了。", "The paper {where} is gone."),
    "cases.verify.paper_extra": ("{where} 的文书没有出具记录。", "Nothing records that the paper {where} was issued."),
}
