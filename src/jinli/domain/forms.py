"""Forms as data: which fields are asked, what was typed means, and what is wrong at which field.

A form is a list of fields. A field may be asked only under an answer given before it, and a group of fields may be
repeated as a whole, such as one entry for each member of a family. What was typed is a flat mapping from the *path* of
a field to its text: `name`, `family[2].id_number` (entries count from 1); of a choice of several to a list of codes.
Check digits are not known here: whoever reads a form hands in the functions that test them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

GROUP, MANY, CHOICE, YES_NO = "group", "many", "choice", "yes_no"
YES, NO = "yes", "no"
#: Entries of a group when the form does not say how many there may be, and characters of texts.
MOST_ENTRIES: Final = 20
MOST_CHARACTERS: Final[Mapping[str, int]] = {"text": 200, "long_text": 2000, "person_name": 60, "address": 200}
_ENTRY = re.compile(r"^(?P<group>[a-z0-9_]+)\[(?P<number>[1-9][0-9]{0,2})\]\.(?P<field>.+)$")
_TELEPHONE = re.compile(r"\+?[0-9]{7,15}")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")

Typed = Mapping[str, "str | Sequence[str]"]
Check = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a form.

    Attributes
    ----------
    when : code of an answer given before (a question about the situation, or an earlier field) -> the answers under
        which this field is asked; all of them must hold. Empty: always.
    most : characters of a text, entries of a group.
    lowest, highest : bounds of numbers and days, as text.
    choices : codes of the answers that can be chosen.
    fields : the fields of one entry of a group.
    """

    code: str
    kind: str = "text"
    needed: bool = True
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most: int | None = None
    lowest: str = ""
    highest: str = ""
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong at one field: its path, the code of the rule and the facts its words need."""

    path: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A form as it was read.

    Attributes
    ----------
    asked : paths of the fields that are asked under the answers given, in the order of the form.
    values : field code -> value of every field that is asked and was filled in; of a group a list of such mappings.
    faults : everything that is wrong, in the order of the form.
    """

    asked: tuple[str, ...]
    values: Mapping[str, Any]
    faults: tuple[Fault, ...]


def read_form(
    fields: Sequence[Field],
    typed: Typed,
    *,
    situation: Mapping[str, str] | None = None,
    checks: Mapping[str, Check] | None = None,
    held: frozenset[str] = frozenset(),
) -> Reading:
    """Return which fields are asked, what they hold and every fault at its field.

    A field that is not asked is never needed and what stands in it is not kept. `checks` are functions by kind of
    field (`id_number`, `credit_code`, `bank_account`) that say whether a check digit is right; a kind without one is
    taken by its shape alone. `held` are fields the office has already: they may stay empty.
    """
    asked: list[str] = []
    faults: list[Fault] = []
    reader = _Reader(checks=checks or {}, held=held, asked=asked, faults=faults)
    values = reader.entry(fields, {_plain(path): value for path, value in typed.items()}, dict(situation or {}), "")
    return Reading(asked=tuple(asked), values=values, faults=tuple(faults))


def typed_of(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Return values as they would be typed: read again they give the same values."""
    return dict(_typed(fields, values, ""))


def _typed(fields: Sequence[Field], values: Mapping[str, Any], before: str) -> Iterator[tuple[str, str | list[str]]]:
    for one in fields:
        if one.code not in values:
            continue
        value = values[one.code]
        if one.kind == GROUP:
            for number, entry in enumerate(value, 1):
                yield from _typed(one.fields, entry, f"{before}{one.code}[{number}].")
        elif one.kind == MANY:
            yield f"{before}{one.code}", [str(code) for code in value]
        else:
            yield f"{before}{one.code}", str(value)


def is_asked(when: Mapping[str, tuple[str, ...]], answers: Mapping[str, Any]) -> bool:
    """Return whether what was answered so far fulfils a condition; an answer not given fulfils none."""
    return all(_answers(answers.get(code)) & set(allowed) for code, allowed in when.items())


def entries_of(group: str, typed: Typed) -> int:
    """Return the number of the last entry of a group in which something was typed."""
    found = [_ENTRY.match(_plain(path)) for path, value in typed.items() if _filled(value)]
    return max((int(one["number"]) for one in found if one is not None and one["group"] == group), default=0)


def _answers(value: object) -> set[str]:
    if isinstance(value, (list, tuple)):
        return {str(one) for one in value}
    return set() if value in (None, "") else {str(value)}


def _filled(value: object) -> bool:
    return any(str(one).strip() for one in value) if isinstance(value, (list, tuple)) else bool(str(value).strip())


def _plain(path: str) -> str:
    return path.strip()


@dataclass(kw_only=True)
class _Reader:
    """Reads one form; collects paths and faults in the order of the form."""

    checks: Mapping[str, Check]
    held: frozenset[str]
    asked: list[str]
    faults: list[Fault]

    def entry(self, fields: Sequence[Field], typed: Typed, answers: dict[str, Any], before: str) -> dict[str, Any]:
        """Return the values of a form, or of one entry of a group."""
        values: dict[str, Any] = {}
        for one in fields:
            if not is_asked(one.when, answers):
                continue
            self.asked.append(before + one.code)
            found = self.group(one, typed, answers, before) if one.kind == GROUP else self.one(one, typed, before)
            if found in (None, "", [], ()):
                continue
            values[one.code] = answers[one.code] = found
        return values

    def group(self, one: Field, typed: Typed, answers: Mapping[str, Any], before: str) -> list[dict[str, Any]]:
        """Return the entries of a group in which something is filled in; gaps between them close."""
        most, path = one.most or MOST_ENTRIES, before + one.code
        numbers = sorted(
            {
                int(found["number"])
                for name, value in typed.items()
                if (found := _ENTRY.match(name)) is not None and found["group"] == one.code and _filled(value)
            }
        )
        if len(numbers) > most:
            self.mark(path, "domain.form.too_many_entries", most=most)
            numbers = numbers[:most]
        entries = []
        for place, number in enumerate(numbers, 1):
            start = f"{one.code}[{number}]."
            inside = {name.removeprefix(start): value for name, value in typed.items() if name.startswith(start)}
            entries.append(self.entry(one.fields, inside, dict(answers), f"{path}[{place}]."))
        if not entries and one.needed and path not in self.held:
            self.mark(path, "domain.form.no_entry")
        return [entry for entry in entries if entry]

    def one(self, one: Field, typed: Typed, before: str) -> Any:
        """Return the value of one plain field, None when it is empty or wrong."""
        path, given = before + one.code, typed.get(one.code, "")
        if not _filled(given):
            if one.needed and path not in self.held:
                self.mark(path, "domain.form.missing" if not one.choices else "domain.form.not_chosen")
            return None
        if one.kind == MANY:
            return self.several(one, path, given)
        text = given if isinstance(given, str) else str(given[-1])
        return self.value(one, path, unicodedata.normalize("NFC", text).strip())

    def several(self, one: Field, path: str, given: str | Sequence[str]) -> Any:
        """Return the codes chosen, in the order of the form."""
        chosen = {given} if isinstance(given, str) else {str(code) for code in given if str(code).strip()}
        if chosen - set(one.choices):
            self.mark(path, "domain.form.no_such_choice")
            return None
        return [code for code in one.choices if code in chosen]

    def value(self, one: Field, path: str, text: str) -> Any:
        """Return the value in its plain form, None with a fault when it is none of its kind."""
        kind = one.kind
        if kind in (CHOICE, YES_NO):
            allowed = (YES, NO) if kind == YES_NO else one.choices
            return text if text in allowed else self.mark(path, "domain.form.no_such_choice")
        if kind in ("whole", "money", "area"):
            return self.number(one, path, text)
        if kind in ("date", "month"):
            return self.day(one, path, text)
        if kind in ("telephone", "id_number", "credit_code", "bank_account"):
            return self.coded(kind, path, text)
        most = one.most or MOST_CHARACTERS.get(kind, 200)
        if len(text) > most:
            return self.mark(path, "domain.form.too_long", most=most, length=len(text))
        return text

    def number(self, one: Field, path: str, text: str) -> Any:
        """Return a whole number, or money and area as text with at most two decimals."""
        places = 0 if one.kind == "whole" else 2
        try:
            number = Decimal(unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", ""))
        except InvalidOperation:
            return self.mark(path, f"domain.form.not_{one.kind}")
        if not number.is_finite() or abs(number) > 10**15 or number != round(number, places):
            return self.mark(path, f"domain.form.not_{one.kind}")
        if one.lowest and number < Decimal(one.lowest):
            return self.mark(path, "domain.form.too_low", lowest=one.lowest)
        if one.highest and number > Decimal(one.highest):
            return self.mark(path, "domain.form.too_high", highest=one.highest)
        return int(number) if one.kind == "whole" else f"{number:.2f}"

    def day(self, one: Field, path: str, text: str) -> Any:
        """Return a day as 2026-09-28, a month as 2026-09."""
        plain = unicodedata.normalize("NFKC", text).replace("年", "-").replace("月", "-").replace("日", "")
        plain = plain.replace("/", "-").replace(".", "-").rstrip("-")
        try:
            if one.kind == "date":
                year, month, number = (int(part) for part in plain.split("-"))
                value = date(year, month, number).isoformat()
            else:
                found = _MONTH.fullmatch(plain)
                value = date(int(found[1]), int(found[2]), 1).isoformat()[:7] if found else ""
        except ValueError:
            value = ""
        if not value:
            return self.mark(path, f"domain.form.not_{one.kind}")
        if one.lowest and value < one.lowest:
            return self.mark(path, "domain.form.too_early", lowest=one.lowest)
        if one.highest and value > one.highest:
            return self.mark(path, "domain.form.too_late", highest=one.highest)
        return value

    def coded(self, kind: str, path: str, text: str) -> Any:
        """Return a telephone number or a code with a check digit, without blanks and in plain letters."""
        plain = re.sub(r"[\s()\-—]", "", unicodedata.normalize("NFKC", text)).upper()
        if kind == "telephone":
            return plain if _TELEPHONE.fullmatch(plain) else self.mark(path, "domain.form.not_telephone")
        if not _SHAPES[kind].fullmatch(plain):
            return self.mark(path, f"domain.form.not_{kind}", length=len(plain))
        if kind in self.checks and not self.checks[kind](plain):
            return self.mark(path, f"domain.form.check_digit.{kind}")
        return plain

    def mark(self, path: str, code: str, **facts: object) -> Any:
        """Note what is wrong at a field; it has no value then."""
        self.faults.append(Fault(path=path, code=code, facts=facts))
        return None


#: Shapes of GB 11643 (identity number), GB 32100 (credit code) and bank accounts; the check digit comes on top.
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "id_number": re.compile(r"[0-9]{17}[0-9X]"),
    "credit_code": re.compile(r"[0-9A-Z]{18}"),
    "bank_account": re.compile(r"[0-9]{8,30}"),
}
