"""The inventory of what the documents name: every row says what stands for it, or why nothing does."""

from __future__ import annotations

from cogov.mechanisms import registry
from cogov.mechanisms.inventory import CORE, institutions


def test_every_row_says_what_stands_for_it_or_why_nothing_does():
    for row in institutions():
        assert row.seed == f"00{row.number[0]}"
        assert row.words
        assert row.what
        assert row.by or row.missing, row
        assert set(row.by) <= {CORE, *registry()}, row


def test_a_mechanism_that_stands_for_a_row_names_its_document():
    for row in institutions():
        for name in set(row.by) - {CORE}:
            assert row.seed in registry()[name].seed or registry()[name].seed == "all", (row.number, name)


def test_there_are_as_many_as_the_documents_name():
    numbers = [row.number for row in institutions()]
    assert len(numbers) == len(set(numbers)) == 301


def test_every_mechanism_of_a_document_stands_for_something_in_it():
    named = {(row.seed, name) for row in institutions() for name in row.by}
    for name, mechanism in registry().items():
        for seed in mechanism.seed.split(", "):
            if seed.isdigit():
                assert (seed, name) in named, (seed, name)
