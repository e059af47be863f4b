"""Traces (事件日志): what happened to whom is followed, week by week, and by which rule."""

from cogov.activities.cases import case_id, issue_number
from cogov.activities.vocabulary import ACTIVITIES, Activity
from cogov.trace.events import SCHEMA, read_events
from cogov.trace.story import story
from cogov.trace.trace import Trace

__all__ = ["ACTIVITIES", "SCHEMA", "Activity", "Trace", "case_id", "issue_number", "read_events", "story"]
