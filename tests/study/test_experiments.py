"""The shipped experiments: each composes, asks in two languages, and has a script that names its config."""

from __future__ import annotations

import pytest

from cogov.kit import resources
from cogov.kit.errors import DesignError
from cogov.run import resolved
from cogov.study.settings import load_study

NAMES = resources.names("experiment")


@pytest.mark.parametrize("name", NAMES)
def test_it_composes_and_has_a_script(name):
    study = load_study(name, "replicates=2")
    assert study.name == name
    assert study.question.endswith("?")
    assert study.question_zh.endswith("？")
    script = (resources.shipped("experiments") / f"{name}.py").read_text(encoding="utf-8")
    assert f"configs/experiment/{name}.yaml" in script
    assert f'"{name}"' in script
    assert f"results/{name}" in script or name in ("compare_designs",)


def test_a_design_may_extend_another():
    (design,) = resolved(
        {
            "designs": [
                {
                    "name": "finer",
                    "extends": "line_hierarchy",
                    "mechanisms": {"grid_linkage": {"households": 40}},
                }
            ]
        }
    )["designs"]
    assert design.mechanism("grid_linkage").households == 40
    assert design.mechanism("hotline")
    with pytest.raises(DesignError, match="grid_linkag"):
        resolved({"design": {"extends": "line_hierarchy", "mechanisms": {"grid_linkag": {}}}})
