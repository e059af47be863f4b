"""Opening a search that was made: its answer again, from what is stored."""

from __future__ import annotations

from pathlib import Path

from cogov.kit.errors import StudyError
from cogov.kit.reading import read_yaml
from cogov.search.found import ASKED, SearchResult
from cogov.search.runs import Simulated
from cogov.search.search import Search
from cogov.search.seek import seek
from cogov.study.study import Study


class Kept(Simulated):
    """Runs that are stored, and no others."""

    def _run(self, study: Study, folder: Path, missing: set[str]) -> None:
        raise StudyError(
            f"{folder}: the search is not finished ({len(missing)} runs are missing); type the same cogov"
            " search again, and it goes on"
        )


def is_search(folder: str | Path) -> bool:
    """Whether a folder is that of a search."""
    return (Path(folder) / ASKED).is_file()


def open_search(folder: str | Path) -> SearchResult:
    """What a search found, from its folder.

    Raises
    ------
    StudyError
        If it is not finished.
    ConfigError
        If what was asked cannot be read any more.

    Examples
    --------
    >>> open_search("results/which").points  # doctest: +SKIP
    """
    place = Path(folder)
    values = dict(read_yaml(place / ASKED, StudyError))
    search = Search.from_mapping(Search.resolved(values), str(place))
    with Kept(search, place, "serial") as stored:
        return SearchResult(search, seek(search, stored), place)
