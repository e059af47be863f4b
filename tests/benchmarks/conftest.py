"""Print what the benchmarks measured besides time."""


def pytest_terminal_summary(terminalreporter, config):
    session = getattr(config, "_benchmarksession", None)
    if session is None:
        return
    for bench in session.benchmarks:
        terminalreporter.write_line(f"{bench.name}: {bench.extra_info}")
