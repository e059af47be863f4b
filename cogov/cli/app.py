"""The command line: ``cogov run | trace | study | search | report | why | claims | list | show | diff``."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cogov.cli import catalogue
from cogov.cli.catalogue import THINGS
from cogov.cli.shown import Row, Shown, to_csv, to_json
from cogov.kit import resources
from cogov.kit.errors import ConfigError, unknown
from cogov.kit.exits import exit_code
from cogov.kit.options import format_of, options
from cogov.kit.version import __version__

DOCUMENT = re.compile(r"\d{3}")
"""A source that is a document: its number."""

# What a command needs is imported by the command: --help and a list should not wait for what simulates.

RUN_EXAMPLES = """\
settings are written name=value:
  cogov run community=wuliqiao design=wuliqiao_2020 seed=1
  cogov run community=small weeks=60 reform_week=10 format=json
  cogov run community=wuliqiao community.scale=14 community.elder_share=0.3
  cogov run community=compounds.csv community.units=units.csv design=my_design.yaml
  cogov run design.mechanisms.three_level_platform.blocks=6
  cogov run '+design.mechanisms.grid_linkage={}' '~design.mechanisms.red_property_alliance'
  cogov run processes.sense.report_rate=0.05 'shocks=[{epidemic: {week: 60, length: 8}}]'
  cogov run 'timeline={78: quyang_2014, 130: wuliqiao_2020}'
"""
TRACE_EXAMPLES = """\
  cogov trace community=small design=wuliqiao_2020 seed=1
  cogov trace community=small design=wuliqiao_2020 seed=1 issues=sample:200 write=events.parquet
  cogov trace events.parquet issue=w31n5
  cogov trace community=small design=line_hierarchy seed=1 issue=w31n5 lang=zh
  cogov trace community=small residents=sample:20 organisations=all write=people.parquet
  cogov trace people.parquet organisation=u3
Settings of the run are those of cogov run. issues, residents and organisations: all, sample:200 (of issues
about so many; the same ones under every design) or cases with a comma between; issue=, resident= or
organisation= with one case tells its story; write=FILE.parquet keeps the events; lang=en or zh; format=json;
start=2024-01-01 is the Monday that stands for the first recorded week.
"""
STUDY_EXAMPLES = """\
  cogov study experiment=compare_designs
  cogov study experiment=compare_designs communities=small replicates=4 engine.workers=2
  cogov study 'designs=[quyang_2014, my_design.yaml]' communities=small name=mine
  cogov study 'parameters.design.mechanisms.three_level_platform.blocks=[1,2,3]' name=blocks dry_run=true
  cogov study experiment=my_experiment.yaml 'replicates={precision: 0.01, of: [satisfaction], at_most: 200}'
  cogov study experiment=compare_designs shard=3/16
  cogov study experiment=compare_designs retry=failed
  cogov study status results/compare_designs
  cogov study compact results/compare_designs
  cogov study export results/compare_designs format=csv
  cogov study attribute results/compare_designs design=quyang_2014 dry_run=true
  cogov study attribute results/compare_designs design=wuliqiao_2020 players=families orders=2
The same command on the same folder goes on where it ended; more replicates, designs or levels extend it.
exit codes: 0 done, 1 a fault of cogov's own, 2 wrong input, 3 some runs failed, 130 interrupted
"""
SEARCH_EXAMPLES = """\
  cogov search community=small over=[great_linkage,home_visits,service_menu] goals=[satisfaction,cost]
  cogov search community=small over=wuliqiao_2020 budget.hours=120 budget.yuan=200 dry_run=true
  cogov search over=[wuliqiao_2020,yangpu_2022] evaluations=400 engine.workers=8 name=both
  cogov search 'parameters.design.mechanisms.three_level_platform.blocks=[1,2,3]'
  cogov search 'parameters={design.mechanisms.home_visits.visits: {low: 0.02, high: 0.2}}'
  cogov diff line_hierarchy results/search/front/1.yaml
The same command on the same folder goes on where it ended; nothing is run twice.
"""
REPORT_EXAMPLES = """\
  cogov report results/compare_designs
  cogov report results/which
  cogov report results/compare_designs lang=zh to=report.html
"""
CLAIMS_EXAMPLES = """\
  cogov claims
  cogov claims E07 E16 replicates=12 workers=2
  cogov claims E08 communities=wuliqiao
  cogov claims full=true write=docs/claims.md
Small by default: the community small, eight replicates, a run-in of two years.
What results/claims has already is not run again.
"""
WHY_EXAMPLES = """\
  cogov why line_hierarchy wuliqiao_2020 community=small outcome=satisfaction
  cogov why quyang_2014 my_design.yaml community=quyang replicates=5 lang=zh figures=pictures
  cogov why line_hierarchy wuliqiao_2020 community=small outcome=trust_committee format=json
Its own settings: outcome, replicates, lang, figures, format (text or json); all others as of cogov run.
"""
LIST_EXAMPLES = """\
  cogov list
  cogov list designs
  cogov list mechanisms --seed 002
  cogov list measures format=csv
  cogov list assumptions design=quyang_2014 community=wuliqiao
"""
SHOW_EXAMPLES = """\
  cogov show design wuliqiao_2020
  cogov show community wuliqiao
  cogov show community compounds.csv format=csv
  cogov show mechanism grid_linkage format=json
  cogov show measure satisfaction
  cogov show process sense
  cogov show source 001
"""
DIFF_EXAMPLES = """\
  cogov diff line_hierarchy wuliqiao_2020
  cogov diff quyang_2014 my_design.yaml format=json
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (`cogov.kit.exits.exit_code`; 3: failed runs)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = _parser()
    args, rest = parser.parse_known_args(argv)
    flags = [word for word in rest if word.startswith("-")]
    if flags or (rest and not hasattr(args, "overrides")):
        parser.error(f"unrecognized arguments: {' '.join(flags or rest)} (settings are written name=value)")
    if rest:
        args.overrides += rest
    command: Callable[[argparse.Namespace], int | None] = args.command
    return exit_code(lambda: command(args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cogov", description="Simulate grassroots governance and compare governance designs."
    )
    parser.add_argument("--version", action="version", version=f"cogov {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, command: Callable[[argparse.Namespace], int | None], text: str, examples: str
    ) -> argparse.ArgumentParser:
        child = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog=f"examples:\n{examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        child.set_defaults(command=command)
        child.add_argument(
            "--config-dir",
            action="append",
            default=[],
            type=Path,
            metavar="DIR",
            help="search this folder too; it is laid out like configs/ (may be repeated)",
        )
        return child

    run = add("run", _run, "run one simulation and print its outcomes", RUN_EXAMPLES)
    tracing = add(
        "trace",
        _trace,
        "follow issues, residents, organisations through a run: who did what, by which rule",
        TRACE_EXAMPLES,
    )
    tracing.add_argument(
        "overrides", nargs="*", default=[], metavar="NAME=VALUE", help="settings, or a file of events"
    )
    study = add(
        "study", _study, "compare designs over parameters and replicates, in parallel", STUDY_EXAMPLES
    )
    search = add("search", _search, "search for the best designs within a budget", SEARCH_EXAMPLES)
    report = add("report", _report, "write what a study or a search found as one HTML file", REPORT_EXAMPLES)
    report.add_argument("folder", metavar="DIR", type=Path, help="folder of the study or search")
    for child in (run, study, search, report):
        child.add_argument("overrides", nargs="*", default=[], metavar="NAME=VALUE", help="settings")
    claiming = add(
        "claims", _claims, "try what the documents claim, each with the cut of its cause", CLAIMS_EXAMPLES
    )
    claiming.add_argument("overrides", nargs="*", default=[], metavar="NAME", help="claims; without: all")
    why = add("why", _why, "say why two designs come out differently, from the same worlds", WHY_EXAMPLES)
    why.add_argument("old", metavar="A")
    why.add_argument("new", metavar="B")
    why.add_argument("overrides", nargs="*", default=[], metavar="NAME=VALUE", help="settings")
    listing = add("list", _list, "list what there is", LIST_EXAMPLES)
    listing.add_argument("words", nargs="*", metavar="WHAT", help="what to list; without: what can be listed")
    listing.add_argument(
        "--seed", default="", metavar="NUMBER", help="only what this source document names: 000 to 004"
    )
    showing = add("show", _show, "show one thing with everything known of it", SHOW_EXAMPLES)
    showing.add_argument("what", nargs="?", default="", metavar="KIND", help=f"one of {', '.join(THINGS)}")
    showing.add_argument("name", nargs="?", default="", metavar="NAME", help="as cogov list gives it")
    diff = add("diff", _diff, "show how the rules of two designs differ", DIFF_EXAMPLES)
    diff.add_argument("old", metavar="A")
    diff.add_argument("new", metavar="B")
    for child in (listing, showing, diff):
        child.epilog = f"{child.epilog}format=json and format=csv print plain values\n"
    for child in (showing, diff):
        child.add_argument("words", nargs="*", default=[], metavar="format=FORMAT", help="table, json or csv")
    return parser


def _run(args: argparse.Namespace) -> None:
    from cogov.cli import printing
    from cogov.config import compose
    from cogov.simulation import simulate

    settings, how = compose(args.overrides, config_dirs=args.config_dir)
    with printing.progress("weeks") as bar:
        task = bar.add_task("run", total=settings.weeks, note="")
        run = simulate(settings, on_week=lambda week: bar.update(task, completed=week))
    if how == "json":
        print(run.to_json())
    else:
        printing.show(printing.run_tables(run))


def _trace(args: argparse.Namespace) -> None:
    from cogov.cli import trace

    trace.run(args.overrides, args.config_dir)


def _study(args: argparse.Namespace) -> int:
    from cogov.cli import study
    from cogov.study.settings import compose_study

    if not args.overrides:
        names = ", ".join(resources.names("experiment", args.config_dir))
        raise ConfigError(
            f"name a study, such as experiment=NAME with one of {names}; see cogov study --help"
        )
    first = args.overrides[0]
    if first in study.UPKEEP:
        return study.upkeep(*args.overrides)
    if first.isidentifier():
        raise ConfigError(unknown("word after cogov study", first, study.UPKEEP))
    return study.run(*compose_study(args.overrides, config_dirs=args.config_dir))


def _search(args: argparse.Namespace) -> int:
    from cogov.cli import search
    from cogov.search.settings import compose_search

    return search.run(*compose_search(args.overrides, config_dirs=args.config_dir))


def _report(args: argparse.Namespace) -> None:
    from cogov.report import write_report
    from cogov.search.opened import is_search, open_search
    from cogov.search.report import write_search_report
    from cogov.study.stored import open_study

    if is_search(args.folder):
        chosen = options("report", args.overrides, {"lang": "en", "to": ""})
        found = open_search(args.folder)
        print(f"written: {write_search_report(found, chosen['to'] or None, lang=chosen['lang'])}")
        return
    chosen = options("report", args.overrides, {"lang": "en", "baseline": "", "to": ""})
    stored, baseline = open_study(args.folder), chosen["baseline"] or None
    path = write_report(stored, chosen["to"] or None, lang=chosen["lang"], baseline=baseline)
    print(f"written: {path}")


def _claims(args: argparse.Namespace) -> int:
    from cogov.cli import claims

    return claims.run(args.overrides)


def _why(args: argparse.Namespace) -> None:
    from cogov.cli import why

    why.run(args.old, args.new, args.overrides, args.config_dir)


def _list(args: argparse.Namespace) -> None:
    by_plural = {thing.plural: (name, thing) for name, thing in THINGS.items()}
    words = list(args.words)
    what = words.pop(0) if words and "=" not in words[0] else ""
    if what and what not in by_plural:
        raise ConfigError(unknown("kind of thing", what, by_plural))
    if any(word.startswith("seed=") for word in words):
        raise ConfigError(f"cogov list {what}: a document is chosen by --seed 002, not by seed=002")
    choices = dict(by_plural[what][1].choices) if what else {}
    chosen = options(f"list {what}".strip(), words, {"format": "table", **choices})
    format = format_of("list", [f"format={chosen.pop('format')}"])
    if what:
        name, thing = by_plural[what]
        rows = _named_by(args.seed, what, thing.rows(args.config_dir, **chosen))
    else:
        if args.seed:
            raise ConfigError("cogov list --seed: say what to list, as in cogov list designs --seed 002")
        name = "list"
        rows = [{"name": plural, "summary": thing.what} for plural, (_, thing) in by_plural.items()]
    if format == "table":
        from cogov.cli import printing

        printing.show([printing.listing(name, rows)])
    else:
        print(to_json(rows) if format == "json" else to_csv(rows))


def _named_by(seed: str, what: str, rows: list[Row]) -> list[Row]:
    """The rows that a source document names; all without one."""
    if not seed:
        return rows
    numbers = sorted(
        {part for row in rows for part in row.get("source", "").split(", ") if DOCUMENT.fullmatch(part)}
    )
    if not numbers:
        raise ConfigError(f"cogov list {what} --seed {seed}: {what} are not of one document; leave it out")
    if seed not in numbers:
        raise ConfigError(unknown("source document", seed, numbers))
    return [row for row in rows if seed in row["source"].split(", ")]


def _show(args: argparse.Namespace) -> None:
    if not args.what or "=" in args.what:
        raise ConfigError(
            f"cogov show: name a thing, as in cogov show design NAME; there are {', '.join(THINGS)}"
        )
    if args.what not in THINGS:
        raise ConfigError(unknown("kind of thing", args.what, THINGS))
    if not args.name or "=" in args.name:
        names = ", ".join(row["name"] for row in THINGS[args.what].rows(args.config_dir))
        raise ConfigError(f"cogov show {args.what}: name one of {names}")
    format = format_of("show", args.words)
    _print(THINGS[args.what].show(args.name, args.config_dir), format)


def _diff(args: argparse.Namespace) -> None:
    _print(catalogue.difference(args.old, args.new, args.config_dir), format_of("diff", args.words))


def _print(shown: Shown, format: str) -> None:
    if format == "table":
        from cogov.cli import printing

        printing.show(shown.screen())
    else:
        print(shown.to_json() if format == "json" else shown.to_csv())


if __name__ == "__main__":
    sys.exit(main())
