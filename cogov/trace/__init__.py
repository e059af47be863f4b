"""Traces (事件日志): what happened to issues that are followed, week by week, and by which rule."""

from cogov.trace.activities import ACTIVITIES, Activity
from cogov.trace.cases import case_id, issue_number
from cogov.trace.story import story
from cogov.trace.trace import SCHEMA, Trace, read_events

__all__ = ["ACTIVITIES", "SCHEMA", "Activity", "Trace", "case_id", "issue_number", "read_events", "story"]
