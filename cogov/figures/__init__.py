"""One function a figure: takes data, returns a matplotlib Figure."""

from cogov.figures.effects import effects
from cogov.figures.style import save
from cogov.figures.trajectories import trajectories

__all__ = ["effects", "save", "trajectories"]
