"""Words of the rules: why a move is closed, what a form lacks, what is unsound in a procedure."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # moves: what is missing, or whose it is
    "domain.move.unknown": (
        "没有“{move}”这个办理动作。打开最新的一页再办。",
        "There is no move “{move}”. Open the present page and act from there.",
    ),
    "domain.move.unknown_assignment": (
        "这件没有这一份承办（{assignment}）。打开最新的一页再办。",
        "This case has no such assignment ({assignment}). Open the present page and act from there.",
    ),
    "domain.move.already_open": ("这件已经登记，不用再登记。", "This case is entered already; nothing to do."),
    "domain.move.channel": (
        "这一步不能从“{channel}”办。换页面、电话代录或一次性链接。",
        "This move is not open by “{channel}”. Use the page, the telephone entry or the one-time link.",
    ),
    "domain.move.needs": ("还差：{field}。", "Missing: {field}."),
    "domain.move.in_the_future": (
        "时间不能晚于现在。改成事情发生的时间。",
        "The moment lies in the future. Give the moment at which it happened.",
    ),
    "domain.move.clock_went_back": (
        "系统时间比上一条记录还早，先不能写入。请管理员校准时间。",
        "The system's clock is behind the last entry; nothing is written. Ask the administrator to set the clock.",
    ),
    "domain.move.no_back_recording": (
        "这一步不能补录，时间就是现在。把时间留空。",
        "This move cannot be recorded afterwards; leave the moment empty.",
    ),
    "domain.move.before_it_began": (
        "补录的时间早于这件开始的时间。核对后重填。",
        "The moment given is before this began. Check it and type it again.",
    ),
    "domain.move.back_recording_too_late": (
        "补录已过期限。按现在的时间办，情况写在备注里。",
        "It is too late to record this afterwards. Act as of now and put what happened in a note.",
    ),
    "domain.move.not_your_duty": ("归{duty}办。", "It is for: {duty}."),
    "domain.move.not_from_here": (
        "现在的环节是“{stage}”；到“{sources}”才能办。",
        "The stage is now “{stage}”; it opens in “{sources}”.",
    ),
    "domain.move.not_by_the_same": (
        "做过“{other}”的不能再办这一步，要换人（单位）办。",
        "Whoever did “{other}” may not do this; somebody else has to.",
    ),
    "domain.move.cap_reached": ("最多 {cap} 次，已经用完。", "At most {cap}; all used."),
    "domain.move.only_if": ("只在“{fact}”时开放。", "Open only when: {fact}."),
    "domain.move.after": ("要先有“{other}”。", "It needs “{other}” first."),
    "domain.move.clock_over": (
        "“{clock}”没有在计时，或已经到期，不再受理。",
        "“{clock}” is not running or is past due; it is no longer taken.",
    ),
    # whose power it is, at every sealed act
    "domain.competence.no_item": (
        "这件没有写是哪个事项，查不到赋权，不能盖章。先补上事项。",
        "The case names no matter, so no power can be found; nothing is sealed. Name the matter first.",
    ),
    "domain.competence.none": (
        "赋权登记里没有这个事项（{item}），本镇不能盖章。要办就移送，或请管理员登记依据。",
        "The register of powers does not have this matter ({item}); the town seals nothing. Hand it over, or have the "
        "administrator enter the basis.",
    ),
    "domain.competence.unknown": (
        "这个事项（{item}）怎样下放没有来源，不能盖章。管理员在赋权登记里补上依据。",
        "No source says how this matter ({item}) came to the town; nothing is sealed. The administrator fills in the "
        "basis in the register of powers.",
    ),
    "domain.competence.not_yet": (
        "{day}起才归本镇，依据：{instrument}。",
        "It is the town’s only from {day} on; by {instrument}.",
    ),
    "domain.competence.recalled": (
        "{day}起已收回，归{authority}办；依据：{instrument}。把这件移送过去，时限不变。",
        "Taken back as of {day} and now for {authority}; by {instrument}. Hand the case over: the limits stay.",
    ),
    "domain.competence.front_desk": (
        "本镇只设窗口，由{authority}自己的人盖章决定。",
        "Only the desk stands in town; people of {authority} themselves seal and decide.",
    ),
    "domain.competence.other_name": (
        "受托事项：要以{authority}的名义办。在页面上方换成受托的名义。",
        "The matter is entrusted: act in the name of {authority}. Change the hat at the top of the page.",
    ),
    "domain.competence.not_yours": (
        "这项权力给的是{body}；只有它和它下面的机构能盖章。",
        "The power was given to {body}; only it and the offices below it seal.",
    ),
    "domain.competence.entrusts_no_further": (
        "{body}是受托的，不能再委托别人（行政许可法第二十四条）；由它自己或{authority}办。",
        "{body} is itself entrusted and entrusts no further (Licensing Law art. 24); it or {authority} acts.",
    ),
    "domain.competence.beyond": (
        "超出赋权范围：{fact} 为 {found}，最多 {most} {unit}。归{authority}办，移送过去。",
        "Beyond the power: {fact} is {found}, at most {most} {unit}. It is for {authority}; hand it over.",
    ),
    "domain.competence.bound_missing": (
        "赋权有范围，这件没有写“{fact}”。补上再决定。",
        "The power has a bound and the case does not state “{fact}”. Fill it in, then decide.",
    ),
    "domain.competence.external": (
        "这件由别的系统决定，这里不盖章。",
        "Another system decides this case; nothing is sealed here.",
    ),
    "domain.move.pause_until": (
        "写明最迟恢复的时间，要晚于现在。",
        "Say when it resumes at the latest; it has to be after now.",
    ),
    "domain.move.no_limit": (
        "“{clock}”没有期限。选定标准或种类后再办，不猜。",
        "“{clock}” has no limit. Choose the standard or kind first; none is guessed.",
    ),
    "domain.move.body_missing": (
        "还没定谁来办（{field}）。先选单位。",
        "Nobody is named ({field}). Choose the body first.",
    ),
    "domain.move.already_assigned": (
        "{body}已经在办这件，不用再派。",
        "{body} works on this case already; no need to send it again.",
    ),
    # what a move asks for
    "domain.field.reason": ("理由", "reason"),
    "domain.field.legal_basis": ("法律依据", "legal basis"),
    "domain.field.reply": ("答复", "reply"),
    "domain.field.result": ("办理结果", "result"),
    "domain.field.note": ("说明", "note"),
    "domain.field.amount": ("延长多少", "how much longer"),
    "domain.field.answer": ("怎么答的", "answer"),
    "domain.field.clock": ("哪个时限", "which clock"),
    "domain.field.decision": ("决定", "decision"),
    "domain.field.duty_line": ("职责清单条目", "line of the duty list"),
    "domain.field.exit": ("去向", "exit"),
    "domain.field.handler": ("谁来办", "who handles it"),
    "domain.field.kind": ("种类", "kind"),
    "domain.field.lead": ("主办单位", "lead body"),
    "domain.field.assisting": ("协办单位", "assisting bodies"),
    "domain.field.material": ("材料", "material"),
    "domain.field.person": ("经办人", "person"),
    "domain.field.promise": ("承诺的期限", "promised limit"),
    "domain.field.rated": ("评价对象", "who is rated"),
    "domain.field.rating": ("评价", "rating"),
    "domain.field.standard": ("立案标准", "class standard"),
    "domain.field.started_at": ("起算时间", "start"),
    "domain.field.until": ("最迟恢复时间", "latest resumption"),
    "domain.field.happened_at": ("发生时间", "when it happened"),
    "domain.field.late_reason": ("补录的理由", "why it is recorded afterwards"),
    "domain.field.body": ("单位", "body"),
    # who may act, relative to the case
    "domain.duty.owner": ("责任单位", "the responsible body"),
    "domain.duty.assigned": ("承办单位", "the assigned body"),
    "domain.duty.handler": ("经办单位", "the handling body"),
    "domain.duty.arbiter": ("区级裁定单位", "the district's arbitration"),
    "domain.duty.leader": ("值班领导", "the leader on duty"),
    "domain.duty.reporter": ("报告人", "the reporter"),
    "domain.duty.applicant": ("申请人", "the applicant"),
    "domain.duty.any": ("任何人", "anybody"),
    "domain.duty.system": ("系统", "the system"),
    "domain.duty.verifier": ("核查人", "the verifier"),
    "domain.role.grid_worker": ("网格员", "grid workers"),
    "domain.role.village_officer": ("村（居）干部", "village officers"),
    "domain.role.window_clerk": ("综合窗口", "window clerks"),
    "domain.role.command_centre": ("指挥中心", "the command centre"),
    "domain.role.department_officer": ("部门经办人", "department officers"),
    "domain.role.department_head": ("部门负责人", "heads of departments"),
    "domain.role.arbiter": ("区级裁定单位", "the district's arbitration"),
    "domain.role.town_head": ("镇主要领导", "the town head"),
    "domain.role.administrator": ("系统管理员", "the administrator"),
    "domain.channel.page": ("页面", "page"),
    "domain.channel.link": ("一次性链接", "one-time link"),
    "domain.channel.slip": ("纸质单二维码", "printed slip"),
    "domain.channel.telephone": ("电话代录", "telephone"),
    "domain.channel.system": ("系统", "system"),
    "domain.channel.api": ("接口", "interface"),
    # procedures as data: told to the author of a pack
    "domain.procedure.faults": (
        "流程 {procedure} 有 {count} 处不成立，没有装入。",
        "Procedure {procedure} has {count} faults and was not loaded.",
    ),
    "domain.procedure.unknown_word": (
        "{where}：不认识“{word}”，可用的有：{known}",
        "{where}: “{word}” is not a word of the grammar; known: {known}",
    ),
    "domain.procedure.title_missing": (
        "{where}：缺中文或英文名称",
        "{where}: the Chinese or English title is missing",
    ),
    "domain.procedure.unreadable": ("{where}：读不懂（{why}）", "{where}: cannot be read ({why})"),
    "domain.procedure.limit_missing": (
        "{where}：要写期限（limit）或由哪一项给出（term）",
        "{where}: needs a limit, or the term that gives it",
    ),
    "domain.procedure.outcome_missing": (
        "{where}：终点要写结果，可用的有：{known}",
        "{where}: a final stage needs an outcome; known: {known}",
    ),
    "domain.procedure.unknown_need": ("{where}：不认识所需的“{need}”", "{where}: unknown need “{need}”"),
    "domain.procedure.pause_without_article": (
        "{where}：暂停必须写明法条",
        "{where}: a pause needs its article",
    ),
    "domain.procedure.unknown_stage": (
        "{where}：没有环节“{stage}”，可用的有：{known}",
        "{where}: no stage “{stage}”; known: {known}",
    ),
    "domain.procedure.one_initial_move": (
        "{where}：必须有且只有一个起始动作",
        "{where}: needs exactly one initial move",
    ),
    "domain.procedure.unknown_body": (
        "{where}：不认识“{body}”，可用的有：{known}",
        "{where}: unknown body “{body}”; known: {known}",
    ),
    "domain.procedure.unknown_term": (
        "{where}：没有期限项“{term}”，可用的有：{known}",
        "{where}: no term “{term}”; known: {known}",
    ),
    "domain.procedure.no_assignment_track": (
        "{where}：没有承办（assignment）一轨，时限无处可挂",
        "{where}: there is no assignment track for this clock",
    ),
    "domain.procedure.on_due_not_a_system_move": (
        "{where}：到期动作“{move}”必须是系统动作",
        "{where}: the move on due “{move}” has to be a system move",
    ),
    "domain.procedure.unknown_clock": (
        "{where}：没有时限“{clock}”，可用的有：{known}",
        "{where}: no clock “{clock}”; known: {known}",
    ),
    "domain.procedure.clock_of_other_track": (
        "{where}：时限“{clock}”属于另一轨",
        "{where}: clock “{clock}” belongs to the other track",
    ),
    "domain.procedure.nobody_may": ("{where}：没写谁能办", "{where}: nobody may make this move"),
    "domain.procedure.system_issues_paper": (
        "{where}：自动发生的动作不出文书（{paper}），要由人来办",
        "{where}: what happens by itself issues no paper ({paper}); a person must do it",
    ),
    "domain.procedure.mirror_issues_paper": (
        "{where}：在别的系统里决定的事项，这里不出文书（{paper}）",
        "{where}: what another system decides gets no paper here ({paper})",
    ),
    "domain.procedure.paper_twice": (
        "{where}：同一种文书写了两次（{paper}），删掉一个",
        "{where}: the same kind of paper stands twice ({paper}); remove one",
    ),
    "domain.procedure.unknown_move": ("{where}：没有动作“{move}”", "{where}: no move “{move}”"),
    "domain.procedure.unknown_when": ("{where}：不认识条件“{when}”", "{where}: unknown condition “{when}”"),
    "domain.procedure.pause_not_listed": (
        "{where}：时限“{clock}”没有列出暂停“{kind}”",
        "{where}: clock “{clock}” does not list the pause “{kind}”",
    ),
    "domain.procedure.pause_without_resume": (
        "{where}：暂停“{kind}”没有恢复的动作",
        "{where}: no move resumes the pause “{kind}”",
    ),
    "domain.procedure.no_initial_stage": ("{where}：没有起始环节", "{where}: no initial stage"),
    "domain.procedure.unreachable_stage": (
        "{where}：环节“{stage}”到不了",
        "{where}: stage “{stage}” cannot be reached",
    ),
    "domain.procedure.dead_end": (
        "{where}：环节“{stage}”走不出去",
        "{where}: nothing leads out of stage “{stage}”",
    ),
    "domain.procedure.no_clock": (
        "{where}：环节“{stage}”有一条路上没有时限在走",
        "{where}: on one path no clock runs in stage “{stage}”",
    ),
    "domain.money.amount": (
        "“{found}”不是金额。写元，最多两位小数，比如 10000 或者 10,000.50。",
        "“{found}” is no amount. Write yuan with two decimals at most, such as 10000 or 10,000.50.",
    ),
    "domain.grant.not_now": (
        "证照现在是“{state}”，不能“{act}”。",
        "The licence is {state}; it cannot be {act}.",
    ),
    "domain.grant.state.valid": ("有效", "valid"),
    "domain.grant.state.suspended": ("暂停", "suspended"),
    "domain.grant.state.revoked": ("已撤销", "revoked"),
    "domain.grant.state.cancelled": ("已注销", "cancelled"),
    "domain.grant.state.expired": ("已到期", "expired"),
    "domain.grant.state.replaced": ("已换发", "replaced"),
    "domain.grant.act.give": ("颁发", "given"),
    "domain.grant.act.suspend": ("暂停", "suspended"),
    "domain.grant.act.resume": ("恢复", "resumed"),
    "domain.grant.act.revoke": ("撤销", "revoked"),
    "domain.grant.act.cancel": ("注销", "cancelled"),
    "domain.grant.act.change": ("变更", "changed"),
    "domain.grant.act.renew": ("延续", "renewed"),
    "domain.grant.act.deemed_renewed": ("视为准予延续", "deemed renewed"),
    "domain.grant.act.expire": ("到期", "expired"),
    "domain.grant.act.replace": ("换发", "replaced"),
}
