from __future__ import annotations

import dataclasses

import pytest

from cogov.community import Profile, load_community
from cogov.community.quantities import Quantities
from cogov.kit import resources
from cogov.kit.errors import CogovError, ProfileError


@pytest.mark.parametrize("name", resources.names("community"))
def test_every_number_has_its_source(name):
    profile = load_community(name)
    rows = {row.key: row for row in profile.rows()}
    for field in dataclasses.fields(Quantities):
        row = rows[field.name]
        assert row.source.startswith(("seed 00", "facts: ", "assumed", "derived: ")), row
        assert row.doc
        assert row.value == getattr(profile, field.name)
    for unit in profile.units:
        assert rows[f"units.{unit.unit}"].source.startswith("seed 00")


def test_profiles_are_listed():
    assert {"small", "wuliqiao"} <= set(resources.names("community"))
    assert "_defaults" not in resources.names("community")


def test_what_the_seed_says():
    profile = load_community("wuliqiao")
    said = {key: getattr(profile, key) for key in ("compounds", "elder_share", "child_share", "lifts_built")}
    assert said == {"compounds": 81, "elder_share": 0.3884, "child_share": 0.089, "lifts_built": 7}
    assert profile.zh == "五里桥街道"


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("wujiaochang", {"neighbourhoods": 32, "compounds": 149}),  # seed 000
        ("guoding1", {"neighbourhoods": 1}),
        ("yangpu", {"subdistricts": 12, "neighbourhoods": 301}),  # seed 002, division codes
        ("yinhang", {"neighbourhoods": 49}),
        ("beicai", {"neighbourhoods": 74}),
        ("hongqiao", {"neighbourhoods": 20}),
        ("xinhong", {"neighbourhoods": 19}),
        ("quyang", {"neighbourhoods": 24, "consent_law": "ninety"}),
    ],
)
def test_places_of_the_documents(name, numbers):
    profile = load_community(name)
    assert {key: getattr(profile, key) for key in numbers} == numbers
    assert profile.zh
    assert profile.summary_zh


def test_a_number_may_be_given():
    profile = load_community("small", elder_share=0.2, scale=3)
    assert (profile.elder_share, profile.scale) == (0.2, 3)
    assert profile.sources["elder_share"] == "given"
    assert profile.sources["child_share"].startswith("seed 001")
    assert next(row for row in profile.rows() if row.key == "elder_share").source == "given"


def test_from_a_composed_configuration():
    composed = resources.compose(None, ["+community=small", "community.elder_share=0.2", "community.scale=2"])
    profile = Profile.from_mapping(composed["community"], "community")
    assert profile == load_community("small", elder_share=0.2, scale=2)


def test_a_given_value_may_come_with_its_source():
    profile = load_community("small", elder_share={"value": 0.3, "source": "register of 2024"})
    assert (profile.elder_share, profile.sources["elder_share"]) == (0.3, "register of 2024")


def test_a_profile_of_one_s_own(tmp_path):
    (tmp_path / "community").mkdir()
    text = "defaults: [small, _self_]\nname: mine\nelder_share: {value: 0.1, source: register}\ntable: null\n"
    (tmp_path / "community" / "mine.yaml").write_text(text)
    profile = load_community("mine", config_dirs=[tmp_path])
    assert (profile.name, profile.elder_share, profile.sources["elder_share"]) == ("mine", 0.1, "register")
    assert profile.compounds == 6


WRONG = [
    ({"elder_shar": 0.2}, "no parameter 'elder_shar'; did you mean 'elder_share'"),
    ({"elder_share": 1.2}, "elder_share = 1.2: must be between 0 and 1"),
    ({"elder_share": -0.1}, "must be between 0 and 1"),
    ({"elder_share": float("nan")}, "must be a finite number"),
    ({"elder_share": "many"}, "must be a number"),
    ({"elder_share": {"source": "nowhere"}}, "must be a number"),
    ({"elder_share": 0.95}, "elder_share + child_share + teen_share = 1.074: must be at most 1"),
    ({"scale": 0}, "scale = 0: must be between 1"),
    ({"scale": 1.5}, "must be a whole number"),
    ({"scale": 30_000}, "times the scale must be at most"),
    ({"neighbourhoods": 7}, "neighbourhoods = 7: must be at most the number of compounds, 6"),
    ({"household_sizes": [0.5, 0.4]}, "must add up to 1"),
    ({"household_sizes": 2}, "must be a list"),
    ({"free_hours": [1, 2]}, "must have 8 entries"),
    ({"unit_hours": [[1]] * 8}, "every row must have 8 entries"),
    ({"storeys_new": [20, 10]}, "the first must not exceed the second"),
    ({"old_before": 1980}, "must be later than years_old"),
    ({"units": 3}, "must be a list of units or the path of a CSV"),
    ({"units": [{"name": "A", "kind": "schol", "rank": 0}]}, "did you mean 'school'"),
    ({"units": [{"name": "A", "kind": "school"}]}, "unit needs a value for 'rank'"),
    (
        {"units": [{"name": "A", "kind": "school", "rank": 0, "hours": [1, 2]}]},
        "unit.hours = [1.0, 2.0]: must have 8 entries",
    ),
    ({"units": ["school"]}, "must be a mapping"),
    (
        {"units": [{"name": "A", "kind": "school", "rank": 0, "neighbourhood": "N9"}]},
        "unknown neighbourhood 'N9'",
    ),
    ({"table": 3}, "table = 3: must be a CSV"),
    ({"units": "nowhere.csv"}, "nowhere.csv: there is no such file"),
    ({"unit_rates": [100] * 8, "scale": 20}, "units times the scale must be at most"),
]


@pytest.mark.parametrize(("given", "message"), WRONG)
def test_wrong_numbers_are_refused(given, message):
    with pytest.raises(ProfileError) as caught:
        load_community("small", **given)
    assert message in str(caught.value)
    assert "small" in str(caught.value) or "nowhere.csv" in str(caught.value)


def test_all_problems_are_listed_at_once():
    with pytest.raises(ProfileError) as caught:
        load_community("small", elder_share=2, isolates=-1, tie_degree="x")
    assert all(key in str(caught.value) for key in ("elder_share", "isolates", "tie_degree"))


@pytest.mark.parametrize(
    ("name", "message"), [("smal", "did you mean 'small'"), ("no.csv", "there is no such file")]
)
def test_what_does_not_exist(name, message):
    with pytest.raises(CogovError, match=message):
        load_community(name)


def test_a_profile_needs_all_its_numbers():
    with pytest.raises(ProfileError, match="needs a value for 'elder_share'"):
        Profile.from_mapping({"name": "bare"})
    with pytest.raises(ProfileError, match="must be a mapping"):
        Profile.from_mapping([1], "here")
