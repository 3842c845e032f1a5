"""The published points of a Lorenz curve never set apart fewer than ten people, from each other either."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from warehouse.analyse.concentratie import curve


@given(st.integers(1, 3000))
def test_every_step_between_shown_points_holds_ten_people(n: int) -> None:
    punten = curve(np.arange(1, n + 1) * 1000.0)
    getoond = [p for p, waarde in enumerate(punten) if waarde is not None]
    assert getoond[0] == 0 and getoond[-1] == 100
    if len(getoond) > 2:
        assert min(np.diff(getoond)) * n / 100 >= 10 - 1e-6
    # with enough people every per cent is shown
    assert n < 1000 or len(getoond) == 101
