"""The report of a study or a search: one HTML file for those who decide and those who check (研究报告)."""

from cogov.report.make import write_report
from cogov.report.searched import write_search_report

__all__ = ["write_report", "write_search_report"]
