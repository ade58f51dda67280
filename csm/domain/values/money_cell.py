"""Amounts and quantities as other programs write them into cells: exact, with a currency or a unit, or refused.

Owns the signs and codes of currencies, separators of thousands, the decimal comma, Chinese multiples and the unit in a
heading; what is typed is read by the same rules. No floats, and only the file's currency.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, NamedTuple

from csm.domain.errors import UsageFault
from csm.domain.time.numerals import fold

_LONGEST: Final = 40
_LIMIT: Final = 10**15  # as in `csm.domain.values.money`
CENTS: Final = 2
_QUANTITY_DECIMALS: Final = 3
_MOST: Final = Decimal(10**12)

# Which currencies a sign or a name can mean, the first the commonest; codes are themselves.
_MEANT: Final = {
    "CNY": "rmb 人民币 块 块钱", "CNY JPY": "¥ ￥ 圆", "CNY HKD TWD MOP SGD": "元", "JPY": "日元 円",
    "USD AUD CAD HKD NZD SGD TWD MXN BRL ARS CLP COP": "$", "USD": "us$ 美元 美金", "EUR": "€ 欧元", "GBP": "£ 英镑",
    "HKD": "hk$ 港币 港元", "TWD": "nt$ 新台币 台币", "AUD": "a$ au$ 澳元", "CAD": "c$ ca$ 加元", "SGD": "s$ 新元",
    "NZD": "nz$", "BRL": "r$", "MOP": "mop$ 澳门元", "KRW": "₩ 韩元", "INR": "₹", "INR PKR": "rs rs. 卢比",
    "RUB": "₽ руб руб. 卢布",
    "THB": "฿ 泰铢", "VND": "₫", "TRY": "₺", "UAH": "₴", "ILS": "₪", "PHP": "₱", "NGN": "₦", "SEK NOK DKK": "kr kr.",
    "PLN": "zł", "CZK": "kč", "HUF": "ft", "CHF": "fr fr. sfr. 瑞士法郎", "MYR": "rm", "IDR": "rp", "ZAR": "r",
}  # fmt: skip
_SIGNS: Final = {sign: meant for meant, signs in _MEANT.items() for sign in signs.split()}
_ISO_CODES: Final = (
    "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JOD JPY KES KRW KWD"
    " KZT LKR MAD MOP MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU"
    " UZS VND ZAR"
)
_CODES: Final = frozenset(_ISO_CODES.split())
_MULTIPLES: Final = {
    "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10,
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6,
}  # fmt: skip
_SIGN: Final = "|".join(sorted(map(re.escape, (*_SIGNS, *(code.lower() for code in _CODES))), key=len, reverse=True))
_MULTIPLE: Final = "|".join(sorted((one for one in _MULTIPLES if not one.isascii()), key=len, reverse=True))
_AMOUNT: Final = re.compile(
    rf"(?P<open>[(])?(?P<minus>-)? ?(?P<before>{_SIGN})? ?(?P<minus2>-)? ?(?P<number>[0-9][0-9., '’]*)"
    rf"(?: ?(?P<multiple>{_MULTIPLE}))? ?(?P<after>{_SIGN})?整?(?P<close>[)])?"
)
_HEADING: Final = re.compile(
    rf"(?:单位 ?:? ?)?(?P<before>{_SIGN})? ?'?(?P<multiple>{_MULTIPLE}|000s?|k|thousands?|m|mn|millions?)?"
    rf" ?(?P<after>{_SIGN})?"
)
_PLAIN: Final = re.compile("[0-9]{1,13}(?:[.][0-9]{1,2})?")
_QUANTITY: Final = re.compile(r"(?P<number>-?[0-9][0-9., '’]*)(?: ?(?P<unit>[^0-9\s.,'’+\-*/=%][^0-9]*?))?")
_LONGEST_UNIT: Final = 12


class Spelling(NamedTuple):
    """How the numbers of a file are written: the currency of our file, its decimal sign, and whether to round."""

    currency: str = "CNY"
    decimal: str = "."
    rounds: bool = False


def read_money(text: str, spelling: Spelling, *, allow_negative: bool = False, power: int = 0) -> int:
    """Return the cents that a cell says, `power` tens times as much; raise unreadable-amount.

    Also raises other-currency for another currency's sign, and too-many-decimals unless they are to be rounded.
    """
    if not power and spelling.decimal == "." and _PLAIN.fullmatch(text):
        whole, _, part = text.partition(".")
        return int(whole) * 100 + int(part.ljust(2, "0"))
    folded = fold(unicodedata.normalize("NFKC", text.replace("￥", "¥"))).replace("−", "-")
    found = _AMOUNT.fullmatch(folded) if len(folded) <= _LONGEST else None
    if found is None:
        raise UsageFault("unreadable-amount", value=text)
    for sign in (found["before"], found["after"]):
        _check_currency(text, sign, spelling.currency)
    negative = _is_negative(found)
    number = _number(found["number"], spelling.decimal)
    if number is None or negative is None or (negative and not allow_negative):
        raise UsageFault("unreadable-amount", value=text)
    exact = number.scaleb(_MULTIPLES.get(found["multiple"] or "", 0) + power)
    cents = int(_fitted(text, exact, CENTS, spelling).scaleb(CENTS))
    if cents >= _LIMIT:
        raise UsageFault("unreadable-amount", value=text)
    return -cents if negative else cents


def _is_negative(found: re.Match[str]) -> bool | None:
    """Tell whether an amount has a minus or stands in brackets; None where it has more than one, or half a bracket."""
    signs = [name for name in ("minus", "minus2", "open") if found[name]]
    return None if len(signs) > 1 or bool(found["open"]) != bool(found["close"]) else bool(signs)


def read_many(text: str, spelling: Spelling, *, allow_negative: bool = False) -> tuple[float, str | None]:
    """Return the quantity that a cell says and the unit behind it, `100箱`; raise unreadable-quantity,
    too-many-decimals.

    None at all is no quantity.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())
    found = _QUANTITY.fullmatch(folded) if len(folded) <= _LONGEST else None
    if found is None or not _is_unit(found["unit"]):
        raise UsageFault("unreadable-quantity", value=text)
    number = _number(found["number"].lstrip("-"), spelling.decimal)
    if number is None or not 0 < number <= _MOST:
        raise UsageFault("unreadable-quantity", value=text)
    fitted = _fitted(text, number, _QUANTITY_DECIMALS, spelling)
    negative = found["number"].startswith("-")
    if not fitted or (negative and not allow_negative):
        raise UsageFault("unreadable-quantity", value=text)
    return float(-fitted if negative else fitted), found["unit"]


def _is_unit(unit: str | None) -> bool:
    """Tell whether a text can be a unit or none: 万 and million make another number of it."""
    if not unit:
        return True
    return len(unit) <= _LONGEST_UNIT and unit[:1] not in "十百千万亿" and unit.casefold() not in _MULTIPLES


def read_decimal(text: str, decimal: str) -> str:
    """Return a number with a decimal comma as one with a point; any other text is as it is."""
    if decimal == "." or re.fullmatch("-?[0-9]+(?:,[0-9]+)?", text) is None:
        return text
    return text.replace(",", ".")


def unit_of_heading(heading: str) -> str:
    """Return what stands in the brackets at the end of a heading, `万元` of `营业额（万元）`; else nothing."""
    found = re.fullmatch(
        r".+?[(\[【〔](.+?)[)\]】〕]\s*[:：]?\s*", unicodedata.normalize("NFKC", heading).strip(), re.DOTALL
    )
    return found[1].strip() if found else ""


def power_of_heading(heading: str, currency: str) -> int:
    """Return the power of ten by which a heading's unit multiplies amounts; raise other-currency for another
    currency's.

    What is neither a currency nor a multiple says nothing.
    """
    unit = fold(unit_of_heading(heading))
    if not unit:
        return 0
    found = _HEADING.fullmatch(unit)
    if found is None:
        return 0
    for sign in (found["before"], found["after"]):
        _check_currency(heading, sign, currency)
    multiple = found["multiple"] or ""
    return 3 if multiple.startswith("000") else _MULTIPLES.get(multiple) or _MULTIPLES.get(multiple.rstrip("s"), 0)


def _check_currency(text: str, sign: str | None, own: str) -> None:
    if sign is None:
        return
    meant = _SIGNS.get(sign, sign.upper()).split()
    if own not in meant:
        raise UsageFault("other-currency", value=text, currency=meant[0], own=own)


def _number(text: str, decimal: str) -> Decimal | None:
    """Return a number with or without separators of thousands; None for anything else."""
    bare = text.strip()
    groups = "[, '’]" if decimal == "." else "[. '’]"
    found = re.fullmatch(
        rf"([0-9]+|[1-9][0-9]{{0,2}}(?:({groups})[0-9]{{3}}(?:\2[0-9]{{3}})*))(?:{re.escape(decimal)}([0-9]+))?", bare
    )
    if found is None:
        return None
    return Decimal(f"{re.sub(groups, '', found[1])}.{found[3] or 0}")


def _fitted(text: str, number: Decimal, decimals: int, spelling: Spelling) -> Decimal:
    """Return a number with so many decimals at most; raise too-many-decimals unless it is to be rounded."""
    # As exact as the text is long: quantize refuses more digits than its context has.
    fitted = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=len(text) + 2 * decimals + 16))
    if fitted != number and not spelling.rounds:
        raise UsageFault("too-many-decimals", value=text, most=decimals)
    return fitted
