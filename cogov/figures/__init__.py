"""One function a figure: takes data, returns a matplotlib Figure."""

from cogov.figures.attribution import attribution, interactions
from cogov.figures.corner import corner
from cogov.figures.drift import drift
from cogov.figures.effects import effects
from cogov.figures.flow import flow
from cogov.figures.front import front
from cogov.figures.heatmap import heatmap
from cogov.figures.lorenz import lorenz
from cogov.figures.network import network
from cogov.figures.paths import paths
from cogov.figures.place_map import place_map
from cogov.figures.response import response
from cogov.figures.saving import save
from cogov.figures.sensitivity import screening, sensitivity
from cogov.figures.tradeoff import tradeoff
from cogov.figures.trajectories import trajectories
from cogov.figures.waterfall import waterfall

__all__ = [
    "attribution",
    "corner",
    "drift",
    "effects",
    "flow",
    "front",
    "heatmap",
    "interactions",
    "lorenz",
    "network",
    "paths",
    "place_map",
    "response",
    "save",
    "screening",
    "sensitivity",
    "tradeoff",
    "trajectories",
    "waterfall",
]
