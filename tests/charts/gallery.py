"""A gallery of small plots that between them use everything a figure of matplotlib can be made of.

Each plot takes an empty figure of 240 × 150 pt and draws on it; the numbers are always the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib import patches
from matplotlib.path import Path
from matplotlib.tri import Triangulation

WIDTH, HEIGHT = 240.0, 150.0
X = np.linspace(0, 10, 60)
RNG = np.random.default_rng(11)
CLOUD = RNG.normal(size=(2, 120))
GRID = np.add.outer(np.sin(np.linspace(0, 3, 12)), np.cos(np.linspace(0, 5, 16)))

PLOTS: dict[str, Callable[[Any], None]] = {}


def plot(draw: Callable[[Any], None]) -> Callable[[Any], None]:
    """Hang a plot in the gallery under its function's name."""
    PLOTS[draw.__name__] = draw
    return draw


def axes_of(figure: Any, **options: Any) -> Any:
    return figure.add_axes((0.12, 0.15, 0.8, 0.75), **options)


@plot
def line(figure: Any) -> None:
    axes = axes_of(figure)
    for shift, style in enumerate(("-", "--", "-.", ":")):
        axes.plot(X, np.sin(X + shift / 2) + shift, style, linewidth=1 + shift / 2)


@plot
def line_with_gap(figure: Any) -> None:
    values = np.sin(X)
    values[20:25] = np.nan
    axes_of(figure).plot(X, values, "o-", markersize=4)


@plot
def bar(figure: Any) -> None:
    axes_of(figure).bar(
        range(8), [3, 5, -2, 4, 6, 1, 8, 2], color=["C0", "C1"], edgecolor="black", linewidth=1.5
    )


@plot
def barh(figure: Any) -> None:
    axes_of(figure).barh(["a", "b", "c"], [3, 5, 2], xerr=[0.5, 1, 0.2], capsize=4)


@plot
def stacked_bars_with_hatches(figure: Any) -> None:
    axes = axes_of(figure)
    bottom = np.zeros(4)
    for hatch in ("//", "xx", "..", "o", "+"):
        axes.bar(range(4), [2, 3, 1, 2], bottom=bottom, hatch=hatch, facecolor="0.9", edgecolor="C3")
        bottom += [2, 3, 1, 2]


@plot
def scatter(figure: Any) -> None:
    axes_of(figure).scatter(*CLOUD, s=np.linspace(5, 90, 120), c=CLOUD[0], alpha=0.6, edgecolors="black")


@plot
def markers(figure: Any) -> None:
    axes = axes_of(figure)
    for row, marker in enumerate("os^Dv*xP+h"):
        axes.plot(range(6), [row] * 6, marker=marker, linestyle="none", markersize=7, markerfacecolor="C1")


@plot
def errorbar(figure: Any) -> None:
    axes_of(figure).errorbar(range(6), [3, 4, 2, 5, 4, 6], yerr=0.6, xerr=0.3, fmt="s", capsize=3)


@plot
def fill_between(figure: Any) -> None:
    axes = axes_of(figure)
    axes.fill_between(X, np.sin(X), np.cos(X), where=np.sin(X) > np.cos(X), alpha=0.4, interpolate=True)
    axes.axhspan(-0.5, 0, color="C2", alpha=0.3)
    axes.axvline(4, color="C3", dashes=(4, 2))


@plot
def stackplot(figure: Any) -> None:
    axes_of(figure).stackplot(X, X, 10 - X, 3 + np.sin(X))


@plot
def hist(figure: Any) -> None:
    axes_of(figure).hist(CLOUD.T, bins=12, histtype="stepfilled", alpha=0.5)


@plot
def hexbin(figure: Any) -> None:
    axes_of(figure).hexbin(*CLOUD, gridsize=12)


@plot
def pcolormesh(figure: Any) -> None:
    mesh = axes_of(figure).pcolormesh(GRID)
    figure.colorbar(mesh)


@plot
def curved_mesh(figure: Any) -> None:
    u, v = np.meshgrid(np.linspace(0, 1, 10), np.linspace(1, 2, 8))
    axes_of(figure).pcolormesh(
        v * np.cos(u), v * np.sin(u), GRID[:7, :9], edgecolors="white", antialiased=True
    )


@plot
def gouraud(figure: Any) -> None:
    axes_of(figure).pcolormesh(GRID, shading="gouraud")


@plot
def triangles(figure: Any) -> None:
    triangulation = Triangulation(*CLOUD[:, :30])
    axes_of(figure).tripcolor(triangulation, CLOUD[0, :30], shading="gouraud")


@plot
def imshow(figure: Any) -> None:
    axes_of(figure).imshow(GRID, aspect="auto", interpolation="nearest")


@plot
def imshow_upside_down(figure: Any) -> None:
    axes_of(figure).imshow(GRID, aspect="auto", origin="lower", interpolation="none", cmap="gray")


@plot
def imshow_with_alpha(figure: Any) -> None:
    axes = axes_of(figure)
    axes.plot([0, 15], [0, 11], linewidth=6, color="C3")
    axes.imshow(GRID, aspect="auto", alpha=np.linspace(0, 1, GRID.size).reshape(GRID.shape), zorder=3)


@plot
def imshow_turned(figure: Any) -> None:
    from matplotlib.transforms import Affine2D

    axes = axes_of(figure)
    image = axes.imshow(GRID, aspect="auto", interpolation="none", extent=(0, 10, 0, 6))
    image.set_transform(Affine2D().rotate_deg(20).translate(4, 1) + axes.transData)
    axes.set(xlim=(0, 16), ylim=(0, 12))


@plot
def contour(figure: Any) -> None:
    axes_of(figure).contour(GRID, levels=6, linewidths=1.5)


@plot
def contourf(figure: Any) -> None:
    axes_of(figure).contourf(GRID, levels=6, hatches=["", "//", ""])


@plot
def quiver(figure: Any) -> None:
    u, v = np.meshgrid(np.linspace(-1, 1, 8), np.linspace(-1, 1, 6))
    axes_of(figure).quiver(u, v, -v, u)


@plot
def streamplot(figure: Any) -> None:
    u, v = np.meshgrid(np.linspace(-1, 1, 12), np.linspace(-1, 1, 12))
    axes_of(figure).streamplot(u[0], v[:, 0], -v, u, density=0.5)


@plot
def polar(figure: Any) -> None:
    axes = axes_of(figure, projection="polar")
    axes.plot(X, X / 2)
    axes.bar([0, 1, 2], [3, 4, 5], width=0.6, alpha=0.5)


@plot
def pie(figure: Any) -> None:
    axes_of(figure).pie([3, 2, 1, 4], explode=(0, 0.1, 0, 0), wedgeprops={"edgecolor": "white"})


@plot
def boxplot(figure: Any) -> None:
    axes_of(figure).boxplot([CLOUD[0], CLOUD[1] + 1], notch=True, patch_artist=True)


@plot
def violin(figure: Any) -> None:
    axes_of(figure).violinplot([CLOUD[0], CLOUD[1] + 1], showmedians=True)


@plot
def step_and_stem(figure: Any) -> None:
    axes = axes_of(figure)
    axes.step(range(8), [1, 3, 2, 5, 4, 6, 5, 7], where="mid")
    axes.stem(range(8), [0.5, 1.5, 1, 2, 2, 3, 2, 3])


@plot
def log_axes(figure: Any) -> None:
    axes = axes_of(figure)
    axes.loglog(X + 0.1, np.exp(X / 2))
    axes.grid(visible=True, which="both")


@plot
def twin_axes(figure: Any) -> None:
    axes = axes_of(figure)
    axes.bar(range(6), [3, 4, 5, 6, 7, 9])
    axes.twinx().plot(range(6), [10, 8, 9, 4, 3, 2], "o-", color="C1")


@plot
def legend(figure: Any) -> None:
    axes = axes_of(figure)
    axes.plot(X, np.sin(X), label="sine wave")
    axes.bar([2, 4], [0.5, 0.7], label="columns", hatch="//")
    axes.legend(title="Key", shadow=True, ncols=2, loc="lower right")


@plot
def arrows(figure: Any) -> None:
    axes = axes_of(figure)
    for y, style in enumerate(("->", "-|>", "fancy", "wedge", "<->")):
        axes.annotate(
            "", (8, y + 2), (1, y), arrowprops={"arrowstyle": style, "connectionstyle": "arc3,rad=0.2"}
        )
    axes.annotate(
        "note", (5, 5), (2, 5.5), arrowprops={"arrowstyle": "->"}, bbox={"boxstyle": "round", "fc": "0.9"}
    )
    axes.set(xlim=(0, 10), ylim=(-1, 7))


@plot
def mathtext(figure: Any) -> None:
    axes = axes_of(figure)
    axes.plot(X, X**2)
    axes.set_title(r"$R^2 = \frac{a}{b} \pm 0.1$")


@plot
def rotated_text(figure: Any) -> None:
    axes = axes_of(figure)
    axes.plot(X, X)
    axes.text(5, 5, "along", rotation=35, rotation_mode="anchor", bbox={"fc": "white", "ec": "C0"})
    axes.tick_params(axis="x", labelrotation=45)


@plot
def clip_path(figure: Any) -> None:
    axes = axes_of(figure)
    star = patches.RegularPolygon((5, 0), 5, radius=4, transform=axes.transData)
    image = axes.imshow(GRID, extent=(0, 10, -3, 3), aspect="auto")
    image.set_clip_path(star)
    (curve,) = axes.plot(X, 3 * np.sin(3 * X), linewidth=4, color="C3")
    curve.set_clip_path(patches.Circle((5, 0), 2.5, transform=axes.transData))


@plot
def table(figure: Any) -> None:
    axes = axes_of(figure)
    axes.axis("off")
    axes.table(
        [["1", "2"], ["3", "4"]],
        colLabels=["left", "right"],
        cellColours=[["C0", "C1"], ["C2", "C3"]],
        loc="center",
    )


@plot
def dates(figure: Any) -> None:
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=30 * i) for i in range(12)]
    axes_of(figure).plot(days, np.arange(12) ** 1.5)
    figure.autofmt_xdate()


@plot
def broken_axes(figure: Any) -> None:
    upper, lower = figure.subplots(2, 1, sharex=True)
    for axes in (upper, lower):
        axes.bar(range(5), [2, 3, 40, 4, 2])
    upper.set_ylim(35, 45)
    lower.set_ylim(0, 6)
    upper.spines.bottom.set_visible(False)
    lower.spines.top.set_visible(False)
    ends = {
        "marker": [(-1, -1), (1, 1)],
        "markersize": 8,
        "linestyle": "none",
        "color": "k",
        "clip_on": False,
    }
    upper.plot([0, 1], [0, 0], transform=upper.transAxes, **ends)
    lower.plot([0, 1], [1, 1], transform=lower.transAxes, **ends)


@plot
def subplots_in_tight_layout(figure: Any) -> None:
    for axes in figure.subplots(2, 3).flat:
        axes.plot(X, np.sin(X))
        axes.set_ylabel("value")
    figure.tight_layout()


@plot
def chinese(figure: Any) -> None:
    axes = axes_of(figure)
    axes.barh(["发明专利", "实用新型（件）"], [12, 30], color="C4")
    axes.set_xlabel("2023年申请量，单位：件")


@plot
def curves_and_holes(figure: Any) -> None:
    axes = axes_of(figure)
    axes.add_patch(patches.Annulus((3, 3), 2.5, 1.2, color="C5"))
    axes.add_patch(
        patches.FancyBboxPatch(
            (6, 1), 3, 3, boxstyle="round,pad=0.4", fc="none", ec="C6", lw=3, joinstyle="bevel"
        )
    )
    quadratic = Path([(0, 5), (5, 9), (10, 5)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    axes.add_patch(patches.PathPatch(quadratic, fc="none", lw=4, capstyle="round"))
    axes.set(xlim=(0, 10), ylim=(0, 8))


@plot
def event_and_broken_bars(figure: Any) -> None:
    axes = axes_of(figure)
    axes.eventplot([CLOUD[0], CLOUD[1]], linelengths=0.6)
    axes.broken_barh([(-2, 1), (0, 2)], (1.5, 0.5), facecolors=("C1", "C2"))


@plot
def log_colors_and_far_points(figure: Any) -> None:
    axes = axes_of(figure)
    axes.plot([0, 1e6], [0, 1e6], color="C3")
    axes.plot(X, 1e5 * np.sin(X))
    axes.set(xlim=(0, 10), ylim=(-5, 12))
