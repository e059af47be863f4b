"""One function a figure: takes data, returns a matplotlib Figure."""

from cogov.figures.effects import effects
from cogov.figures.heatmap import heatmap
from cogov.figures.response import response
from cogov.figures.style import save
from cogov.figures.tradeoff import tradeoff
from cogov.figures.trajectories import trajectories

__all__ = ["effects", "heatmap", "response", "save", "tradeoff", "trajectories"]
