"""The report of a study: one HTML file for those who decide and those who check (研究报告)."""

from cogov.report.make import write_report

__all__ = ["write_report"]
