"""The types of what options are given: a day, a number of days, a name with its value."""

import re
from datetime import date
from typing import Any

import click

from ipcity_policy.cli.misuse import BadValue
from ipcity_policy.text.message import say


class DayParam(click.ParamType[date]):
    """A day, written `2001-05-17`."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        wrong = say("`{value}` is not a day; write it as `2001-05-17`", value=value)
        raise BadValue(wrong, ctx, param)


class DaysParam(click.ParamType[int]):
    """A number of days, written `90`."""

    name = "days"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number."""
        if isinstance(value, int):
            return value
        if re.fullmatch("[0-9]{1,5}", value):
            return int(value)
        wrong = say("`{value}` is not a number of days; write it as `90`", value=value)
        raise BadValue(wrong, ctx, param)


class PairParam(click.ParamType[tuple[str, str]]):
    """A name and a value, written `name=value`."""

    name = "name=value"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return the two."""
        if isinstance(value, tuple):
            return value
        name, equals, rest = value.partition("=")
        if not (name and equals and rest):
            raise BadValue(
                say("`{value}` is not of the form `name=value`", value=value), ctx, param
            )
        return name, rest
