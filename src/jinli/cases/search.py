"""Find cases by number, title, text, place and party: whole words, and pairs of Chinese characters.

Two-character Chinese words are the common query, and trigram indexes silently miss them; so texts are indexed as pairs
of characters, with SQLite's FTS5 or PostgreSQL's text search beneath.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import add
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from jinli.cases.models import Case, SearchRow
from jinli.town.inserts import made

#: Runs up to this length are likely to be met again.
_PHRASE = 8
_RUN = re.compile(r"[一-鿿㐀-䶿]+|[0-9a-z]+", re.IGNORECASE)


def terms_of(texts: Iterable[str]) -> str:
    """Return what is indexed of these texts: lower-case words, and single and paired Chinese characters, once each."""
    found: list[str] = []
    for run in _RUN.findall("\n".join([text for text in texts if text])):
        if run[0].isascii():
            found.append(run.lower())
        elif len(run) <= _PHRASE:
            found += _of_phrase(run)
        else:
            found += map(add, run, run[1:])
            found += run
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=8192)  # names of places and classes and the turns of speech of an export come again and again
def _of_phrase(run: str) -> tuple[str, ...]:
    return (*map(add, run, run[1:]), *run)


def _asked(query: str) -> list[tuple[str, bool]]:
    """Return the terms that all must occur; words of letters and digits match by their beginning."""
    asked: list[tuple[str, bool]] = []
    for run in _RUN.findall(query):
        if run[0].isascii():
            asked.append((run.lower(), True))
        elif len(run) == 1:
            asked.append((run, False))
        else:
            asked += [(run[i : i + 2], False) for i in range(len(run) - 1)]
    return asked[:20]


def matching(cases: QuerySet[Case], query: str) -> QuerySet[Case]:
    """Return those of `cases` that contain every term of `query`; none when nothing in it can be searched."""
    asked = _asked(query)
    if not asked:
        return cases.none()
    if connection.vendor == "sqlite":
        match = " AND ".join(f'"{term}"{"*" if prefix else ""}' for term, prefix in asked)
        found = RawSQL(  # the query text is a bound parameter
            "SELECT case_id FROM cases_searchrow WHERE id IN"
            " (SELECT rowid FROM cases_search_fts WHERE cases_search_fts MATCH %s)",
            [match],
        )
    else:
        match = " & ".join(f"'{term}'{':*' if prefix else ''}" for term, prefix in asked)
        found = RawSQL(  # the query text is a bound parameter
            "SELECT case_id FROM cases_searchrow WHERE to_tsvector('simple', terms) @@ to_tsquery('simple', %s)",
            [match],
        )
    return cases.filter(pk__in=found)


def index(case: Case, texts: Iterable[str]) -> SearchRow:
    """Return the search row of a case, to be written with it."""
    return made(SearchRow, case=case, town_id=case.town_id, terms=terms_of_case(case.number, case.title, texts))


def terms_of_case(number: str, title: str, texts: Iterable[str]) -> str:
    """Return what is indexed of a case."""
    return terms_of([number, title, *texts])


def more_terms(case: UUID, texts: Iterable[str]) -> None:
    """Let a case be found by further texts; one whose texts were erased has no row and gets none."""
    terms = terms_of(texts)
    if terms:
        SearchRow.objects.filter(case=case).update(terms=Concat(F("terms"), Value(f" {terms}")))
