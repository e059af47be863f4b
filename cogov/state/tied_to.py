"""Ties to some of one's neighbours (强关系所及): those who volunteer, and those who have time to help."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.community.ties import Followed, Moved


@dataclass(eq=False)
class TiedTo:
    """How strongly everybody is tied to neighbours of some sort.

    Attributes
    ----------
    volunteers : Followed
        Those who volunteer, as they were when somebody last looked at them.
    able : Followed
        Those who have time to help.
    """

    volunteers: Followed
    able: Followed

    @classmethod
    def nobody(cls, residents: int) -> TiedTo:
        """Nobody is followed yet."""
        return cls(Followed(residents), Followed(residents))

    def take_over(self, moved: Moved) -> None:
        """Take over what has become of ties."""
        self.volunteers.take_over(moved)
        self.able.take_over(moved)
