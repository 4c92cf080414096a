"""Numbers about the two published behaviours, computed from the PyPI package ValidMLInference 1.4.0 (MIT).

    python tests/golden/behaviours/make.py PATH/validmlinference-1.4.0-py3-none-any.whl

Fetch the wheel with ``pip download --no-deps ValidMLInference==1.4.0``. Nothing of it is kept but the numbers
in ``expected.json``: the check that the data are read rightly (the regression of log sales on the index,
printed by the package's notebook as 0.4047 with standard error 0.0921), the distribution of the index
over the 916 firms, and how well fixed behaviours recover it, with all 654 combinations and with 48.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.behaviours import CELLS, posterior

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = "1.4.0"
MEMBER = "ValidMLInference/data/topic_model_data.npz"
BINS = 20


def load(wheel: Path) -> dict[str, NDArray[np.float64]]:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        if f"validmlinference-{VERSION}.dist-info/METADATA" not in names:
            sys.exit(f"This is not ValidMLInference {VERSION}.")
        data = archive.read(MEMBER)
    with np.load(io.BytesIO(data)) as arrays:
        told = {name: arrays[name] for name in arrays.files}
    told["sha256"] = hashlib.sha256(data).hexdigest()  # type: ignore[assignment]
    return told


def regression(data: dict[str, NDArray[np.float64]]) -> dict[str, float]:
    """Least squares of log sales on the index and eleven controls, HC0 standard error."""
    index, y = data["theta_est_full"][:, 0], data["estimation_data_ly"]
    x = np.column_stack([np.ones(len(y)), index, data["covars"]])
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    meat = x.T @ (x * ((y - x @ b) ** 2)[:, None])
    se = np.sqrt(np.diag(inverse @ meat @ inverse))
    return {"coefficient": float(b[1]), "hc0_se": float(se[1]), "intercept": float(b[0])}


def grouped(beta: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.stack([np.bincount(groups, weights=row, minlength=int(groups.max()) + 1) for row in beta])


def recovery(
    beta: NDArray[np.float64],
    theta: NDArray[np.float64],
    units: NDArray[np.int64],
    prior: NDArray[np.float64],
    groups: NDArray[np.int64],
) -> dict[str, float]:
    """Draw a diary for every firm from its published share, score it, compare with the share."""
    rng = np.random.default_rng(1)
    reduced = grouped(beta, groups)
    scored = []
    for share, n in zip(theta, units, strict=True):
        mixed = share * beta[0] + (1 - share) * beta[1]
        drawn = rng.multinomial(int(n), mixed / mixed.sum())
        counts = np.bincount(groups, weights=drawn, minlength=reduced.shape[1])
        scored.append(posterior(counts, reduced[1], reduced[0], prior))
    mean, low, high = np.array(scored).T
    return {
        "r": float(np.corrcoef(mean, theta)[0, 1]),
        "rmse": float(np.sqrt(np.mean((mean - theta) ** 2))),
        "covered": float(np.mean((low <= theta) & (theta <= high))),
        "width": float(np.mean(high - low)),
    }


def main() -> None:
    data = load(Path(sys.argv[1]))
    beta = data["beta_est_full"] / data["beta_est_full"].sum(axis=1, keepdims=True)
    theta, units = data["theta_est_full"][:, 0], data["lda_data"].astype(np.int64)
    histogram = np.histogram(theta, bins=BINS, range=(0, 1))[0]
    k, v = len(CELLS), beta.shape[1]
    ratio = np.log(beta[0] + 1e-9) - np.log(beta[1] + 1e-9)
    alike = np.minimum(np.argsort(np.argsort(ratio)) * k // v, k - 1)
    by_chance = np.random.default_rng(2).integers(0, k, v)
    told = {
        "package": f"ValidMLInference {VERSION}",
        "sha256": data["sha256"],
        "firms": len(theta),
        "combinations": v,
        "units_mean": [float(n) for n in units.mean(axis=0)],
        "regression": regression(data),
        "theta_quantiles": dict(
            zip(
                ("p5", "p25", "p50", "p75", "p95"),
                np.quantile(theta, [0.05, 0.25, 0.5, 0.75, 0.95]).round(6).tolist(),
                strict=True,
            )
        ),
        "theta_sd": float(theta.std()),
        "theta_histogram": histogram.tolist(),
        "hellinger": float(np.sqrt(1 - np.sqrt(beta[0] * beta[1]).sum())),
        "recovery": {
            name: {
                "all": recovery(beta, theta, units[:, week], histogram.astype(float), np.arange(v)),
                "48_alike": recovery(beta, theta, units[:, week], histogram.astype(float), alike),
                "48_by_chance": recovery(beta, theta, units[:, week], histogram.astype(float), by_chance),
            }
            for name, week in (("one_week", 0), ("tenth_of_a_week", 1))
        },
    }
    Path(__file__).with_name("expected.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
