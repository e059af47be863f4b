"""What the parameters of controls take (see test_costs)."""

WANTED = "wanted"
STRENGTHS = {
    "extra_staff": {
        "heads": (1.0, 4.0, WANTED),
        "hours": (20.0, 40.0, WANTED),
        "observe": (0.05, 0.3, "hours_observing"),
        "care": (0.1, 0.6, "hours_care"),
        "weeks_to_fill": (26, 0, "money_wages"),
    }
}
PRICE: set[str] = set()
FACT: set[str] = set()
LAW: set[str] = set()
