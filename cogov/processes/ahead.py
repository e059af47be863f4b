"""Ahead (预先生成): what comes from outside is drawn week by week, and worked out for four weeks together."""

from __future__ import annotations

from cogov.terms import MONTH


class Ahead[T]:
    """What comes every week whatever institutions do; to work it out for a month at once is faster."""

    _month = -1
    _weeks: list[T]

    def _in_week(self, week: int) -> T:
        """What comes in a week."""
        month, place = divmod(week, MONTH)
        if month != self._month:
            self._month, self._weeks = month, self._of_weeks(range(month * MONTH, (month + 1) * MONTH))
        return self._weeks[place]

    def _forget(self) -> None:
        """What has been worked out no longer holds."""
        self._month = -1

    def _of_weeks(self, weeks: range) -> list[T]:
        """Work out what comes in some weeks."""
        raise NotImplementedError
