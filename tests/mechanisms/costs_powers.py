"""What the parameters of powers and lines take (see test_costs)."""

WANTED = "wanted"
STRENGTHS = {
    "great_linkage": {
        "hours": (0.5, 4.0, "hours_summons"),
        "sitting": (0.2, 2.0, "hours_meetings"),
        "group": (0.1, 0.5, WANTED),
        "verdict": (0.1, 1.0, WANTED),
    },
    "sunk_teams": {
        "share": (0.05, 0.5, "hours_handling"),
        "duty": (0.05, 0.8, "hours_handling"),
        "every": (13, 2, "hours_upkeep"),
    },
    "single_grid": {
        "heads": (1.0, 4.0, WANTED),
        "hours": (20.0, 40.0, WANTED),
        "sitting": (0.1, 1.0, "hours_meetings"),
        "weeks_to_fill": (26, 0, "money_wages"),
        "saved": (0.1, 0.5, WANTED),
    },
    "front_line_method": {
        "leaders": (1.0, 4.0, WANTED),
        "visit": (0.2, 1.0, "hours_observing"),
        "observe": (0.2, 0.8, "hours_observing"),
        "adopt": (1.0, 6.0, WANTED),
        "weight": (0.5, 2.0, WANTED),
        "cadres": (10.0, 80.0, "hours_handling"),
        "errand": (4.0, 16.0, "hours_handling"),
    },
    "upward_extension": {
        "slots": (2.0, 12.0, WANTED),
        "every": (26, 4, WANTED),
        "hours": (0.5, 6.0, "hours_meetings"),
    },
    "joint_duty": {
        "share": (0.02, 0.4, "hours_handling"),
        "observe": (0.2, 0.7, "hours_observing"),
        "verdict": (0.1, 1.0, WANTED),
    },
    "burden_relief": {"cut": (0.1, 0.7, WANTED), "own": (0.1, 0.7, WANTED)},
}
PRICE = {
    "section", "judging", "desk", "room", "loss", "dispatch", "case_hours", "tending", "finding", "sharing",
}  # fmt: skip
FACT = {"clear", "shared"}
LAW = {"least", "lines", "due", "counted", "servers"}
WITH = {"great_linkage": {"group": 9.0}}
