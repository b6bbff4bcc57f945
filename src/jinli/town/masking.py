"""What personal data look like to those who do not need them whole."""

from __future__ import annotations

import re
from typing import Final

# Compound surnames that are met today; everybody else's surname is one character.
_COMPOUND: Final = frozenset(
    {"欧阳", "司徒", "上官", "诸葛", "司马", "慕容", "皇甫", "尉迟", "端木", "东方", "令狐", "夏侯"}
)
_MARK: Final = re.compile(r"（[^（）]*）$")
_AREA: Final = re.compile(r".*(?:省|市|区|县|镇|乡|街道|村|社区|大道|路|街|片区)")
_FIRST_NUMBER: Final = re.compile(r"[0-9０-９]")


def mask_name(name: str) -> str:
    """Return the surname and a star for each further character: 梁**; a closing mark such as （演示） stays.

    Of a name in Latin letters only the first letter stays.
    """
    name = name.strip()
    mark = _MARK.search(name)
    bare = name[: mark.start()] if mark else name
    end = mark.group() if mark else ""
    if not bare:
        return end
    if bare.isascii():
        return f"{bare[0]}**{end}"
    kept = 2 if len(bare) > 2 and bare[:2] in _COMPOUND else 1
    return bare[:kept] + "*" * max(len(bare) - kept, 1) + end


def mask_telephone(number: str) -> str:
    """Return 138****0426 for a mobile number; of shorter numbers only the last two digits."""
    digits = re.sub(r"\D", "", number)
    if len(digits) > 11 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= 10:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if len(digits) > 4 else "****"


def mask_address(address: str) -> str:
    """Return the address down to village, community or road; house, lane and everything after a number are hidden."""
    address = address.strip()
    if not address:
        return ""
    number = _FIRST_NUMBER.search(address)
    area = _AREA.match(address[: number.start()] if number else address)
    return f"{area.group() if area else ''}****"
