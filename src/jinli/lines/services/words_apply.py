"""Words of applying for a government matter: refusals, and what an applicant reads."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.limit.house": ("平台约定", "House rule"),
    "services.apply.not_yours": ("窗口收件归综合窗口办。", "Applications at the counter are taken by a window clerk."),
    "services.apply.not_here": (
        "这件事不在这里申请，请看事项页上写的办理地点。",
        "This matter is not applied for here; its page says where.",
    ),
    "services.apply.nobody_receives": (
        "这件事还没有写明由哪个窗口收、哪个单位办，暂时收不了，请到镇公共服务中心窗口问。",
        "Nobody is named yet to receive and handle this matter; please ask at the counter of the service centre.",
    ),
    "services.apply.not_for_you": (
        "这件事不是给这类申请人办的，请看“谁能办”。",
        "This matter is not for this kind of applicant; see who may apply.",
    ),
    "services.apply.name_missing": ("请填申请人的姓名或名称。", "Give the name of the applicant."),
    "services.apply.telephone_missing": (
        "请填一个能联系到申请人的电话：缺材料时要告诉你。",
        "Give a telephone number: you are told there when something is missing.",
    ),
    "services.apply.situation_missing": ("请选一项：要哪些材料看这个答案。", "Choose one: the materials depend on it."),
    "services.apply.mandate_over": (
        "授权已经过期，请申请人重新授权，或者本人来办。",
        "The mandate has ended; ask the applicant for a new one, or to come in person.",
    ),
    # kinds of applicants
    "services.applies_as.person": ("个人", "A person"),
    "services.applies_as.household": ("个体工商户或家庭", "A self-employed business or a household"),
    "services.applies_as.enterprise": ("企业", "A firm"),
    "services.applies_as.organisation": ("其他组织", "Another organisation"),
    # the steps
    "services.stages": ("办理步骤", "Steps"),
    "services.stage.begin": ("1 谁来办", "1 Who applies"),
    "services.stage.fill": ("2 填表、交材料", "2 Form and materials"),
    "services.stage.check": ("3 核对、提交", "3 Check and send"),
    # who applies
    "services.begin.lead": (
        "镇里已经有的，不再问你；填到一半可以存着，30 天内接着办。",
        "What the town holds already is not asked again; you can stop at any time and go on within 30 days.",
    ),
    "services.begin.lead.counter": (
        "替到窗口来的人填。镇里已经有的会自己带出来，请念给申请人核对。",
        "Fill in for whoever came. What the town holds comes by itself; read it out for checking.",
    ),
    "services.begin.draft": ("这件事你已经开始填了。", "You began this already."),
    "services.begin.draft.go": ("接着填", "Go on"),
    "services.begin.who": ("申请人", "Applicant"),
    "services.begin.kind": ("你是哪一类申请人", "What kind of applicant are you"),
    "services.begin.name": ("姓名或名称", "Name"),
    "services.begin.id_number": ("证件号码", "Number of the card or licence"),
    "services.begin.telephone": ("联系电话", "Telephone"),
    "services.begin.address": ("联系地址", "Address"),
    "services.begin.known": ("来自身份核验", "As your sign-in says"),
    "services.begin.card": (
        "看过身份证或营业执照原件再填；号码填完以后只显示前后几位。",
        "Look at the original card or licence first; afterwards only the ends of the number are shown.",
    ),
    "services.begin.situation": ("你的情形", "Your situation"),
    "services.begin.situation.lead": (
        "只问会改变材料的问题，没用的一个也不问。",
        "Only questions that change what you need to bring.",
    ),
    "services.begin.agent": ("有人代办的，点这里填", "Somebody acts for the applicant? Open this"),
    "services.begin.agent.lead": (
        "写明谁代办、办到哪一步、到哪天为止；委托书在下一步交。没有人代办就不用填。",
        "Say who acts, how far, and until when; the mandate is handed in on the next page. Leave empty otherwise.",
    ),
    "services.begin.agent_name": ("代办人姓名", "Name of the agent"),
    "services.begin.agent_id_number": ("代办人身份证号", "Identity number of the agent"),
    "services.begin.agent_what": ("委托办什么", "What the agent may do"),
    "services.begin.agent_until": ("委托到哪天（含当天）", "Until which day (included)"),
    "services.begin.next": ("下一步：填表", "Next: the form"),
    # sign-in of applicants
    "services.identity": ("登录可以少填", "Sign in to fill in less"),
    "services.identity.in": (
        "你已登录，镇里已经有的会自己带出来。",
        "You are signed in; what the town holds comes by itself.",
    ),
    "services.identity.why": (
        "登录以后，镇里已经有的不用再填；不登录也能办，用编号和查询码查进展。",
        "Signed in, you need not type what the town holds. Without it you follow your case by number and code.",
    ),
    "services.identity.none": (
        "不用登录。交了以后用编号和查询码查进展。",
        "No sign-in is needed. You follow your case by number and code.",
    ),
    "services.identity.sign_in": ("用电子身份登录", "Sign in with your electronic identity"),
    "services.sign_in.not_reached": (
        "身份核验系统现在连不上，请过一会儿再试；不登录也能办。",
        "The identity provider cannot be reached now; try later, or apply without sign-in.",
    ),
    "services.sign_in.refused": ("没有登录成功，可以再试一次。", "You were not signed in; you can try again."),
    "services.sign_in.not_ours": (
        "这次登录不是从这个浏览器开始的，请重新登录。",
        "This sign-in was not begun in this browser; begin again.",
    ),
    "services.sign_in.token": (
        "身份核验系统的答复验不过，没有登录，请重新登录。",
        "The answer of the identity provider could not be verified; you are not signed in. Begin again.",
    ),
    "services.sign_in.over": ("登录隔得太久，请重新登录。", "The sign-in took too long; begin again."),
    "services.simulated.title": ("模拟的电子身份（演示）", "Simulated electronic identity （演示）"),
    "services.simulated.loud": (
        "这不是真的身份核验，只在演示里有。",
        "This is not a real identity provider; it exists in the demonstration only.",
    ),
    "services.simulated.more": (
        "下面的人和企业都是编的，证件号码不属于任何人。不要在这里填真实信息。",
        "The persons and the firm below are invented and their numbers belong to nobody. Type nothing real here.",
    ),
    "services.simulated.who": ("这次当谁", "Who are you this time"),
    "services.simulated.go": ("当这个人登录", "Sign in as this one"),
    "services.simulated.alone": (
        "这一页要从申请页的“登录”进来。",
        "This page is reached by “Sign in” on the page of an application.",
    ),
    # what the town holds
    "services.held.case": ("{day}办理《{title}》时填写（{number}）", "Stated {day} in {title} ({number})"),
    "services.held.record": ("{day}由身份核验或窗口记录", "Recorded {day} from an identity check or at the counter"),
    "services.held.change": ("不对，改一下", "That is wrong, change it"),
    "services.held.change.hint": ("填了就用新的；空着就用上面的。", "What you type counts; empty keeps what is above."),
    # the form
    "services.fill.intro": (
        "填错了会在那一项告诉你，已填的都在。",
        "Mistakes are shown at their field; nothing is lost.",
    ),
    "services.fill.back": ("改申请人或情形", "Change applicant or situation"),
    "services.fill.form": ("申请表", "Form"),
    "services.fill.unit": ("（{unit}）", " ({unit})"),
    "services.fill.entry": ("{name} {number}", "{name} {number}"),
    "services.fill.add": ("再填一份：{name}", "One more: {name}"),
    "services.fill.materials": ("材料", "Materials"),
    "services.fill.materials.lead": (
        "照片或 PDF 都行，每份 10 MB 以内。现在没有的也可以先交：窗口会一次告诉你还缺什么。",
        "Photographs or PDF, 10 MB each. You may send without some: you are told once and in full what is missing.",
    ),
    "services.fill.file": ("上传：{name}", "Upload: {name}"),
    "services.fill.remove": ("删掉", "Remove"),
    "services.fill.remove.named": ("删掉 {name}", "Remove {name}"),
    "services.fill.is_form": ("就是上面填的这张表，不用另交", "This is the form above; nothing else to hand in"),
    "services.fill.held": ("镇里已经有，不用再交", "The town has it; not asked again"),
    "services.fill.from_government": (
        "这是政府部门出的，能查到就由窗口查，不用你跑。",
        "An office issues this; the counter looks it up where it can.",
    ),
    "services.fill.mandate": ("委托书", "Mandate"),
    "services.fill.seen": ("看过原件：{name}", "Original seen: {name}"),
    "services.fill.offer": ("现在交不出{name}？", "You do not have “{name}” now?"),
    "services.fill.offer.none": ("现在交，或者等窗口告知", "Hand it in now, or wait to be told"),
    "services.fill.offer.later": (
        "先受理，受理后 {days} 个工作日内补交（容缺受理）",
        "Accept now, hand it in within {days} working days after acceptance",
    ),
    "services.fill.offer.later.unknown": (
        "先受理，以后补交（容缺受理），期限由受理的人写明",
        "Accept now, hand it in later; whoever accepts says until when",
    ),
    "services.fill.offer.promise": (
        "书面承诺符合要求，不交这份材料（告知承诺）；事后会核查，不属实的撤销决定",
        "Promise in writing instead of handing it in; it is checked later, and a false promise undoes the decision",
    ),
    "services.fill.next": ("下一步：核对", "Next: check"),
    "services.fill.later": ("先存着，以后再填", "Save and go on later"),
    # how a material stands
    "services.yours.given": ("已交", "Handed in"),
    "services.yours.held": ("镇里已有，不用交", "Held by the town, not asked"),
    "services.yours.missing": ("还没交", "Not handed in yet"),
    "services.yours.offered_later": ("申请以后补交（容缺）", "Offered for later"),
    "services.yours.later": ("已容缺受理，等你补交", "Accepted against a promise; to be handed in"),
    "services.yours.promised": ("以书面承诺代替", "A written promise stands for it"),
    "services.yours.waived": ("免交", "Waived"),
    # check and send
    "services.check.title": ("核对以后提交", "Check, then send"),
    "services.check.change": ("修改", "Change"),
    "services.check.changed": ("你改过，和镇里原来记的不同", "Changed by you; the town held something else"),
    "services.check.agent": ("（{what}，到 {until} 为止）", "({what}, until {until})"),
    "services.check.lacking": ("还没交：{names}", "Not handed in: {names}"),
    "services.check.lacking.do": (
        "现在也可以提交。窗口会在期限内一次告诉你要补什么、补到哪天；一直不补会退件，补齐了可以重新申请。",
        "You can send now. You are told once what to supply and until when; if it never comes the application is"
        " returned, and you may apply anew.",
    ),
    "services.check.after": ("提交以后", "What happens then"),
    "services.check.send": ("提交申请", "Send the application"),
    "services.check.send.counter": ("收件，打印凭证", "Take it in and print the receipt"),
    "services.steps.at_once": ("马上", "At once"),
    "services.steps.receipt": ("给你编号和查询码。", "You get a number and a code."),
    "services.steps.latest": ("最迟 {due}", "By {due} at the latest"),
    "services.steps.accept": (
        "受理，或者一次告诉你还缺什么。",
        "It is accepted, or you are told once what is missing.",
    ),
    "services.steps.submit": ("窗口帮你提交到办理这件事的系统。", "The counter enters it where it is decided."),
    "services.steps.limit": ("{limit}，{source}", "{limit}, {source}"),
    "services.steps.decide": ("作出决定。", "It is decided."),
    "services.steps.decide.when": ("受理后 {limit} 内", "Within {limit} of acceptance"),
    "services.steps.decide.promised": ("承诺 {limit}（{source}）", "promised {limit} ({source})"),
    "services.steps.decide.law": ("法定 {limit}（{source}）", "by law {limit} ({source})"),
    "services.steps.decide.unknown.when": ("期限未知（无来源）", "Limit unknown (no source)"),
    "services.steps.decide.unknown": (
        "受理的人会当场承诺一个期限，写在受理通知里。",
        "Whoever accepts it promises a limit and writes it into the notice of acceptance.",
    ),
    "services.steps.later.when": ("受理后 {days} 个工作日内", "Within {days} working days of acceptance"),
    "services.steps.later.unknown": ("受理通知写明的日期前", "By the day in the notice of acceptance"),
    "services.steps.later": ("你补交说好以后交的材料。", "You hand in what you offered for later."),
    "services.steps.later.note": (
        "不补的，审查不停，办的人会收到提醒；缺这份材料可能得不到批准。",
        "If it never comes the examination goes on and the office is told; lacking it you may be refused.",
    ),
    "services.steps.silence": (
        "到期没有答复，不等于同意，也不等于不同意：会显示逾期，一直催到办。",
        "No answer by the due day means neither yes nor no: it is shown as overdue until it is answered.",
    ),
    "services.steps.silence.note": (
        "行政许可五个工作日内没有受理也没有告知的，视为受理（行政许可法第三十二条）。",
        "A licence neither accepted nor answered within five working days counts as accepted (Licensing Law art. 32).",
    ),
    # drafts
    "services.saved.title": ("已经存好", "Saved"),
    "services.saved.code": ("接着办的码", "Code to go on with"),
    "services.saved.how": (
        "换一台手机，或者到窗口，凭这个码接着填。登录过的，登录就能看到。",
        "Use it on another device or at the counter. If you signed in, signing in again is enough.",
    ),
    "services.saved.until": ("存到 {until}，到时没有提交就删掉", "Kept until {until}; erased then if not sent"),
    "services.saved.go": ("接着填", "Go on"),
    "services.draft.gone": (
        "这份草稿已经提交或者过期删掉了，请重新开始。",
        "This draft was sent or has been erased; please begin anew.",
    ),
    "services.draft.changed_meanwhile": (
        "这份草稿刚在别处改过。你填的还在下面，看一遍再按“下一步”。",
        "This draft was changed elsewhere just now. What you typed is below; look it through and go on.",
    ),
    "services.draft.too_many_files": ("一份申请最多 {most} 个文件。", "At most {most} files in one application."),
    # the receipt
    "services.receipt.title": ("已收件", "Received"),
    "services.receipt.number": ("编号", "Number"),
    "services.receipt.code": ("查询码", "Code"),
    "services.receipt.once": (
        "查询码只显示这一次，请拍照或打印。有编号和查询码，就能查进展、补材料。",
        "The code is shown this once; photograph or print it. With number and code you follow the case and supply.",
    ),
    "services.receipt.print": ("打印凭证", "Print the receipt"),
    "services.receipt.follow": ("看进展", "See how it stands"),
    "services.receipt.gone": ("凭证已经收起", "The receipt is put away"),
    "services.receipt.gone.do": (
        "凭证只显示十分钟。请用编号和查询码查进展。",
        "A receipt is shown for ten minutes. Use number and code to follow the case.",
    ),
}
