"""Wording of what is wrong at a field of a form that is data."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "domain.form.missing": ("请填写这一项。", "Fill this in."),
    "domain.form.not_chosen": ("请选一项。", "Choose one."),
    "domain.form.no_such_choice": (
        "这个答案不在可选的里面，请重新选。",
        "This is not one of the answers; choose again.",
    ),
    "domain.form.no_entry": ("至少填一份。", "Fill in at least one entry."),
    "domain.form.too_many_entries": ("最多填 {most} 份。", "At most {most} entries."),
    "domain.form.too_long": (
        "最多 {most} 个字，现在是 {length} 个。",
        "At most {most} characters; there are {length}.",
    ),
    "domain.form.not_whole": ("请填整数，例如 3。", "Give a whole number, such as 3."),
    "domain.form.not_money": (
        "请填金额，最多两位小数，例如 1200.50。",
        "Give an amount with at most two decimals, such as 1200.50.",
    ),
    "domain.form.not_area": (
        "请填面积，最多两位小数，例如 85.5。",
        "Give an area with at most two decimals, such as 85.5.",
    ),
    "domain.form.too_low": ("不能小于 {lowest}。", "Not less than {lowest}."),
    "domain.form.too_high": ("不能大于 {highest}。", "Not more than {highest}."),
    "domain.form.not_date": ("请填日期，例如 2026-09-28。", "Give a day, such as 2026-09-28."),
    "domain.form.not_month": ("请填年月，例如 2026-09。", "Give a month, such as 2026-09."),
    "domain.form.too_early": ("不能早于 {lowest}。", "Not before {lowest}."),
    "domain.form.too_late": ("不能晚于 {highest}。", "Not after {highest}."),
    "domain.form.not_telephone": (
        "请填电话号码：7 到 15 位数字，固定电话带区号。",
        "Give a telephone number of 7 to 15 digits, with the area code.",
    ),
    "domain.form.not_id_number": (
        "身份证号是 18 位，最后一位可以是 X；现在是 {length} 位。",
        "An identity number has 18 characters, the last may be X; there are {length}.",
    ),
    "domain.form.not_credit_code": (
        "统一社会信用代码是 18 位数字和字母；现在是 {length} 位。",
        "A unified social credit code has 18 digits and letters; there are {length}.",
    ),
    "domain.form.not_bank_account": (
        "银行账号只有数字，8 到 30 位；现在是 {length} 位。",
        "A bank account has 8 to 30 digits and nothing else; there are {length}.",
    ),
    "domain.form.check_digit.id_number": (
        "号码的校验位不对，多半是抄错了一位，请对着身份证再看一遍。",
        "The check digit does not fit: most likely one digit was copied wrongly. Compare it with the card.",
    ),
    "domain.form.check_digit.credit_code": (
        "代码的校验位不对，多半是抄错了一位，请对着营业执照再看一遍。",
        "The check digit does not fit: most likely one character was copied wrongly. Compare it with the licence.",
    ),
    "domain.form.check_digit.bank_account": (
        "卡号的校验位不对，多半是抄错了一位，请对着银行卡再看一遍。",
        "The check digit does not fit: most likely one digit was copied wrongly. Compare it with the card.",
    ),
}
