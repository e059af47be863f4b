"""Nothing that a result depends on may round differently on another processor, library or vector width."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cogov
from cogov.study import identity

PACKAGE = Path(cogov.__file__).parent
SOURCES = sorted(
    [PACKAGE / name for name in identity.FILES]
    + [path for room in (*identity.ROOMS, "mechanisms") for path in (PACKAGE / room).rglob("*.py")]
)

BLAS = "dot vdot inner matmul einsum tensordot convolve correlate cov corrcoef linalg polyfit kron multi_dot"
LIBM = (
    "exp exp2 expm1 log log2 log10 log1p logaddexp logaddexp2 power float_power pow cbrt hypot"
    " sin cos tan asin acos atan atan2 arcsin arccos arctan arctan2 sinh cosh tanh arcsinh arccosh arctanh"
    " expit logit log_expit ndtr ndtri erf erfc gamma lgamma gammaln beta sinc interp geomspace logspace"
)
DRAWN = (
    "standard_normal normal standard_exponential exponential poisson binomial multinomial lognormal gamma"
    " standard_gamma beta chisquare dirichlet f geometric gumbel hypergeometric laplace logistic logseries"
    " multivariate_normal negative_binomial pareto power rayleigh standard_cauchy standard_t triangular"
    " uniform vonmises wald weibull zipf"
)
UNSTABLE = "partition argpartition"
FORBIDDEN = frozenset(" ".join((BLAS, LIBM, DRAWN, UNSTABLE)).split())
EXACT = {"isfinite", "isnan", "nan", "inf", "sqrt", "floor", "ceil", "ldexp", "frexp", "fsum", "prod"}
"""What may be taken from ``math``: IEEE 754 leaves no choice; a product is taken in the order given."""
FROM_SCIPY = {
    # Ward's method: rounding could only decide between two mergers that are equally good to 15 digits.
    "scipy.cluster.hierarchy.linkage",
    "scipy.cluster.hierarchy.cut_tree",
    # Rounded to whole 65,536ths at once.
    "scipy.special.betaincinv",
}


def offences(source: str) -> Iterator[str]:
    """What in a source might round differently elsewhere, a line each."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BinOp(op=ast.MatMult()):
                yield f"{node.lineno}: {ast.unparse(node)}: multiply and sum"
            case ast.BinOp(op=ast.Pow()) if not (
                isinstance(node.left, ast.Constant) and isinstance(node.right, (ast.Constant, ast.UnaryOp))
            ):
                yield f"{node.lineno}: {ast.unparse(node)}: cogov.kit.elementary.power"
            case ast.AugAssign(op=ast.MatMult() | ast.Pow()):
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.Attribute(value=ast.Name(id="math")) if node.attr not in EXACT:
                yield f"{node.lineno}: math.{node.attr}: cogov.kit.elementary"
            case ast.Attribute(value=ast.Name(id="special")) if f"scipy.special.{node.attr}" in FROM_SCIPY:
                pass
            case ast.Attribute() if node.attr in FORBIDDEN and _called_or_numpy(node):
                yield f"{node.lineno}: {ast.unparse(node)}: cogov.kit.elementary or streams; multiply and sum"
            case ast.Call(func=ast.Attribute(attr="argsort")) if not _stable(node):
                yield f'{node.lineno}: {ast.unparse(node)}: kind="stable", or equal ones come in any order'
            case ast.Call(func=ast.Name(id="pow")):
                yield f"{node.lineno}: {ast.unparse(node)}: cogov.kit.elementary.power"
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in ("scipy", "math", "numpy"):
                for name in node.names:
                    full = f"{module}.{name.name}"
                    allowed = full in FROM_SCIPY or full in ("scipy.special", "numpy.typing.NDArray")
                    if not allowed and module != "numpy.typing":
                        yield f"{node.lineno}: {full}"
            case ast.Import() if any(name.name.startswith("scipy.") for name in node.names):
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.Attribute() if ast.unparse(node).startswith("scipy."):
                full = ast.unparse(node)
                if not any(allowed == full or allowed.startswith(f"{full}.") for allowed in FROM_SCIPY):
                    yield f"{node.lineno}: {full}"
            case ast.Assign(value=ast.Attribute()) if ast.unparse(node.value).startswith("scipy."):
                yield f"{node.lineno}: {ast.unparse(node)}: by its whole name, so that it can be seen"


def _called_or_numpy(node: ast.Attribute) -> bool:
    """NumPy's, SciPy's or a generator's; not a field that happens to have such a name."""
    return ast.unparse(node.value) in ("np", "numpy", "np.linalg", "special", "scipy.special") or any(
        word in ast.unparse(node.value) for word in ("draw", "generator", "rng", "stream")
    )


def _stable(call: ast.Call) -> bool:
    return any(
        keyword.arg == "kind" and ast.unparse(keyword.value) == "'stable'" for keyword in call.keywords
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_rounds_by_machine(path):
    assert list(offences(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "heard @ opinion",
        "x @= y",
        "np.dot(a, b)",
        "np.einsum('ij,j->i', a, b)",
        "np.linalg.solve(a, b)",
        "np.interp(x, known, values)",
        "np.exp(x)",
        "np.log1p(-x)",
        "math.exp(x)",
        "math.pow(x, 3)",
        "(1 - share) ** weeks",
        "x **= 2",
        "pow(x, 2)",
        "special.expit(x)",
        "from scipy.special import expit",
        "from scipy import optimize",
        "import scipy.stats",
        "from math import exp",
        "from numpy import exp",
        "np.argsort(x)",
        "x.argsort()",
        "np.argpartition(x, 3)",
        "draw.standard_normal(3)",
        "model.streams.generator('arise').poisson(rates)",
    ],
)
def test_what_rounds_by_machine_is_found(line):
    assert list(offences(line))
