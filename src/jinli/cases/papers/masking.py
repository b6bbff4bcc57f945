"""A paper with its personal data hidden: the same words, with names, codes and addresses masked wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from jinli.town.masking import mask_address, mask_name


def mask_code(code: str) -> str:
    """Return an identity or credit code with its middle hidden: 441****21."""
    return f"{code[:3]}****{code[-2:]}" if len(code) > 6 else "****"


_HOW: Final[Mapping[str, Callable[[str], str]]] = {
    "applicant": mask_name,
    "applicant_code": mask_code,
    "place": mask_address,
    "receiver": mask_name,
}


def masked(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose personal facts are masked in every sentence in which they stand."""
    told = {value: _HOW[name](value) for name, value in document["personal"].items() if value}
    found: dict[str, Any] = _hidden(dict(document), sorted(told.items(), key=lambda pair: -len(pair[0])))
    return found


def _hidden(value: Any, told: list[tuple[str, str]]) -> Any:
    if isinstance(value, str):
        for plain, hidden in told:
            value = value.replace(plain, hidden)
        return value
    if isinstance(value, Mapping):
        return {name: _hidden(one, told) for name, one in value.items()}
    if isinstance(value, list):
        return [_hidden(one, told) for one in value]
    return value
