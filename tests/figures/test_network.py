"""The network of organisations: nodes and relations as the rules have them, and what is drawn of them."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.figures import network
from cogov.figures.organisations import organisations
from cogov.kit.errors import StudyError
from cogov.mechanisms import ThreeLevelPlatform
from cogov.rules import Design
from cogov.rules.shipped import load_design
from tests.figures.frames import clashes, legend, note, picture

BASELINE, PAIRED, COUNCILS = "line_hierarchy", "quyang_2014", "wuliqiao_2020"


def model_of(design: Design | str, community: str = "small") -> GovernanceModel:
    made = GovernanceModel(community, design, rng=7, reform_week=0)
    made.adopt(made.design)
    if design == PAIRED:  # everybody has agreed with somebody
        made.agreements.make(np.arange(len(made.units)), np.arange(len(made.units)) % 3)
    return made


@pytest.fixture(scope="module")
def graphs() -> dict[str, nx.MultiGraph]:
    return {name: organisations(model_of(name)) for name in (BASELINE, PAIRED, COUNCILS)}


def kinds(graph: nx.MultiGraph) -> Counter[str]:
    return Counter(node[0] for node in graph)


def relations(graph: nx.MultiGraph, relation: str) -> set[frozenset]:
    return {frozenset((node, other)) for node, other, key in graph.edges(keys=True) if key == relation}


def seats(graph: nx.MultiGraph, council: str, number: int = 0) -> Counter[str]:
    """Who has seats on a council, by kind."""
    return Counter(
        node[0] for _, node, key in graph.edges(("council", council, number), keys=True) if key == "seat"
    )


def test_the_organisations_of_the_baseline(graphs):
    assert kinds(graphs[BASELINE]) == {
        "committee": 3,
        "firm": 3,
        "unit": 8,
        "post": 2,
        "department": 5,
        "council": 1,
    }
    assert seats(graphs[BASELINE], "office_meeting") == {"committee": 3}


def test_issues_are_passed_up_the_ladder(graphs):
    office, district = ("post", "office", 0), ("post", "district", 0)
    committees = [("committee", "", number) for number in range(3)]
    ladder = {frozenset((committee, office)) for committee in committees} | {frozenset((office, district))}
    assert relations(graphs[BASELINE], "forwards") == ladder
    assert relations(graphs[COUNCILS], "forwards") == ladder  # a block has no post of its own
    called = {
        node for edge in relations(graphs[BASELINE], "calls") for node in edge if node[0] != "department"
    }
    assert called == {office, district}


def test_firms_serve_whom_they_serve_now():
    model = model_of(BASELINE)
    firm, home = model.homes.firm, model.places.compound_neighbourhood

    def served() -> None:
        expected = Counter((int(firm[at]), int(home[at])) for at in np.flatnonzero(firm >= 0))
        edges = organisations(model).edges(keys=True, data=True)
        found = {
            (max(node, other)[2], min(node, other)[2]): about["weight"]  # "firm" comes after "committee"
            for node, other, key, about in edges
            if key == "serves"
        }
        assert found == expected

    served()
    firm[np.flatnonzero(firm >= 0)] = 1
    served()


def test_seats_are_those_of_the_councils(graphs):
    graph = graphs[COUNCILS]
    assert seats(graph, "community_committee") == {"committee": 3, "unit": 8}
    assert seats(graph, "hearing") == {}  # of residents and owners
    model = model_of(COUNCILS)
    units, firm = model.units.neighbourhood, model.homes.firm
    for number in range(3):
        here = firm[(model.places.compound_neighbourhood == number) & (firm >= 0)]
        near = int((units == number).sum())
        assert seats(graph, "home_council", number) == Counter(unit=near, firm=len(set(here.tolist())))
        assert seats(graph, "three_plus_x", number) == Counter(unit=near, committee=1)


def test_offers_go_to_the_neighbourhood_a_list_or_the_partner(graphs):
    units = model_of(BASELINE).community.units.neighbourhood
    at_home = {
        frozenset((("unit", "", unit), ("committee", "", int(home))))
        for unit, home in enumerate(units)
        if home >= 0
    }
    assert relations(graphs[BASELINE], "offers") == at_home
    partners = {frozenset((("unit", "", unit), ("committee", "", unit % 3))) for unit in range(8)}
    assert relations(graphs[PAIRED], "offers") == partners
    # a platform for each block, the responsibility day and the banks' alliance, but nothing after a fair
    assert kinds(graphs[COUNCILS])["list"] == 3 + 1 + 1
    day = graphs[COUNCILS].edges(("list", "responsibility_day", 0), keys=True)
    assert Counter(node[0] for _, node, key in day if key == "offers") == {"unit": 8, "committee": 3}


def test_the_alliance_is_of_the_founding_firms(graphs):
    assert relations(graphs[COUNCILS], "member") == {
        frozenset((("alliance", "alliance", 0), ("firm", "", 0)))
    }
    assert "alliance" not in kinds(graphs[BASELINE])


def test_other_firms_join_the_alliance_later():
    model = model_of(COUNCILS)
    model.week += 105
    assert relations(organisations(model), "member") == {
        frozenset((("alliance", "alliance_joined", 0), ("firm", "", number))) for number in range(3)
    }


def test_hours_keep_councils_lists_and_the_alliance(graphs):
    kept = relations(graphs[COUNCILS], "keeps")
    office = ("post", "office", 0)
    for node in (
        ("council", "community_committee", 0),
        ("list", "responsibility_day", 0),
        ("alliance", "alliance", 0),
    ):
        assert frozenset((office, node)) in kept
    for number in range(3):
        assert frozenset((("committee", "", number), ("council", "hearing", number))) in kept
        assert frozenset((office, ("council", "three_plus_x", number))) in kept
    assert len({node for edge in kept for node in edge if node[0] == "council"}) == 5 * 3 + 4


def test_no_council_list_or_alliance_stands_alone(graphs):
    for graph in graphs.values():
        assert [node for node in nx.isolates(graph) if node[0] not in ("unit", "firm")] == []


def test_looking_changes_nothing():
    model = model_of(COUNCILS)
    seen, given = model.offers.seen.copy(), model.offers.given.copy()
    digest = model.record.digest()
    organisations(model)
    assert (model.offers.seen == seen).all()
    assert (model.offers.given == given).all()
    assert model.record.digest() == digest


def test_many_units_are_put_together_by_neighbourhood():
    model = model_of(COUNCILS, "wuliqiao")
    graph = organisations(model)
    homes = Counter(model.units.neighbourhood.tolist())
    assert {node[2]: graph.nodes[node]["members"] for node in graph if node[0] == "unit"} == homes
    assert graph.nodes["unit", "", -1]["neighbourhoods"] == []
    assert kinds(graph)["council"] == 4 * 19 + 3 + 4


def test_a_design_without_rules_has_only_those_who_are_there():
    graph = organisations(model_of(Design((), name="nothing")))
    assert kinds(graph) == {"committee": 3, "firm": 3, "unit": 8}
    assert graph.number_of_edges() == 0
    assert "property firm" in legend(network(model_of(Design((), name="nothing"))))


def test_blocks_stand_together():
    design = load_design(COUNCILS).with_(ThreeLevelPlatform(blocks=2), name="two")
    figure = network(model_of(design))
    shown = {
        text.get_text().replace("\n", " "): text.xy[0] for text in figure.axes[0].texts if hasattr(text, "xy")
    }
    graph = organisations(model_of(design))
    of_block = [graph.nodes["council", "three_plus_x", number]["neighbourhoods"] for number in range(2)]
    ends = [[shown[f"N{place + 1:02d}"] for place in places] for places in of_block]
    assert sorted([*of_block[0], *of_block[1]]) == [0, 1, 2]
    assert max(ends[0]) < min(ends[1]) or max(ends[1]) < min(ends[0])


@pytest.mark.parametrize(
    ("community", "lang", "names"),
    [
        ("small", "en", {"subdistrict", "hearing", "housing", "hospital 1", "Firm 2"}),
        ("wuliqiao", "zh", {"街道", "听证会", "房管", "2\n区外", "爱仁"}),
    ],
)
def test_names_are_there_and_cover_nothing(community, lang, names):
    figure = network(model_of(COUNCILS, community), lang=lang)
    assert names <= {text.get_text() for text in figure.axes[0].texts}
    assert clashes(figure) == []
    assert legend(figure)[0] == {"en": "department", "zh": "条线部门"}[lang]
    assert note(figure).endswith({"en": "as it stands after week 0", "zh": "第0周末的状况"}[lang])


def test_an_unknown_language_is_refused():
    with pytest.raises(StudyError, match="lang: unknown language 'de'"):
        network(model_of(BASELINE), lang="de")


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_network(lang):
    return network(model_of(PAIRED), lang=lang)
