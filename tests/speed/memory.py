"""How much memory a program takes that shares torch with nobody else."""

from collections import defaultdict
from collections.abc import Iterable

import psutil

APART = "torch"
"""In the path of a file: its pages count whole, whoever else has them open just now."""


def held(processes: Iterable[psutil.Process]) -> float:
    """Bytes of all processes together: what each has in proportion (PSS), but pages of torch
    whole, once for all of them."""
    proportional = 0
    shared: dict[str, list[psutil._common.pmmap_grouped]] = defaultdict(list)
    for process in processes:
        for part in process.memory_maps(grouped=True):
            if APART in part.path:
                shared[part.path].append(part)
            else:
                proportional += part.pss
    return float(proportional + sum(map(_alone, shared.values())))


def _alone(parts: list["psutil._common.pmmap_grouped"]) -> int:
    """Of a file that these processes have open: no less than the one that has most of it."""
    return max(max(part.rss for part in parts), sum(part.pss for part in parts))
