"""The model: what it takes, its weeks, adopting designs, opening the books, and Mesa's own tools."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator

import mesa
import numpy as np
import pytest

from cogov import GovernanceModel, load_community, load_design, simulate
from cogov.kit.errors import CogovError, ConfigError
from cogov.processes import Epidemic, Processes
from cogov.processes.week import PROCESSES, processes_of
from cogov.rules import Boundary, Listing, Payoff, Position
from cogov.state.issues import State
from cogov.terms import Kind, Level
from tests.helpers import Written, arrays, council, loose, post, put, situation, small, written


@pytest.fixture
def model() -> GovernanceModel:
    return loose(GovernanceModel(small(residents=300), rng=1, weeks=6, reform_week=2))


# ---------------------------------------------------------------- what it takes


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"rng": -1}, "rng = -1: must be a whole number of at least 0"),
        ({"rng": 1.5}, "rng = 1.5: must be a whole number"),
        ({"rng": "7"}, "rng = '7': must be a whole number"),
        ({"rng": True}, "rng = True: must be a whole number"),
        ({"weeks": 0}, "run.weeks = 0: must be between 1 and 5200"),
        ({"weeks": None}, "weeks = None: must be a whole number"),
        ({"weeks": float("nan")}, "run.weeks = nan: must be a finite number"),
        ({"reform_week": -1}, "run.reform_week = -1: must be between 0 and 5200"),
        ({"community": "smal"}, "unknown community 'smal'; did you mean 'small'?"),
        ({"community": "nowhere.csv"}, "nowhere.csv: there is no such file"),
        ({"community": 5}, "community must be a name, a table or a mapping, not 5"),
        ({"design": "wuliqiao"}, "unknown design 'wuliqiao'; did you mean 'wuliqiao_2020'?"),
        ({"design": "no.yaml"}, "no.yaml: there is no such file"),
        ({"baseline": "line"}, "unknown design 'line'"),
        ({"timeline": ["quyang_2014"]}, "timeline must map weeks to designs, like {26: quyang_2014}, not"),
        ({"timeline": {"3": "quyang_2014"}}, "timeline: '3' must be a week, a whole number from 0"),
        ({"timeline": {1.5: "quyang_2014"}}, "timeline: 1.5 must be a week"),
        ({"timeline": {-1: "quyang_2014"}}, "timeline: -1 must be a week"),
        ({"timeline": {True: "quyang_2014"}}, "timeline: True must be a week"),
        ({"timeline": {3: "quyang"}}, "unknown design 'quyang'"),
        ({"processes": {"sens": {}}}, "processes has no parameter 'sens'"),
        ({"processes": "sense"}, "processes must be a mapping of parameters"),
        ({"processes": {"sense": {"report_rate": -1}}}, "Sense.report_rate = -1"),
        ({"shocks": "epidemic"}, "shocks must be a list"),
        ({"shocks": ["epidemic"]}, "each shock is a mapping of its name to its parameters, not 'epidemic'"),
        ({"shocks": [{"epidemc": {}}]}, "unknown shock 'epidemc'; did you mean 'epidemic'?"),
        ({"shocks": [{"epidemic": {"week": 0}}]}, "Epidemic.week = 0: must be between 1 and"),
        ({"shocks": Epidemic()}, "shocks must be a list"),
        ({"weeks": 20, "design": "quyang_2014"}, "reform_week = 26: must be before the end (weeks = 20)"),
        ({"weeks": 30, "timeline": {30: "quyang_2014"}}, "timeline: week 30 is not before the end"),
        (
            {"weeks": 30, "shocks": [Epidemic(week=31)]},
            "epidemic in week 31, after the last week (weeks = 30)",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(given, message):
    with pytest.raises(CogovError) as refused:
        GovernanceModel(**({"community": small(residents=300)} | given))
    assert message in str(refused.value)


def test_names_and_mappings_stand_for_the_things_themselves():
    shock = {"week": 3, "length": 2, "factor": 9.0}
    by_name = GovernanceModel(
        "small",
        "quyang_2014",
        rng=np.int64(4),
        weeks=np.int32(6),
        reform_week=2,
        processes={"sense": {"report_rate": 0.2}},
        shocks=[{"epidemic": shock}],
        timeline={np.int64(4): "line_hierarchy"},
    )
    by_thing = GovernanceModel(
        load_community("small").build(4),
        load_design("quyang_2014"),
        rng=4,
        weeks=6,
        reform_week=2,
        processes=Processes.from_mapping({"sense": {"report_rate": 0.2}}),
        shocks=(Epidemic(**shock),),
        timeline={4: load_design("line_hierarchy")},
    )
    for model in (by_name, by_thing):
        model.run_until(6)
    assert by_name.record.digest() == by_thing.record.digest()
    usual = GovernanceModel("small", "quyang_2014", rng=4, weeks=6, reform_week=2)
    usual.run_until(6)
    assert usual.record.digest() != by_name.record.digest()


def test_models_share_a_community_and_none_writes_into_it():
    community = small(residents=300).build(1)
    runs = [GovernanceModel(community, "wuliqiao_2020", rng=1, weeks=30, reform_week=4) for _ in range(2)]
    for model in runs:
        model.run_until(30)
    assert runs[0].record.digest() == runs[1].record.digest()
    with pytest.raises(ValueError, match="read-only"):
        community.residents.satisfaction[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        community.places.compounds.firm[0] = 1


# ---------------------------------------------------------------- weeks


def test_a_week_is_the_processes_in_their_order(model):
    order = [
        "open_books",
        "arise",
        "tasks",
        "sense",
        "route",
        "propose_cases",
        "agree",
        "liaise",
        "hold_exchanges",
        "hold_sittings",
        "award_titles",
        "honour",
        "deliberate",
        "projects",
        "hold_visits",
        "deliver",
        "count_cases",
        "aid",
        "match",
        "regard",
        "serve_units",
        "participate",
        "bond",
        "uphold",
        "enquire",
        "appraise",
        "take_note",
    ]
    quarter = ["units_decide", "firms_decide", "owners_decide", "secretaries_learn"]
    assert [process.__name__ for process in processes_of(1)] == [*order, "record", "close_week"]
    assert [process.__name__ for process in PROCESSES] == [
        *order,
        "collect_fees",
        *quarter,
        "record",
        "close_week",
    ]
    assert (model.week, model.record.weeks, model.outcomes()) == (0, 0, {})
    model.run_until(1)
    assert (model.week, model.record.weeks, model.time) == (1, 1, 1)
    assert list(model.seconds) == [process.__name__ for process in PROCESSES]
    assert all(model.seconds[name] > 0 for name in order)


def test_firms_work_from_the_first_week(model):
    assert np.all(model.collection > 0)  # fees have been collected before it
    model.run_until(1)
    assert model.record.to_frame().loc[1, "hours_firm"] > 0


def test_running_ends_with_the_weeks_planned_but_a_run_can_go_on(model):
    model.run_until(5)
    assert model.running
    model.run_until(6)
    assert not model.running
    model.run_until(40)
    assert (model.week, model.record.weeks) == (40, 40)
    assert len(model.record.to_frame()) == 40
    assert model.record.by_group()["quarter"].max() == 3
    assert not model.running


def test_mesas_ways_to_run(model):
    model.step()
    assert model.week == 1
    model.run_for(2)
    assert (model.week, model.time) == (3, 3)
    model.run_model()
    assert model.week == 6


def test_means_by_compound(model):
    places = model.places
    column = np.zeros(len(model.residents), dtype=np.float32)
    first, last = places.compound_rows[2:4]
    column[first] = 1
    means = model.compound_mean(column)
    assert means[2] == pytest.approx(1 / (last - first))
    assert np.flatnonzero(means).tolist() == [2]
    model.firms.quality[:] = [0.25, 0.5, 0.75]
    model.homes.firm[:] = [0, 1, 2, -1, 1, 0]
    assert model.quality_by_compound().tolist() == [0.25, 0.5, 0.75, 0, 0.5, 0.25]


# ---------------------------------------------------------------- adopting a design


def test_work_goes_to_whoever_now_stands_there():
    model = situation(post(), post("office", area="subdistrict"))
    given = put(model, state=State.SERVICE, at=Level.NEIGHBOURHOOD, server=0, work=3.0)
    asked = put(model, state=State.DEPARTMENTS, at=Level.SUBDISTRICT, server=3, share=(1.0, 0.0, 0.0))
    # "aid" stands before the others, and nobody is left in the subdistrict
    model.adopt(written(post("aid", handles=("repair",)), post()))
    issues = model.issues
    assert (issues.state[given], issues.server[given], issues.work[given]) == (State.SERVICE, 3, 3.0)
    assert (issues.state[asked], issues.server[asked]) == (State.MOVING, -1)


def test_what_waits_for_a_council_that_is_gone_moves_on():
    model = situation(post(), council())
    waits = put(model, state=State.COUNCIL, at=Level.SUBDISTRICT, kind=Kind.RENEWAL)
    hidden = put(model)
    model.adopt(written(post(), council(name="other", slots=2.0)))
    assert model.issues.state[[waits, hidden]].tolist() == [State.COUNCIL, State.LATENT]
    model.adopt(written(post(), council(area="block")))
    assert model.issues.state[[waits, hidden]].tolist() == [State.MOVING, State.LATENT]


def test_staff_are_recruited_anew_only_where_a_post_was_given_up():
    def recruiting(*names: str):
        guides = [rule for n in names for rule in (post(n), Boundary(name=n, post=n, weeks_to_fill=10))]
        return written(*guides)

    def filled(name: str) -> float:
        return pytest.approx(float(model.institutions.posts.filled[model.institutions.posts.at(name)][0]))

    model = GovernanceModel(small(residents=300), recruiting("old"), baseline=recruiting("old"), rng=1)
    assert filled("old") == 0.1  # the first of ten weeks
    model.run_until(4)
    model.adopt(recruiting("old", "new"))
    assert (filled("old"), filled("new")) == (0.5, 0.1)
    model.run_until(6)
    assert (filled("old"), filled("new")) == (0.7, 0.3)
    model.adopt(recruiting("new"))
    model.adopt(recruiting("old", "new"))
    assert (filled("old"), filled("new")) == (0.1, 0.3)


def test_people_issues_and_promises_stay():
    model = GovernanceModel(small(residents=300), rng=1, reform_week=0)
    model.run_until(9)
    model.offers.promised[:] = 2.5
    before = {name: getattr(model.residents, name).copy() for name in vars(model.community.residents)}
    ids, strength = model.issues.id.copy(), model.ties.strength.copy()
    model.adopt("quyang_2014")
    assert model.institutions.design.name == "quyang_2014"
    assert model.week == model.record.weeks == 9
    assert np.array_equal(model.issues.id, ids)
    assert np.array_equal(model.ties.strength, strength)
    assert np.all(model.offers.promised == 2.5)
    for name, column in before.items():
        assert np.array_equal(getattr(model.residents, name), column)


def test_a_design_without_any_rules_is_a_design():
    model = GovernanceModel(small(residents=300), written(), baseline=written(), rng=1, weeks=20)
    model.run_until(20)
    frame = model.record.to_frame()
    assert frame["arrived"].sum() == frame["latent"].iloc[-1] > 0
    assert frame.filter(regex="^(hours_|money_|noticed|resolved)").to_numpy().sum() == 0


# ---------------------------------------------------------------- opening the books


def books(*rules, week=1, shocks=(), **profile):
    """The model and ledger of a week as it opens, in 3 neighbourhoods under exactly these rules."""
    model = situation(*rules, week=week, shocks=shocks, profile=profile)
    return model, model.institutions.ledger


def test_hours_are_there_and_free_of_cost_unless_a_rule_says_otherwise():
    model, ledger = books(post(heads=2, hours=10, admin_share=0.25))
    assert ledger.available.tolist() == ledger.left.tolist() == [15, 15, 15]
    assert set(ledger.hours.values()) <= {0.0}
    assert set(model.purses.spent_on.values()) == {0}


def test_wages_and_money_are_cut_alike_where_the_budget_is_short():
    paid = post(heads=2, hours=10, wage=30.0, money=400.0)  # 3 x (600 + 400) yuan a week
    grant = Listing(name="fair", area="subdistrict", money=600.0)
    free = post("free")
    households = small().build(1).places.households
    model, ledger = books(paid, grant, free, programme_budget=1800 * 52 / households)  # half of 3600
    posts, laid = model.institutions.posts, model.institutions.laid
    assert ledger.available[posts.at("committee")] == pytest.approx([10, 10, 10])
    assert ledger.available[posts.at("free")] == pytest.approx([20, 20, 20])
    assert model.purses.spent_on["wages"] == pytest.approx(900_00, abs=1)
    assert model.purses.spent_on["programmes"] == pytest.approx(900_00, abs=1)
    assert laid["listing", "fair"].paid.tolist() == pytest.approx([0.5])
    assert laid["position", "free"].paid.tolist() == [1, 1, 1]


def test_wages_are_paid_for_the_hours_of_a_contract():
    model, ledger = books(post(heads=2, hours=10, admin_share=0.25, wage=30.0), programme_budget=1e6)
    assert ledger.available.tolist() == [15, 15, 15]
    assert model.purses.spent_on["wages"] == 3 * 20 * 30_00


def test_who_serves_more_at_a_time_uses_up_more():
    about = {"heads": 2, "hours": 10, "care": 0.5, "services": ("elder_care",), "supplies": 4.0}
    for group in (1.0, 6.0):
        model, _ = books(post(**about, group=group), programme_budget=1e6)
        assert model.purses.spent_on["programmes"] == pytest.approx(3 * 20 * 0.5 * group * 4_00)
    _, ledger = books(post(**about, group=6.0), programme_budget=0.0)
    assert ledger.available.tolist() == [0, 0, 0]  # nobody is served without


def test_a_budget_that_is_enough_is_not_used_up():
    model, ledger = books(post(heads=2, hours=10, wage=30.0), programme_budget=1e6)
    assert ledger.available.tolist() == [20, 20, 20]
    assert (model.purses.spent_on["wages"], model.purses.spent_on["programmes"]) == (1800_00, 0)


def test_a_rule_works_as_far_as_its_keeper_has_hours_for_it():
    guide = post("guide", heads=1, hours=8, keeper="committee", upkeep=15.0)
    praise = Payoff(
        name="praise", to="units", term="recognition", weight=2.0, keeper="committee", upkeep=3.75
    )
    model, ledger = books(post(heads=2, hours=10), guide, praise)
    institutions = model.institutions
    posts = institutions.posts
    # rules go by kind: the post takes its 15 of 20 hours, which leaves 5 of 20 for praise of 8 units
    assert institutions.laid["position", "guide"].paid.tolist() == [1, 1, 1]
    assert institutions.laid["payoff", "praise"].paid.tolist() == pytest.approx([0.25])
    assert institutions.payoff("units", "recognition") == pytest.approx(0.5)
    assert ledger.left[posts.at("committee")].tolist() == [0, 0, 0]
    assert ledger.hours == {"upkeep": 60.0}
    short, ledger = books(post(heads=1, hours=6), guide)
    posts = short.institutions.posts
    assert short.institutions.laid["position", "guide"].paid.tolist() == pytest.approx([0.4] * 3)
    assert ledger.available[posts.at("guide")] == pytest.approx([3.2, 3.2, 3.2])  # 0.4 of its 8
    assert ledger.left[posts.at("guide")] == pytest.approx([3.2, 3.2, 3.2])


def test_a_shock_keeps_staff_at_home_but_not_volunteers():
    helpers = Position(name="volunteers", staffed_by="volunteers", small=2.0)
    shocks = [
        Epidemic(week=5, length=3, staff_absent=0.25, factor=1.0, need_factor=1.0),
        Epidemic(week=7, length=2, staff_absent=0.5, factor=1.0, need_factor=1.0),
    ]
    hours = {}
    for week in (4, 5, 7, 8, 9):
        model, ledger = books(post(heads=2, hours=10), helpers, week=week, shocks=shocks)
        posts = model.institutions.posts
        hours[week] = float(ledger.available[posts.at("committee")][0])
        assert (
            ledger.available[posts.at("volunteers")].tolist() == posts.gross[posts.at("volunteers")].tolist()
        )
    assert hours == {4: 20, 5: 15, 7: 7.5, 8: 10, 9: 20}


# ---------------------------------------------------------------- Mesa's own tools


class Collected(GovernanceModel):
    """What Mesa asks of a model that is run in a batch: a collector, asked after every step."""

    def __init__(self, **given) -> None:
        super().__init__(**given)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "week": "week",
                "satisfaction": lambda model: float(model.residents.satisfaction.mean()),
                "digest": lambda model: model.record.digest(),
            },
        )

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


@pytest.fixture
def start_method() -> Iterator[None]:
    """Mesa sets how processes start, for the whole of this one."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("start_method")
def test_a_batch_runs():
    rows = mesa.batch_run(
        Collected,
        {"community": "small", "design": ["line_hierarchy", "quyang_2014"], "weeks": 5, "reform_week": 2},
        rng=[1, 2],
        number_processes=1,
        display_progress=False,
    )
    assert [(row["rng"], row["design"]) for row in rows] == [
        (1, "line_hierarchy"),
        (1, "quyang_2014"),
        (2, "line_hierarchy"),
        (2, "quyang_2014"),
    ]
    assert [row["week"] for row in rows] == [5] * 4  # each to its end, the last week included
    single = GovernanceModel("small", "quyang_2014", rng=2, weeks=5, reform_week=2)
    single.run_until(5)
    assert rows[-1]["digest"] == single.record.digest()
    assert len({row["digest"] for row in rows}) == 4


def test_a_collector_sees_each_week_done():
    model = Collected(community=small(residents=300), rng=1, weeks=5)
    model.run_until(5)
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["week"].tolist() == [1, 2, 3, 4, 5]
    assert frame["satisfaction"].to_numpy() == pytest.approx(
        model.record.to_frame()["satisfaction"], rel=1e-5
    )


def test_a_collector_from_outside_sees_agents(model):
    collector = mesa.DataCollector(
        agenttype_reporters={type(model.joint_units[0]): {"engagement": "engagement"}},
        agent_reporters={"row": "row"},
    )
    row = int(np.flatnonzero(model.residents.volunteering)[0])
    model.residents[row]  # agents who have been asked for are seen
    for week in (1, 2):
        model.run_until(week)
        collector.collect(model)
    units = collector.get_agenttype_vars_dataframe(type(model.joint_units[0]))
    assert len(units) == 2 * len(model.joint_units)
    assert units["engagement"].tolist()[-1] == model.joint_units[-1].engagement
    everybody = collector.get_agent_vars_dataframe()
    assert len(everybody) == 2 * len(model.agents)


def test_mesas_batch_run_works_on_the_model_itself():
    parameters = {
        "community": "small",
        "design": ["line_hierarchy", "quyang_2014"],
        "weeks": 12,
        "reform_week": 4,
    }
    rows = mesa.batch_run(
        GovernanceModel,
        parameters,
        rng=[1, 2],
        number_processes=1,
        data_collection_period=1,
        display_progress=False,
    )
    assert len(rows) == 2 * 2 * 12
    last = next(
        row for row in rows if row["Step"] == 12 and row["rng"] == 2 and row["design"] == "quyang_2014"
    )
    alone = GovernanceModel("small", "quyang_2014", rng=2, weeks=12, reform_week=4)
    alone.run_until(12)
    assert last["satisfaction"] == alone.record.to_frame()["satisfaction"].iloc[-1]


def test_without_a_seed_the_system_gives_one():
    first, second = (GovernanceModel("small", rng=None, weeks=2) for _ in range(2))
    assert first.streams.seed != second.streams.seed


# ---------------------------------------------------------------- the twin without the shock

MIDST = {"weeks": 16, "reform_week": 3}


@pytest.mark.parametrize("design", ["line_hierarchy", "quyang_2014", "wuliqiao_2020"])
def test_the_twin_is_the_run_without_the_shock_and_a_null_shock_does_nothing(design):
    null = Epidemic(week=6, length=4, factor=1.0, need_factor=1.0, staff_absent=0.0)
    hard = Epidemic(week=6, length=8, factor=30.0, staff_absent=0.8)
    calm, nothing, struck = (
        simulate("small", design, seed=4, shocks=shocks, **MIDST) for shocks in ((), (null,), (hard,))
    )
    assert calm.twin is None
    assert nothing.digest == calm.digest
    assert struck.digest != calm.digest
    for run in (nothing, struck):
        assert run.twin.equals(calm.series)
        assert run.outcomes.keys() - calm.outcomes.keys() == {"shock_depth", "shock_recovery", "shock_area"}
    assert [nothing.outcomes[f"shock_{name}"] for name in ("depth", "recovery", "area")] == [0, 0, 0]
    assert struck.outcomes["shock_depth"] > 0
    assert struck.outcomes["shock_area"] >= struck.outcomes["shock_depth"]


def test_a_twin_adopts_what_the_model_adopts_and_shares_nothing_with_it():
    given = {"rng": 2, "weeks": 8, "reform_week": 1, "timeline": {5: "wuliqiao_2020"}}
    struck = GovernanceModel(small(residents=300), shocks=[Epidemic(week=3)], **given)
    calm = GovernanceModel(small(residents=300), **given)
    for model in (struck, calm):
        model.run_until(2)
        assert model.twin is None
        assert not any(name.startswith("shock_") for name in model.outcomes())
        model.run_until(4)
        model.adopt("quyang_2014")
        model.run_until(8)
    twin = struck.twin
    assert twin is not None
    assert (twin.week, twin.twin, twin.institutions.design.name) == (8, None, "wuliqiao_2020")
    assert twin.record.digest() == calm.record.digest()
    assert twin.neighbourhood_committees[0].model is twin
    assert not np.shares_memory(twin.residents.satisfaction, struck.residents.satisfaction)


def test_a_shock_in_the_first_week_has_a_twin():
    given = {"rng": 2, "weeks": 2}
    calm = GovernanceModel(small(residents=300), **given)
    struck = GovernanceModel(small(residents=300), shocks=[Epidemic(week=1, factor=50.0)], **given)
    for model in (calm, struck):
        model.run_until(2)
    assert struck.twin.record.digest() == calm.record.digest() != struck.record.digest()


def test_a_model_with_what_cannot_be_copied_is_told_so():
    model = GovernanceModel(small(residents=300), rng=2, weeks=2, shocks=[Epidemic(week=1)])
    model.door = threading.Lock()
    with pytest.raises(ConfigError, match="cannot be copied"):
        model.step()


def test_a_budget_that_is_not_enough_makes_cost_an_input():
    hired = load_design("line_hierarchy").with_(Written(given=(post("hired", wage=40.0),)))
    poor, rich = (
        GovernanceModel(small(residents=300, programme_budget=budget), hired, rng=2, weeks=4, reform_week=1)
        for budget in (1.0, 1e6)
    )
    for model in (poor, rich):
        model.run_until(4)
    found = poor.outcomes()
    assert 0 < found["money_paid"] < 0.5
    found = rich.outcomes()
    assert found["money_paid"] == pytest.approx(1)
    assert 0 < found["hours_paid"] <= 1


# ---------------------------------------------------------------- memory


def bytes_by_owner(value) -> dict[int, int]:
    """Bytes of all arrays in a value; a view counts as the array whose memory it shows."""
    seen: set[int] = set()
    parts = vars(value).values() if isinstance(value, mesa.Model) else [value]
    found = {}
    for part in parts:
        for array in arrays(part, seen):
            whole = array if array.base is None else array.base
            found[id(whole)] = whole.nbytes if isinstance(whole, np.ndarray) else array.nbytes
    return found


def test_memory_that_a_community_and_a_model_hold():
    community = load_community("wuliqiao").build(1)
    model = GovernanceModel(community, "wuliqiao_2020", rng=1, reform_week=4, run_in=0)
    model.run_until(30)
    given = bytes_by_owner(community)
    own = {owner: size for owner, size in bytes_by_owner(model).items() if owner not in given}
    residents = len(community.residents)
    assert sum(given.values()) <= 105 * residents
    assert sum(own.values()) <= 120 * residents


def test_models_of_one_run_in_share_what_is_given():
    run = GovernanceModel(small(residents=300), rng=1, weeks=2, reform_week=0, run_in=104).settings
    one, two = GovernanceModel.of(run), GovernanceModel.of(run)
    assert one.residents.age is two.residents.age is one.community.residents.age
    assert one.ties.first is two.ties.first is one.community.ties.first
    assert one.residents.belonging is not two.residents.belonging
