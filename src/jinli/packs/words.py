"""What the faults of a pack say to the person who edits it, in Chinese and English."""

from __future__ import annotations


def _at(chinese: str, english: str) -> tuple[str, str]:
    """Return words that begin with file, row and field."""
    return "{file} 第 {row} 行 {field}：" + chinese, "{file}, row {row}, {field}: " + english


def _file(chinese: str, english: str) -> tuple[str, str]:
    """Return words about a file as a whole."""
    return "{file}：" + chinese, "{file}: " + english


WORDS: dict[str, tuple[str, str]] = {
    "packs.refused": ("包里有 {count} 处要改", "{count} faults in the pack"),
    "packs.no_folder": _file("没有这个文件夹", "there is no such folder"),
    "packs.no_file": _file("缺这个文件", "this file is missing"),
    "packs.unknown_file": _file(
        "没有哪一节读这个文件，名称是不是写错了？认得的有：{expected}",
        "no section reads this file; is the name misspelt? Known: {expected}",
    ),
    "packs.not_utf8": _file(
        "不是 {expected} 编码（{found}）；请另存为 CSV UTF-8",
        "not {expected} ({found}); save it again as CSV UTF-8",
    ),
    "packs.no_header": _file("缺列名这一行，应为 {expected}", "the line with the column names is missing: {expected}"),
    "packs.not_geojson": _file(
        "不是 GeoJSON（{found}），应为 {expected}", "not GeoJSON ({found}), expected {expected}"
    ),
    "packs.not_a_calendar": _file("放假安排读不出（{found}）", "the calendar cannot be read ({found})"),
    "packs.person_in_facts": _file(
        "事实包里不放人；人员只放在演示层 {expected}",
        "a pack of facts holds no persons; they belong to an overlay such as {expected}",
    ),
    "packs.invalid_geometry": _file(
        "{field} 的边界不合格（{found}），应为首尾相接、不自交的 {expected}",
        "the border of {field} is not valid ({found}); expected a closed {expected} that does not cross itself",
    ),
    "packs.not_yaml": _at("不是正确的 YAML（{found}）", "not valid YAML ({found})"),
    "packs.not_a_mapping": _at("应为“键: 值”，写的是“{found}”", "expected keys with values, found “{found}”"),
    "packs.not_a_list": _at("应为列表，写的是“{found}”", "expected a list, found “{found}”"),
    "packs.unknown_field": _at("没有“{found}”这一项，认得的有：{expected}", "there is no “{found}”; known: {expected}"),
    "packs.field_twice": _at("“{found}”写了两次", "“{found}” is given twice"),
    "packs.too_many_cells": _at(
        "有 {found} 格，列名只有 {expected} 个；文字里有逗号就加引号",
        "{found} cells, but {expected} columns; put text with commas in quotes",
    ),
    "packs.authority_in_town": _at(
        "“{found}”是本镇的单位；下放的权力来自上级，受托的不能再委托（行政许可法第二十四条）。应为：{expected}",
        "“{found}” is a body of the town; a power comes from above, and who is entrusted entrusts no further "
        "(Licensing Law art. 24). Expected: {expected}",
    ),
    "packs.holder_above_town": _at(
        "“{found}”不是本镇的单位；写接下这项权力的本镇单位：{expected}",
        "“{found}” is no body of the town; name the one that received the power: {expected}",
    ),
    "packs.own_from_another": _at(
        "own 是本级法定的权力，不写来自谁（“{found}”）；是下放的就改 mode",
        "own is a power by law and comes from nobody (“{found}”); if it was handed down, change mode",
    ),
    "packs.half_a_bound": _at(
        "bound_fact 和 bound_most 要一起写（“{found}”）",
        "bound_fact and bound_most go together (“{found}”)",
    ),
    "packs.two_powers": _at(
        "同一事项的这一段时间（{found} 起）已有“{expected}”；先写前一项的 recalled_on",
        "“{expected}” already covers the same matter from {found} on; give that one a recalled_on first",
    ),
    "packs.missing": _at("没有填。应为：{expected}", "is empty. Expected: {expected}"),
    "packs.not_a_date": _at(
        "“{found}”不是日期，应为 {expected} 这样的写法", "“{found}” is not a date; write it like {expected}"
    ),
    "packs.not_a_number": _at("“{found}”不是数，应为 {expected}", "“{found}” is not a number; expected {expected}"),
    "packs.out_of_range": _at("“{found}”超出范围，应在 {expected}", "“{found}” is out of range; expected {expected}"),
    "packs.not_hours": _at(
        "“{found}”不是时段，应为 {expected}，先后不重叠",
        "“{found}” is no list of hours; write {expected}, in order and without overlap",
    ),
    "packs.not_marked_sample": _at(
        "样本的标题要写明，应为“{expected}”；改好了、核实过的，把 status 改成 confirmed",
        "the title of a sample says so: “{expected}”; once checked, set status to confirmed",
    ),
    "packs.date_elsewhere": _at(
        "“{found}”不是时间，不写日期样式；时间有：{expected}",
        "“{found}” is no moment and takes no date style; moments: {expected}",
    ),
    "packs.codes_elsewhere": _at(
        "“{found}”没有代码可以对应；有代码的：{expected}",
        "“{found}” has no code to map; those that have: {expected}",
    ),
    "packs.only_in_queue": _at(
        "“{found}”只在待办里有，应为 {expected}", "“{found}” is there in the queue only; expected {expected}"
    ),
    "packs.not_a_choice": _at("“{found}”不在可选范围，应为 {expected}", "“{found}” is not one of {expected}"),
    "packs.not_this_shape": _at(
        "“{found}”写法不对，应为 {expected} 这样的写法", "“{found}” has the wrong form; write it like {expected}"
    ),
    "packs.one_signature": _at(
        "一份文书要有且只有一个落款（signature），这里有 {found} 个",
        "a paper has exactly one block `signature`, here {found}",
    ),
    "packs.not_yes_or_no": _at("“{found}”应为 {expected}", "“{found}” should be {expected}"),
    "packs.duplicate": _at(
        "“{found}”重复，前面已经有了 {expected}", "“{found}” is given again; it stands above already {expected}"
    ),
    "packs.unknown_reference": _at("包里没有“{found}”。{expected}", "the pack has no “{found}”. {expected}"),
    "packs.ends_before_begin": _at(
        "止于 {found}，早于开始，应为 {expected}", "ends on {found}, before it begins; expected {expected}"
    ),
    "packs.chain_order": _at(
        "区划链不对（{found}），应自上而下到本镇：{expected}",
        "the chain of divisions is wrong ({found}); it goes down to the town: {expected}",
    ),
    "packs.unknown_zone": _at(
        "没有“{found}”这个时区，例如 {expected}", "there is no time zone “{found}”, such as {expected}"
    ),
    "packs.arbitration_in_town": _at(
        "裁定单位设在镇上（{found}）；裁定和吹哨办是区县的，应为 {expected}",
        "the arbitration office is in the town ({found}); arbitration belongs to the district: {expected}",
    ),
    "packs.arbiter_elsewhere": _at(
        "裁定人设在 {found} 单位，应设在 {expected} 单位",
        "an arbiter in a {found} body; expected a body of kind {expected}",
    ),
    "packs.parent_loop": _at("上级“{found}”绕回了自己", "the parent “{found}” leads back to the body itself"),
    "packs.two_names": _at(
        "同一登录名写了两个姓名：“{found}”和“{expected}”", "one sign-in name with two names: “{found}” and “{expected}”"
    ),
    "packs.not_marked_simulated": _at(
        "演示层里的名称要带（演示）：写的是“{found}”，应为“{expected}”",
        "names in a demonstration carry （演示）: found “{found}”, expected “{expected}”",
    ),
    "packs.other_base": _at(
        "这一层基于“{found}”，现在放在“{expected}”上", "this overlay is based on “{found}”, but laid over “{expected}”"
    ),
    "packs.half_a_point": _at("经度、纬度要么都填，要么都空", "give both longitude and latitude, or neither"),
    "packs.crs_missing": _at(
        "没有说明坐标系（写的是“{found}”），应为 {expected}",
        "the coordinate system is not said (found “{found}”); expected {expected}",
    ),
    "packs.half_a_limit": _at(
        "期限只写了一半（{found}）：数和单位要么都填，要么都空",
        "half a limit ({found}): give both amount and unit, or neither",
    ),
    "packs.limit_against_status": _at(
        "没有期限的，状态写 {expected}；有期限的不写 {expected}（写的是“{found}”）",
        "without a limit the status is {expected}, with one it is not (found “{found}”)",
    ),
    "packs.value_against_status": _at(
        "有数的写 confirmed 并写数，没有来源的写 unknown 并空着（写的是“{found}”，{expected}）",
        "with a value the status is confirmed, without one it is unknown (found “{found}”, {expected})",
    ),
    "packs.limit_missing": _at(
        "哨种“{found}”缺期限 {expected}", "the whistle kind “{found}” lacks the limit {expected}"
    ),
    "packs.limit_not_asked": _at(
        "流程不用期限“{found}”，它用的有：{expected}",
        "the procedure does not ask for the limit “{found}”; it asks for {expected}",
    ),
    "packs.procedure_against_offer": _at(
        "offered 是“{found}”，和流程对不上，应为 {expected}",
        "offered is “{found}”, which does not go with the procedure; expected {expected}",
    ),
    "packs.decided_elsewhere": _at(
        "写的是“{found}”：别的系统决定的事项，这里只能帮办，应为 {expected}；自己决定的不用 assisted",
        "found “{found}”: what another system decides is only assisted here ({expected}), and only that",
    ),
    "packs.licence_alone": _at(
        "类型是“{found}”，用了许可的流程；行政许可法只管许可，应为 {expected}，或者换流程",
        "kind “{found}” under the licensing procedure, which is for licences only: {expected}, or another procedure",
    ),
    "packs.no_certificate": _at(
        "“{found}”：别的系统决定的事项，这里不发证，也不出文书",
        "“{found}”: what another system decides gets no certificate or paper from here",
    ),
    "packs.limit_without_source": _at(
        "期限“{found}”没有写从哪里来，应填 {expected}；没有依据就空着，状态写 unknown",
        "the limit “{found}” does not say where it was read ({expected}); without a source leave it empty and unknown",
    ),
    "packs.promise_after_law": _at(
        "承诺“{found}”比法定的晚到期，应 {expected}（括号里是从哪天收件起）",
        "the promise “{found}” falls due after the law: {expected} (handed in on the day in brackets)",
    ),
    "packs.held_already": _at(
        "“{found}”本镇可能已经有了，不能再要；应写 {expected}",
        "the town may hold “{found}” already and must not ask for it again; write {expected}",
    ),
    "packs.bundle_too_small": _at(
        "一件事里只有 {found} 个事项，至少要两个", "a bundle of {found} items is none; at least two are needed"
    ),
    "packs.bundle_not_online": _at(
        "“{found}”不能在网上办，不能放进一件事，应为 {expected}",
        "“{found}” cannot be applied for online and has no place in a bundle; expected {expected}",
    ),
    "packs.bundle_itself_later": _at(
        "要等几个月的事项不能自动提交，应为 {expected}",
        "an item that waits for months is never sent by itself; expected {expected}",
    ),
    "packs.bundle_circle": _at("先后绕成了圈：{found}", "these items wait for each other in a circle: {found}"),
    "packs.bundle_conflict": _at(
        "同一个字段两处问法不同：{found}；{expected}。改一处的编码，或者改成一样",
        "the same field is asked in two ways: {found}; {expected}. Give one another code, or make them alike",
    ),
    "packs.bundle_nobody": _at(
        "没有一种申请人能办全部这些事项：{found}", "no kind of applicant can apply for all of these: {found}"
    ),
}
