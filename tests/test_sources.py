"""Whatever a number or a mechanism names as its source can be looked up."""

from __future__ import annotations

import re

from cogov.cli import catalogue
from cogov.kit import resources
from cogov.sources import sources

DOCUMENT = re.compile(r"seed (\w+)")


def cited() -> dict[str, str]:
    """Sources of all numbers of all that is shipped, by where they stand."""
    found = {}
    for singular in ("mechanism", "process", "community"):
        thing = catalogue.THINGS[singular]
        for row in thing.rows(()):
            for rows in thing.show(row["name"], ()).tables.values():
                for entry in rows:
                    if "source" in entry:
                        where = f"{row['name']}.{entry.get('parameter') or entry.get('key')}"
                        found[where] = entry["source"]
    return found


def test_every_number_names_a_source_there_is() -> None:
    places = cited()
    assert len(places) > 100
    for where, text in places.items():
        assert set(DOCUMENT.findall(text)) <= set(sources()), (where, text)
        if "facts" in text:
            assert any(name in text.partition("facts")[2] for name in sources()), (where, text)
        assert re.search(r"^given$|assumed|derived|seed|facts|does not say", text), (where, text)


def test_every_mechanism_and_design_names_documents_there_are() -> None:
    for singular in ("mechanism", "design"):
        for row in catalogue.THINGS[singular].rows(()):
            named = re.findall(r"\d+", row["source"])
            assert named or row["source"] in ("all", "facts"), row
            assert set(named) <= set(sources()), row


def test_documents_come_first_and_say_what_they_are() -> None:
    found = list(sources().values())
    assert [source.name for source in found[:5]] == ["000", "001", "002", "003", "004"]
    assert all(source.title and source.zh and source.what for source in found[:5])
    assert all(source.where and source.what for source in found[5:])
    assert (resources.shipped("configs") / "sources.yaml").is_file()
