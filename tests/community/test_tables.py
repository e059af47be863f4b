from __future__ import annotations

import numpy as np
import pytest

from cogov.community import load_community
from cogov.kit.errors import ProfileError
from cogov.terms import ELDER, Age, Party, Service, UnitKind

HEADER = "compound,neighbourhood,households,year_built,storeys,fee,property_firm,owners_committee"
ROWS = [
    "恭房小区,瞿溪,420,1985,6,0.8,永理,no",
    "江边花园,滨江,910,2004,24,2.9,中海,yes",
    "老街,瞿溪,150,1975,5,0.5,,No",
    "江边二期,滨江,640,2009,28,3.2,中海,YES",
]
UNITS = [
    "unit,kind,rank,neighbourhood,culture,venue",
    "小学,school,0.5,瞿溪,4,12",
    "音乐学院,conservatory,2,,16,",
    "银行,bank,0,outside,,3",
]


@pytest.fixture
def write(tmp_path):
    def to(lines: list[str], name: str = "mine.csv", encoding: str = "utf-8") -> str:
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode(encoding))
        return str(path)

    return to


def problems(path: str, **given: object) -> list[str]:
    with pytest.raises(ProfileError) as caught:
        load_community(path, **given)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_table_becomes_its_community(write, encoding):
    community = load_community(write([HEADER, *ROWS], encoding=encoding)).build(1)
    places, compounds = community.places, community.places.compounds
    assert community.name == "mine"
    assert compounds.names == ["恭房小区", "老街", "江边花园", "江边二期"]
    assert places.neighbourhoods.names == ["瞿溪", "滨江"]
    assert places.compound_neighbourhood.tolist() == [0, 0, 1, 1]
    assert np.diff(places.compound_households).tolist() == [420, 150, 910, 640]
    assert compounds.year_built.tolist() == [1985, 1975, 2004, 2009]
    assert compounds.old.tolist() == [True, True, False, False]
    assert compounds.storeys.tolist() == [6, 5, 24, 28]
    assert compounds.fee == pytest.approx([0.8, 0.5, 2.9, 3.2])
    assert community.firms.names == ["永理", "中海"]
    assert compounds.firm.tolist() == [0, -1, 1, 1]
    assert compounds.owners_committee.tolist() == [-1, -1, 0, 1]
    assert np.mean(community.residents.age >= ELDER) == pytest.approx(0.3884, abs=0.005), (
        "Wuliqiao's, by default"
    )
    storeys = places.buildings.storeys
    assert np.array_equal(places.buildings.has_lift, storeys >= 7)


@pytest.mark.parametrize("words", [("是", "否"), ("有", "无"), ("TRUE", "FALSE"), ("1", "0"), ("Yes", "No")])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_yes_and_no_and_delimiters_as_spreadsheets_write_them(write, words, delimiter):
    given = [row.removesuffix("yes") + words[0] if row.endswith("yes") else row for row in ROWS]
    given = [row.removesuffix("no") + words[1] if row.endswith("no") else row for row in given]
    path = write([line.replace(",", delimiter) for line in [HEADER, *given]])
    assert load_community(path).table == load_community(write([HEADER, *ROWS], "plain.csv")).table


def test_a_table_shows_what_it_sets(write):
    path = write([HEADER, *ROWS])
    rows = {row.key: row for row in load_community(path).rows()}
    for text in ROWS:
        name, area, households, year, _, _, firm, _ = text.split(",")
        row = rows[f"table.{name}"]
        assert row.source == path
        assert all(
            word in row.value for word in (area, f"{households} households", year, firm or "no property firm")
        )


def test_problems_without_end_are_cut(write):
    assert problems(write([HEADER, *["甲"] * 500]))[-1].endswith("mine.csv: and 400 more")


def test_a_table_settles_numbers_of_the_profile(write):
    path = write([HEADER, *ROWS])
    profile = load_community(path, elder_share=0.2)
    assert (profile.compounds, profile.neighbourhoods, profile.old_share) == (4, 2, 0.5)
    assert profile.sources["compounds"] == path
    assert profile.sources["child_share"].startswith("wuliqiao (seed 001")
    assert profile.founding_firms == ()
    assert not any("乒乓球" in unit.unit for unit in profile.units), "units of another place stay there"
    assert np.mean(profile.build(1).residents.age >= ELDER) == pytest.approx(0.2, abs=0.005)
    assert "the table" in problems(path, compounds=9)[0]


def test_optional_columns_are_kept_to(write):
    header = f"{HEADER},elder_share,child_share,party_share,lifts"
    given = [
        f"{row},{extra}"
        for row, extra in zip(ROWS, ["0.5,0.05,0.2,3", "0.1,0.2,0,1", ",,,", "0,0,0.1,0"], strict=True)
    ]
    community = load_community(write([header, *given])).build(5)
    compounds, rows = community.places.compounds, community.places.compound_rows
    known = {"恭房小区": (0.5, 0.05, 0.2), "江边花园": (0.1, 0.2, 0.0), "江边二期": (0.0, 0.0, 0.1)}
    for name, shares in known.items():
        row = compounds.names.index(name)
        here = slice(rows[row], rows[row + 1])
        age, party = community.residents.age[here], community.residents.party[here]
        counts = [np.sum(age >= ELDER), np.sum(age == Age.UNDER_12), np.sum(party != Party.NONE)]
        assert np.array(counts) / len(age) == pytest.approx(shares, abs=2.5 / len(age))
        realised = [compounds.elder_share[row], compounds.child_share[row], compounds.party_share[row]]
        assert realised == pytest.approx(np.array(counts) / len(age))
    buildings = community.places.compound_buildings
    lifts = np.add.reduceat(community.places.buildings.has_lift, buildings[:-1], dtype=int)
    assert lifts.tolist() == [3, 0, 1, 0]


def test_scale_repeats_a_table(write):
    community = load_community(write([HEADER, *ROWS]), units=write(UNITS, "units.csv"), scale=3).build(1)
    assert len(community.places.compounds) == 12
    assert len(community.places.neighbourhoods) == 6
    assert len(set(community.places.compounds.names)) == 12
    assert community.firms.names == ["永理", "中海", "永理 (2)", "中海 (2)", "永理 (3)", "中海 (3)"]
    assert community.places.compounds.firm.tolist() == [0, -1, 1, 1, 2, -1, 3, 3, 4, -1, 5, 5]
    assert community.units.neighbourhood.tolist() == [0, -1, -1, 2, -1, -1, 4, -1, -1]


def test_a_table_of_units(write):
    community = load_community(write([HEADER, *ROWS]), units=write(UNITS, "units.csv")).build(1)
    units = community.units
    assert units.names == ["小学", "音乐学院", "银行"], "and no others"
    assert units.kind.tolist() == [UnitKind.SCHOOL, UnitKind.CONSERVATORY, UnitKind.BANK]
    assert units.neighbourhood.tolist() == [0, -1, -1]
    assert units.rank.tolist() == [0.5, 2, 0]
    assert units.hours[:, Service.CULTURE].tolist() == [4, 16, 0]
    assert units.hours[:, Service.VENUE].tolist() == [12, 0, 3]
    assert units.hours.sum() == 35


def test_units_of_a_shipped_profile_may_be_given(write):
    lines = ["unit,kind,rank,neighbourhood,venue", "A,school,0,N02,5"]
    units = load_community("small", units=write(lines)).build(1).units
    assert (units.names, units.neighbourhood.tolist()) == (["A"], [1])
    found = problems("small", units=write(["unit,kind,rank,neighbourhood", "A,school,0,N04"]))
    assert len(found) == 1
    assert "unknown neighbourhood 'N04'" in found[0]


def test_every_problem_of_a_table_is_listed(write):
    path = write(
        [
            f"{HEADER},elder_share,child_share",
            "甲,东,3.5,1985,6,-0.7,永理,yes,0.45,0.8",
            "甲,,x,2010,18,nan,,maybe,,",
            "",
            "丙,东,120,1990,6,0.6,永理,no",
            ",东,0,1990,200,,永理,no,2,",
        ]
    )
    assert problems(path) == [
        f"{path}, line 5: has 8 cells where the header has 10",
        f"{path}, line 2, column households: '3.5' must be a whole number",
        f"{path}, line 2, column fee: '-0.7' must be between 0 and 100",
        f"{path}, line 3, column neighbourhood: '' must not be empty",
        f"{path}, line 3, column households: 'x' must be a whole number",
        f"{path}, line 3, column fee: 'nan' must be a finite number",
        f"{path}, line 3, column owners_committee: 'maybe' must be yes or no (是 or 否)",
        f"{path}, line 6, column compound: '' must not be empty",
        f"{path}, line 6, column households: '0' must be between 1 and 1e+06",
        f"{path}, line 6, column storeys: '200' must be between 1 and 100",
        f"{path}, line 6, column fee: '' must not be empty",
        f"{path}, line 6, column elder_share: '2' must be between 0 and 1",
        f"{path}, line 2, column child_share: '0.8' must be at most 0.55 beside an elder_share of 0.45",
        f"{path}, lines 2, 3, column compound: '甲' must stand on one line only",
    ]


def test_every_problem_of_a_table_of_units_is_listed(write):
    path = write(
        ["unit,kind,rank,neighbourhood,venue,healt", "A,shool,-2,,x,1", "A,school,1,,-3,2"], "units.csv"
    )
    found = problems("small", units=path)
    assert len(found) == 6
    assert found[0].startswith(f"{path}, line 1: unknown column 'healt'; did you mean 'health'?")
    assert f"{path}, line 2, column kind: 'shool' must be one of" in found[1]
    assert "did you mean 'school'?" in found[1]
    assert found[2:] == [
        f"{path}, line 2, column rank: '-2' must be between -1 and 3",
        f"{path}, line 2, column venue: 'x' must be a number",
        f"{path}, line 3, column venue: '-3' must be between 0 and 10000",
        f"{path}, lines 2, 3, column unit: 'A' must stand on one line only",
    ]


def test_columns_are_checked(write):
    path = write([HEADER.replace("owners_committee", "owner_committee"), *ROWS])
    unknown, missing = problems(path)
    assert unknown.startswith(
        f"{path}, line 1: unknown column 'owner_committee'; did you mean 'owners_committee'?"
    )
    assert missing == f"{path}, line 1: column 'owners_committee' is missing"
    assert (
        "column 'fee' stands there twice"
        in problems(write([f"{HEADER},fee", *(f"{row},1" for row in ROWS)]))[0]
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; needs the columns compound, neighbourhood"),
        (b"\n\n , \n", "is empty"),
        (HEADER.encode(), "has no rows below its header"),
        ("\n".join([HEADER, *ROWS]).encode("utf-16"), "is not UTF-8 or GBK text"),
        (f"{HEADER}\n\0".encode(), "is not UTF-8 or GBK text"),
        (f"{HEADER}\n".encode() + b"a\n" * 32_768, "has more than 32,767 rows"),
        (f'{HEADER}\n"{"x" * 140_000}"'.encode(), "is not CSV: field larger than"),
        (f'{HEADER}\n"open,1'.encode(), "is not CSV"),
    ],
)
def test_files_that_are_no_table(tmp_path, content, message):
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    found = problems(str(path))
    assert len(found) == 1
    assert found[0].startswith(str(path))
    assert message in found[0]


def test_a_folder_is_no_table(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be read" in problems(str(tmp_path / "folder.csv"))[0]
