"""Funnel limits, overdispersion and bootstrap against hand calculation and laws (Spiegelhalter 2005)."""

from math import asin, exp, log, pi, sin, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.rekenen import trechter
from warehouse.rekenen.trechter import Spread


def test_limits_of_a_ratio_by_hand() -> None:
    # E = 25 expected cases: s = 1/5, so 95 % limits are e^(-0,392) and e^(0,392); with tau² = 0,05 the
    # standard deviation is √(0,04 + 0,05) = 0,3 and the 99,8 % limits are e^(±0,927)
    s = trechter.error_count_ratio(np.array([25.0]))
    low, high = trechter.limits_ratio(s, 0.0, trechter.Z_95)
    assert (low[0], high[0]) == pytest.approx((0.675704, 1.479938), abs=1e-5)
    low, high = trechter.limits_ratio(s, 0.05, trechter.Z_998)
    assert (low[0], high[0]) == pytest.approx((exp(-0.927), exp(0.927)))


def test_limits_of_a_proportion_by_hand() -> None:
    # theta = 0,5: arcsin √0,5 = π/4; n = 100: s = 1/20; sin²(π/4 ± d) = ½(1 ± sin 2d)
    low, high = trechter.limits_proportion(0.5, np.array([100.0]), 0.0, 2.0)
    assert (low[0], high[0]) == pytest.approx((0.5 * (1 - sin(0.2)), 0.5 * (1 + sin(0.2))))
    # near 0 the scale folds over; a proportion is never below 0 or above 1
    low, high = trechter.limits_proportion(0.01, np.array([4.0]), 0.0, 3.09)
    assert low[0] == 0.0
    assert high[0] == pytest.approx(sin(asin(0.1) + 3.09 / 4) ** 2)
    low, high = trechter.limits_proportion(0.99, np.array([4.0]), 0.0, 3.09)
    assert high[0] == 1.0
    assert trechter.distance_proportion(np.array([50.0]), np.array([50.0]), 0.5)[0] == pytest.approx(pi / 4)


def test_winsorising_pulls_in_and_keeps_the_count() -> None:
    # eleven z-scores -5..5: the 10 % and 90 % quantiles are -4 and 4; FunnelPlotR #13: winsorise is not trim
    z = np.arange(-5.0, 6.0)
    pulled = trechter.winsorise(z)
    assert pulled.tolist() == [-4, -4, -3, -2, -1, 0, 1, 2, 3, 4, 4]


def test_overdispersion_by_hand() -> None:
    # eleven aanbieders with s = 0,1 and y = -0,5..0,5: winsorised Σz² = 16·4 + 9·2 + 4·2 + 1·2 = 92, so
    # phi = 92/11. All weights are 100: Σw - Σw²/Σw = 1100 - 110.000/1100 = 1000; tau² = (92 - 10)/1000
    spread = trechter.estimate_spread(np.arange(-5.0, 6.0) / 10, np.full(11, 0.1))
    assert (spread.phi, spread.tau2) == pytest.approx((92 / 11, 0.082))


def test_overdispersion_with_unequal_weights_by_hand() -> None:
    # without winsorising: z = -2 and 3, phi = 13/2; w = 100 and 25: Σw - Σw²/Σw = 125 - 10.625/125 = 40
    # so tau² = (13 - 1)/40
    spread = trechter.estimate_spread(np.array([-0.2, 0.6]), np.array([0.1, 0.2]), share=0.0)
    assert (spread.phi, spread.tau2) == pytest.approx((6.5, 0.3))


def test_no_overdispersion_where_chance_explains_it_all_and_with_one_aanbieder() -> None:
    assert trechter.estimate_spread(np.array([0.01, -0.01, 0.0]), np.full(3, 0.1)).tau2 == 0.0
    assert trechter.estimate_spread(np.array([3.0]), np.array([0.1])) == Spread(1.0, 0.0)


def test_bootstrap_error_is_that_of_the_mean_of_the_logarithm() -> None:
    # lognormal costs with sigma 0,5: a variation of √(e^0,25 - 1) = 0,533; the error of ln(mean of 400) is
    # 0,533/√400 = 0,0266 (delta method), give or take the noise of 200 draws (5 %) and of the sample
    costs = np.random.default_rng(7).lognormal(8, 0.5, 400)
    error = trechter.error_bootstrap(costs, np.full(400, 3000.0))
    assert error == pytest.approx(sqrt(exp(0.25) - 1) / 20, rel=0.2)


def test_bootstrap_of_many_clients_goes_over_into_the_large_sample_limit() -> None:
    generator = np.random.default_rng(11)
    costs, expected = generator.gamma(2.0, 500.0, 2000), generator.gamma(9.0, 100.0, 2000)
    drawn = [trechter.error_bootstrap(costs[a : a + 500], expected[a : a + 500]) for a in range(0, 2000, 500)]
    # four samples of 500 each have twice the error of the 2.000 together
    assert np.mean(drawn) / 2 == pytest.approx(trechter.error_bootstrap(costs, expected), rel=0.1)


def test_bootstrap_is_the_same_every_time_and_blind_to_the_scale_of_the_money() -> None:
    costs = np.random.default_rng(3).gamma(2.0, 500.0, 40)
    first = trechter.error_bootstrap(costs, np.full(40, 900.0))
    trechter.error_bootstrap(costs[:17], np.full(17, 900.0))  # another aanbieder in between changes nothing
    assert trechter.error_bootstrap(costs, np.full(40, 900.0)) == first
    assert trechter.error_bootstrap(costs * 100, np.full(40, 90.0)) == pytest.approx(first)
    # costs that are exactly what is expected vary not at all
    assert trechter.error_bootstrap(costs, costs * 3) == pytest.approx(0.0, abs=1e-12)


@given(
    n=st.integers(1, 5000),
    more=st.integers(1, 5000),
    tau2=st.floats(0, 1),
    extra=st.floats(0.001, 1),
    target=st.floats(0.01, 0.99),
)
def test_limits_hold_the_target_and_widen(
    n: int, more: int, tau2: float, extra: float, target: float
) -> None:
    sizes = np.array([float(n), float(n + more)])
    for kind in ("ratio", "proportion"):

        def limits(tau: float, z: float, kind: str = kind) -> tuple[trechter.Floats, trechter.Floats]:
            if kind == "ratio":
                return trechter.limits_ratio(trechter.error_count_ratio(sizes), tau, z)
            return trechter.limits_proportion(target, sizes, tau, z)

        aim = 1.0 if kind == "ratio" else target
        low95, high95 = limits(tau2, trechter.Z_95)
        low998, high998 = limits(tau2, trechter.Z_998)
        assert (low998 <= low95).all()
        assert (high998 >= high95).all()
        assert (low95 <= aim + 1e-12).all()
        assert (high95 >= aim - 1e-12).all()
        # fewer clients: wider; more spread between aanbieders: wider
        assert low95[0] <= low95[1] + 1e-12
        assert high95[0] >= high95[1] - 1e-12
        wide_low, wide_high = limits(tau2 + extra, trechter.Z_95)
        assert (wide_low <= low95 + 1e-12).all()
        assert (wide_high >= high95 - 1e-12).all()


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(0.05, 2)), min_size=2, max_size=30),
    st.floats(0.1, 10),
)
def test_phi_has_no_unit_and_tau2_has_that_of_the_square(pairs: list[tuple[float, float]], k: float) -> None:
    y, s = (np.array(values) for values in zip(*pairs, strict=True))
    one, scaled = trechter.estimate_spread(y, s), trechter.estimate_spread(y * k, s * k)
    assert scaled.phi == pytest.approx(one.phi, abs=1e-9)
    assert scaled.tau2 == pytest.approx(one.tau2 * k**2, rel=1e-6, abs=1e-9)
    assert trechter.estimate_spread(-y, s).tau2 == pytest.approx(one.tau2, rel=1e-6, abs=1e-9)


def test_symmetry_of_a_ratio_on_the_log_scale() -> None:
    low, high = trechter.limits_ratio(np.array([0.3, 0.7]), 0.1, 1.96)
    assert (np.log(low) + np.log(high)).tolist() == pytest.approx([0.0, 0.0], abs=1e-12)
    assert log(high[0]) == pytest.approx(1.96 * sqrt(0.09 + 0.1))
