"""The currency of a file isn't changed under its amounts without a word, whichever way (the contract, section 1)."""

from __future__ import annotations

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """A card with a credit limit, a sale, a payment and one setting: 4 amounts; a free service and 0 don't count."""
    desk.ok("customer", "add", "Golden Dragon", "--credit-limit", "5000")
    desk.ok("sale", "add", "1", "Oven", "--amount", "1200")
    desk.ok("sale", "add", "1", "Sample", "--amount", "0")
    desk.ok("sale", "pay", "1", "200")
    desk.ok("config", "set", "authority.level_1", "3000")
    desk.ok("service", "add", "1", "delivery")
    return desk


REFUSED = (
    "csm: the file has amounts in CNY, 4 of them, and none would be converted to EUR\n"
    "hint: where they were meant in EUR all along: csm config set file.currency EUR --force\n"
)


def currency(desk: Desk) -> str:
    return str(desk.json("config", "get", "file.currency")["value"])


def test_it_is_set_where_there_is_no_amount(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("config", "set", "file.currency", "EUR")
    assert currency(desk) == "EUR"


def test_it_is_refused_where_there_are_amounts_and_set_with_force(shop: Desk) -> None:
    assert shop("config", "set", "file.currency", "EUR") == (4, "", REFUSED)
    assert currency(shop) == "CNY"
    assert shop("config", "set", "file.currency", "cny").code == 0, "the same currency changes nothing"
    assert "4" in shop("config", "set", "file.currency", "EUR", lang="zh").err
    shop.ok("config", "set", "file.currency", "EUR", "--force")
    assert currency(shop) == "EUR"
    assert shop.json("sale", "show", "1")["amount"] == 1200.0


def test_taking_it_back_to_the_default_is_the_same(shop: Desk) -> None:
    shop.ok("config", "set", "file.currency", "EUR", "--force")
    assert shop("config", "unset", "file.currency").code == 4
    assert currency(shop) == "EUR"
    shop.ok("config", "unset", "file.currency", "--force")
    assert currency(shop) == "CNY"


def test_an_import_of_settings_is_the_same(shop: Desk) -> None:
    path = shop.folder / "settings.csv"
    path.write_text("key,value\nfile.currency,EUR\n")
    for options in ([], ["--update"]):
        result = shop("import", "settings", path, *options)
        assert result.code == 2
        assert "the file has amounts in CNY, 4 of them, and none would be converted to EUR" in result.err
    assert currency(shop) == "CNY"
    path.write_text("key,value\nfile.currency,CNY\n")
    assert shop("import", "settings", path).code == 0


def test_a_whole_file_comes_with_its_own_currency_into_an_empty_one_only(shop: Desk) -> None:
    shop.ok("config", "set", "file.currency", "EUR", "--force")
    shop.ok("export", "all", shop.folder / "all")
    new = Desk(shop.folder, name="new.db")
    new.ok("import", "all", shop.folder / "all")
    assert currency(new) == "EUR"
    other = Desk(shop.folder, name="other.db")
    other.ok("customer", "add", "River Gym", "--credit-limit", "100")
    assert other("import", "all", shop.folder / "all").code != 0
    assert currency(other) == "CNY"


def test_other_settings_are_set_as_ever(shop: Desk) -> None:
    shop.ok("config", "set", "warning.days", "60")
    shop.ok("config", "unset", "warning.days")
