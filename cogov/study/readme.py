"""The README of a study's folder, for whoever finds it in five years."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa

from cogov.kit.version import __version__
from cogov.outcomes import MEASURES
from cogov.study.identity import model_version
from cogov.study.study import Study
from cogov.words import outcome_unit

TABLES: Mapping[str, tuple[str, str]] = {
    "runs": (
        "One row a run.",
        "Outcomes are of the weeks after the reform.",
    ),
    "series": ("One row per run and week.", "Every measure is of that week."),
    "groups": ("One row per run and group of people.", "Measures are means over the weeks after the reform."),
    "places": (
        "One row per run and compound.",
        "Levels are means over the weeks after the reform, counts are sums.",
    ),
}
COLUMNS: Mapping[str, tuple[str, str]] = {
    "run": ("", "id of the run: a hash of everything that determines its result"),
    "community": ("", "name of the community"),
    "design": ("", "name of the governance design"),
    "replicate": (
        "",
        "number of the replicate, from 0; one replicate has one seed in all designs",
    ),
    "seed": ("", "seed of the random numbers"),
    "status": ("", "`done` or `failed`"),
    "error": ("", "what went wrong, if it failed"),
    "seconds": ("s", "how long the run took"),
    "peak_mb": ("MiB", "most memory its process had used by then"),
    "machine": ("", "processor, libraries and versions it was made with; no result depends on them"),
    "residents": ("people", "residents of the community, or of the group or compound"),
    "weeks": ("weeks", "length of the run"),
    "digest": ("", "SHA-256 of everything the run recorded"),
    "run_in": ("weeks", "weeks under the baseline before the first recorded one"),
    "unsettled": ("", "levels that still moved when the record began, with commas; null if all stood still"),
    "week": ("", "week of the run, from 1"),
    "by": ("", "`age`, `tenure`, `compound_age`, or `start` (satisfaction before the reform)"),
    "group": ("", "the group: a band of age, `tenant`, `owner`, `old`, `new`, `worst_tenth`, `rest`"),
    "compound": ("", "name of the compound (小区)"),
    "neighbourhood": ("", "name of its neighbourhood (居民区)"),
    "block": ("", "name of its block (街区), if the design has blocks"),
    "subdistrict": ("", "name of its subdistrict (街道)"),
    "old": ("", "whether the compound is old"),
}


MOST_PARAMETERS = 20
"""Named at the beginning."""


def readme(study: Study, schemas: Mapping[str, pa.Schema]) -> str:
    """Text of the README.

    Parameters
    ----------
    schemas : mapping of str to Schema
        Columns by table.
    """
    return "\n".join(_lines(study, schemas)) + "\n"


def _lines(study: Study, schemas: Mapping[str, pa.Schema]) -> Iterator[str]:
    yield f"# {study.name}"
    if study.question:
        yield f"\n{study.question}"
    yield _filled(
        "This folder holds results of simulations of grassroots governance (社区共治): the same communities"
        " under different governance designs, resident by resident and week by week, with common random"
        f" numbers. It was made by cogov {__version__} (model {model_version()}) on {date.today()}."
    )
    yield f"- Communities: {', '.join(community.name for community in study.communities)}"
    names = [design.name for design in study.arms]
    yield f"- Designs: {', '.join(names)} (`{names[0]}` is the baseline the others are compared with)"
    if len(study.paths) > MOST_PARAMETERS:
        yield f"- Parameters varied: {len(study.paths)}, columns of `runs`"
    elif study.paths:
        yield f"- Parameters varied: {', '.join(f'`{path.text}`' for path in study.paths)}"
    yield f"- {study.weeks} weeks a run; designs are adopted in week {study.reform_week}"
    if study.run_in:
        yield f"- Before the first of them a run-in under the baseline of at most {study.run_in} weeks"
    yield f"- {'Up to ' if study.most != study.replicates else ''}{study.most} replicates"
    if study.robustness and study.robustness.screening:
        yield (
            f"- A screening of {study.robustness.screening} trajectories, in `screening/`: one group of"
            " assumptions after the other is moved by half of its ranges, the same under every design"
            " (`replicate` is the trajectory)"
        )
    if study.robustness and study.robustness.draws:
        yield (
            f"- {study.robustness.draws} draws of the assumptions, in `robustness/`: every assumed number"
            " from its plausible range, the same draws and seeds under every design, a folder like this one"
            " for every community (`replicate` is the draw, and every assumption a column)"
        )
    yield ""
    yield "## Files\n"
    yield "- `study.yaml`: the whole configuration, down to the last number."
    yield "- `versions.json`: what it was made with."
    for table in schemas:
        yield f"- `{table}/part-*.parquet`: {TABLES[table][0]} Parquet files, each written once."
    yield _filled(
        "A run counts if it is in `runs` with status `done`. While a study runs, or after it was interrupted,"
        " the other tables may have rows of runs that are not in `runs` and do not count; a run that failed"
        " and was made again has two rows in `runs`. `cogov study compact DIR` puts that right; cogov itself"
        " reads every run once in any case."
    )
    yield from READING
    yield "\n## Tables"
    for table, schema in schemas.items():
        about, how = TABLES[table]
        yield f"\n### {table}\n\n{about} {how} Values that do not exist are null.\n"
        yield "| column | type | unit | meaning |\n|---|---|---|---|"
        for field in schema:
            yield _row(field.name, str(field.type), table == "runs")


def _filled(text: str) -> str:
    return f"\n{textwrap.fill(text, 100, break_on_hyphens=False, break_long_words=False)}\n"


def _row(name: str, kind: str, outcomes: bool) -> str:
    if name in COLUMNS:
        unit, text = COLUMNS[name]
    elif name in MEASURES:
        measure = MEASURES[name]
        unit, text = measure.unit, f"{measure.doc} ({measure.zh})"
        if outcomes and measure.how == "sum":
            unit, text = outcome_unit(name), f"{text}, in all"
    else:
        unit, text = "", "parameter varied; null where the design does not have it"
    return f"| `{name}` | {kind} | {unit} | {text} |"


READING = """\
## Reading

With DuckDB, here or in its own shell:

```sql
SELECT design, count(*) AS runs, avg(resolution_rate), avg(satisfaction)
FROM 'runs/*.parquet' WHERE status = 'done' GROUP BY design;
SELECT r.design, s.week, avg(s.satisfaction)
FROM 'series/*.parquet' s JOIN 'runs/*.parquet' r USING (run) WHERE r.status = 'done'
GROUP BY ALL ORDER BY ALL;
```

With Python and pandas:

```python
import pandas as pd
runs = pd.read_parquet("runs")
```

With R:

```r
library(arrow); library(dplyr)
runs <- open_dataset("runs") |> collect()
```

With cogov, which also compares and draws:

```python
import cogov
study = cogov.open_study(".")
print(study.compare("satisfaction"))
```

To continue an interrupted study, with the version of cogov that began it (only what is missing is made):

```python
cogov.run_study(study.study, study.folder)
```""".splitlines()
