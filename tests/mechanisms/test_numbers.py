"""Every number a mechanism uses is a declared parameter, and no rule holds a field that nothing reads."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest

from cogov.mechanisms import OWN

HARMLESS = {0, 1}
"""None and one: absent or whole, and one for each area."""


@pytest.mark.parametrize("mechanism", OWN, ids=lambda mechanism: mechanism.name)
def test_no_number_stands_in_a_rules_body(mechanism):
    tree = ast.parse(textwrap.dedent(inspect.getsource(mechanism.rules)))
    found = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, (int, float))
        and not isinstance(node.value, bool)
        and node.value not in HARMLESS
    ]
    assert not found, f"{mechanism.name}: declare these as parameters, with unit, range and source"


@pytest.mark.parametrize("mechanism", OWN, ids=lambda mechanism: mechanism.name)
def test_lists_of_kinds_and_services_are_parameters_too(mechanism):
    tree = ast.parse(textwrap.dedent(inspect.getsource(mechanism.rules)))
    lists = [
        keyword.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in ("handles", "kinds") and isinstance(keyword.value, ast.Tuple)
    ]
    assert not lists
