"""Every text that people read, found by key, in Chinese and English."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.utils.translation import get_language

from jinli.domain.errors import DomainError
from jinli.ui.dates import day_text, moment_text

WORDS: dict[str, tuple[str, str]] = {
    # the frame of a page
    "ui.skip": ("跳到正文", "Skip to content"),
    "ui.simulated.label": ("演示环境", "Demonstration"),
    "ui.simulated": (
        "演示环境：单位、人员和办件均为模拟，名称带（演示）",
        "Demonstration: bodies, persons and cases are simulated; their names carry （演示）",
    ),
    "ui.simulated.public": (
        "演示环境：单位和人员为模拟，不会有人上门",
        "Demonstration: bodies and persons are simulated; nobody will come",
    ),
    "ui.staff.title": ("{town}工作台", "{town} workbench"),
    "ui.public.title": ("{town} • 居民报告", "{town} • Residents' reports"),
    "ui.public.track": ("查进展", "Check progress"),
    "ui.public.report": ("报告一个问题", "Report a problem"),
    "ui.public.other_ways": (
        "也可以打 12345，或到村（居）委会说。",
        "You can also call 12345 or tell your village committee.",
    ),
    "ui.nav": ("主菜单", "Main menu"),
    "ui.nav.more": ("更多", "More"),
    "ui.menu": ("菜单", "Menu"),
    "ui.search": ("查找", "Search"),
    "ui.search.placeholder": ("案号、事项、地点、当事人", "Number, matter, place, party"),
    "ui.hat": ("以谁的名义", "In whose name"),
    "ui.hat.change": ("换", "Change"),
    "ui.person": ("当前人员", "Signed in as"),
    "ui.notices": ("通知", "Notices"),
    "ui.notices.unread": ("通知 {count} 条未读", "Notices, {count} unread"),
    "ui.sign_in": ("登录", "Sign in"),
    "ui.sign_out": ("退出", "Sign out"),
    "ui.language": ("语言", "Language"),
    "ui.language.zh-hans": ("中文", "中文"),
    "ui.language.en": ("English", "English"),
    "ui.breadcrumb": ("位置", "You are here"),
    # parts of pages
    "ui.optional": ("（可不填）", " (optional)"),
    "ui.colon": ("：", ": "),
    "ui.comma": ("、", ", "),
    "ui.unknown": ("未知（无来源）", "Unknown (no source)"),
    "ui.field.fill": ("请填写这一项。", "Fill this in."),
    "ui.field.choose": ("请选一项。", "Choose one."),
    "ui.choose": ("请选择", "Choose"),
    "ui.yes": ("是", "Yes"),
    "ui.no": ("否", "No"),
    "ui.copy": ("复制", "Copy"),
    "ui.copied": ("已复制", "Copied"),
    "ui.print": ("打印", "Print"),
    "ui.print.page": ("打印这一页", "Print this page"),
    "ui.reveal": ("查看", "Show"),
    "ui.reveal.note": ("每次查看都有记录", "Each look is recorded"),
    "ui.locked.title": ("现在不能办", "Not open now"),
    "ui.locked": ("不能办", "Closed"),
    "ui.explain": ("怎么算的", "How it is counted"),
    "ui.explain.close": ("收起", "Close"),
    "ui.first_page": ("回到第一页", "First page"),
    "ui.next_page": ("再列 {count} 件", "Next {count}"),
    "ui.next_page.plain": ("下一页", "Next page"),
    "ui.pages": ("翻页", "Pages"),
    "ui.listed": ("已列 {shown} 件", "{shown} listed"),
    "ui.listed.of": ("共 {total} 件，已列 {shown} 件", "{shown} of {total} listed"),
    "ui.rate.of": ("{kept} ÷ {total}", "{kept} ÷ {total}"),
    "ui.rate.too_few": ("分母不到 {minimum}，不列比率", "Fewer than {minimum}: no rate shown"),
    "ui.rate.none": ("还没有可算的", "Nothing to count yet"),
    "ui.select.all": ("全选", "Select all"),
    "ui.select.one": ("选 {number}", "Select {number}"),
    "ui.select.count": ("已选 {count} 件", "{count} selected"),
    "ui.errors.title": ("有 {count} 处要改", "{count} to mend"),
    "ui.errors.kept": ("已填的都还在。", "What you typed is kept."),
    "ui.working": ("处理中", "Working"),
    # tones in words, so that nothing is said by colour alone
    "ui.tone.info": ("提示", "Note"),
    "ui.tone.warning": ("注意", "Attention"),
    "ui.tone.danger": ("逾期", "Overdue"),
    # clocks
    "ui.clock.running": ("计时中", "Running"),
    "ui.clock.week": ("本周到期", "Due this week"),
    "ui.clock.later": ("以后到期", "Due later"),
    "ui.clock.near": ("临近", "Near"),
    "ui.clock.late": ("逾期", "Overdue"),
    "ui.clock.paused": ("已暂停", "Paused"),
    "ui.clock.kept": ("按期", "Kept"),
    "ui.clock.broken": ("逾期", "Broken"),
    "ui.clock.broken_done": ("逾期才办", "Done late"),
    "ui.clock.broken_open": ("逾期还没办", "Overdue, not done"),
    "ui.clock.lapsed": ("期满（权利未用）", "Lapsed (right not used)"),
    "ui.clock.used": ("已行使", "Used"),
    "ui.clock.void": ("作废", "Void"),
    "ui.clock.provisional": ("暂定", "Provisional"),
    "ui.clock.provisional.note": (
        "跨入尚未公布放假安排的年份，公布后重算并通知关注的人。",
        "Runs into a year whose holidays are not published; counted again then, and watchers are told.",
    ),
    # where somebody else was faster
    "ui.conflict.title": ("这件刚才有人动过", "Somebody else acted just now"),
    "ui.conflict.lead": (
        "你打开以后，别人办了下面这些。你的这一步没有写入。",
        "The following was done after you opened the page. Your step was not recorded.",
    ),
    "ui.conflict.changes": ("其间的变化", "What changed meanwhile"),
    "ui.conflict.yours": ("你填的（还没写入）", "What you typed (not recorded)"),
    "ui.conflict.do": (
        "看一遍最新情况，还需要办就再办一次。",
        "Read the present state; if it is still needed, do it again.",
    ),
    "ui.conflict.reload": ("打开最新的一页", "Open the present page"),
    "ui.conflict.nothing": ("版本已变，没有可列的变化。", "The version is newer; there is nothing to list."),
    # pages for what went wrong
    "ui.error.400.title": ("这个请求看不懂", "This request cannot be read"),
    "ui.error.400.do": (
        "地址或表单不完整。退回上一页，检查后再提交；反复出现就告诉管理员。",
        "The address or form is incomplete. Go back, check and send again; if it recurs, tell the administrator.",
    ),
    "ui.error.403.title": ("这一页不归你看", "This page is not open to you"),
    "ui.error.403.do": (
        "可能没有登录、登录过期，或现在的名义不对。重新登录，或在上方换一个名义。",
        "You may be signed out, or wear another hat. Sign in again, or change the hat above.",
    ),
    "ui.error.404.title": ("没有这一页", "There is no such page"),
    "ui.error.404.do": (
        "地址可能写错了，也可能这件不归你所在的单位。从首页或查找进入。",
        "The address may be wrong, or the case belongs to another body. Start from the home page or the search.",
    ),
    "ui.error.409.title": ("刚才有人先办了", "Somebody else was first"),
    "ui.error.409.do": (
        "你的这一步没有写入。打开最新的一页，看过再办。",
        "Your step was not recorded. Open the present page, read it, then act.",
    ),
    "ui.error.429.title": ("太快了，先停一下", "Too many tries"),
    "ui.error.429.do": (
        "短时间内次数太多。过 15 分钟再试；急事打 12345。",
        "Too many in a short time. Try again in 15 minutes; if urgent call 12345.",
    ),
    "ui.error.500.title": ("系统出错了", "Something broke here"),
    "ui.error.500.do": (
        "这一步没有写入，时限照常计。稍后再试；还不行就告诉管理员出错的时间。",
        "Nothing was recorded; clocks run on. Try again later; if it stays, tell the administrator when it happened.",
    ),
    "ui.error.code": ("错误 {code}", "Error {code}"),
    "ui.error.home": ("回首页", "Home page"),
}


def _modules() -> Iterator[str]:
    """Yield the dotted names of all `words` and `words_*` modules of the rooms that are installed."""
    rooms = ["jinli.ui"]
    if apps.apps_ready:
        rooms += [one.name for one in apps.get_app_configs() if one.name.startswith("jinli.") and one.name not in rooms]
    for room in rooms:
        package = importlib.import_module(room)
        for found in pkgutil.iter_modules(package.__path__):
            if found.name == "words" or found.name.startswith("words_"):
                yield f"{room}.{found.name}"


def _collect() -> dict[str, tuple[str, str]]:
    """Return all words of all rooms; of a key given twice the first counts (a test forbids it)."""
    found: dict[str, tuple[str, str]] = {}
    for name in _modules():
        words: Mapping[str, tuple[str, str]] = importlib.import_module(name).WORDS
        found = {**words, **found}
    return found


def given_twice() -> list[str]:
    """Return the keys that more than one module gives."""
    keys = [key for name in _modules() for key in importlib.import_module(name).WORDS]
    return sorted({key for key in keys if keys.count(key) > 1})


@cache
def _collected(complete: bool) -> Mapping[str, tuple[str, str]]:
    return _collect()


def all_words() -> Mapping[str, tuple[str, str]]:
    """Return key -> (Chinese, English) of every installed room."""
    return _collected(apps.apps_ready)


def has_words(key: str) -> bool:
    """Return whether the key has words."""
    return key in all_words()


def tongue() -> str:
    """Return `zh` or `en`, whichever the reader's active language is nearer to."""
    return "en" if (get_language() or "").lower().startswith("en") else "zh"


def _value(value: object, reader: str) -> object:
    """Return a fact as the reader would write it; numbers and texts stay."""
    if isinstance(value, datetime):
        return moment_text(value, tongue=reader)
    if isinstance(value, date):
        return day_text(value, tongue=reader)
    if isinstance(value, (list, tuple, set, frozenset)):
        return say_in(reader, "ui.comma").join(str(_value(one, reader)) for one in value)
    return value


def say_in(language: str, key: str, /, **facts: object) -> str:
    """Return the words of `key` in a given language, `zh-hans` or `en`.

    Raises KeyError when the key or a fact that its words name is missing.
    """
    reader = "en" if language.lower().startswith("en") else "zh"
    chinese, english = all_words()[key]
    text = english if reader == "en" else chinese
    return text.format_map({name: _value(value, reader) for name, value in facts.items()}) if "{" in text else text


def say(key: str, /, **facts: object) -> str:
    """Return the words of `key` in the reader's language.

    Raises KeyError when the key or a fact that its words name is missing.
    """
    return say_in(tongue(), key, **facts)


def say_error(error: DomainError, titles: Mapping[str, str] | None = None) -> str:
    """Return what an error tells the person who caused it.

    A fact is said by what it is: `titles` (the names of the procedure's own stages, moves and clocks by code), the
    words of `domain.<fact>.<value>` (a need, a duty, a channel), or, when it is itself a key, its words.
    """
    facts = {name: _said(name, value, titles or {}) for name, value in error.facts.items()}
    return say(error.code, **facts)


def _said(name: str, value: object, titles: Mapping[str, str]) -> object:
    if isinstance(value, (list, tuple, set, frozenset)):
        return tuple(_said(name, one, titles) for one in value)
    if not isinstance(value, str):
        return value
    if value in titles:
        return titles[value]
    for key in (f"domain.{name}.{value}", f"domain.role.{value.partition('.')[2]}", value):
        if "." in key and has_words(key):
            return say(key)
    return _said(name, tuple(value.split(", ")), titles) if ", " in value else value
