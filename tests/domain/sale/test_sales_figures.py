"""Shares, growth, share of wallet and ratios (handbook 9.3)."""

from __future__ import annotations

from csm.domain.sale.figures import cost_ratio, growth, per_sale, share, wallet


def test_share_of_nothing_is_none() -> None:
    assert share(25, 100) == 0.25
    assert share(0, 100) == 0.0
    assert share(5, 0) is None
    assert share(5, -10) is None


def test_growth_from_zero_is_none() -> None:
    assert growth(150, 100) == 0.5
    assert growth(0, 100) == -1.0
    assert growth(-50, 100) == -1.5  # credit notes of the period
    assert growth(100, 0) is None
    assert growth(0, 0) is None
    assert growth(100, -20) is None


def test_share_of_wallet_needs_the_customers_spend() -> None:
    # 1,750.00 of 12,000.00 a year
    assert wallet(175_000, 1_200_000) == 175_000 / 1_200_000
    assert wallet(0, 1_200_000) == 0.0
    assert wallet(175_000, None) is None
    assert wallet(175_000, 0) is None


def test_ratios_against_nothing_sold_are_none() -> None:
    assert cost_ratio(25, 500) == 0.05
    assert cost_ratio(25, 0) is None
    assert per_sale(1, 4) == 0.25
    assert per_sale(1, 0) is None
