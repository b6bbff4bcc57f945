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
    "cases.paper.reason.error": ("原文书有误，予以更正", "An error was corrected"),
    "cases.paper.reason.request": ("依持有人申请", "At the request of the holder"),
    "cases.paper.reason.breach": ("持有人违反条件", "The holder broke a condition"),
    "cases.paper.reason.unlawful": ("原决定不应作出，依法撤销", "It should not have been issued; revoked by law"),
    "cases.paper.reason.changed": ("情况或依据变化", "Facts or legal basis changed"),
    "cases.paper.reason.review": ("依复议决定或者裁判", "By a decision on review or a judgment"),
    "cases.paper.reason.renewed": ("已换发", "A new one was issued"),
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
}
