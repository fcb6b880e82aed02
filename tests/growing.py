"""Sheets that grow: so many of one kind of thing."""

from datetime import date, timedelta

HEAD = "sheet: 1\nmeasure: berths\nboat: {name-en: Dot, name-zh: 小点号, rig: sail}\n"
KNOWN = "events-known-until: 2020-12-31\n"


def _events(count: int, *kinds: str) -> str:
    """Write events, one a day, of some kinds in turn."""
    first = date(2020, 12, 30) - timedelta(days=count)
    lines = (
        f"  - {{event: {kinds[n % len(kinds)]}, on: {first + timedelta(days=n)}}}\n"
        for n in range(count)
    )
    return f"{HEAD}events:\n{''.join(lines)}{KNOWN}"


def moves(count: int) -> str:
    """Write events that move the boat, with a duty each time."""
    return _events(count, "given-up", "berth-allotted", "laid-up", "put-afloat")


def notices(count: int) -> str:
    """Write events that meet a duty of each year and move nothing."""
    return _events(count, "use-notified")


def fees(count: int) -> str:
    """Write events that bring duties, and events that may meet them."""
    return _events(count, "berth-allotted", "fee-paid")


def grades(count: int) -> str:
    """Write events with a fact each."""
    lines = (
        f"  - {{event: care-graded, on: {date(2020, 12, 30) - timedelta(days=n)}, "
        f"facts: {{care-grade: {{value: good, by: harbour-master}}}}}}\n"
        for n in range(count)
    )
    return f"{HEAD}events:\n{''.join(lines)}{KNOWN}"


def vague(count: int) -> str:
    """Write events of which only the year is known."""
    lines = (f"  - {{event: laid-up, on: {2020 - n % 1000}}}\n" for n in range(count))
    return f"{HEAD}events:\n{''.join(lines)}{KNOWN}"


def unknown_facts(count: int) -> str:
    """Write facts that the measure does not have."""
    return f"{HEAD}facts:\n" + "".join(f"  lenght-{n}: 1\n" for n in range(count))


def unknown_events(count: int) -> str:
    """Write events of kinds that the measure does not have."""
    lines = (f"  - {{event: fee-payd-{n}, on: 2004-07-27}}\n" for n in range(count))
    return f"{HEAD}events:\n{''.join(lines)}{KNOWN}"


def years(count: int) -> str:
    """Write a series of years."""
    said = "".join(f"    {1000 + n}: good\n" for n in range(min(count, 9000)))
    return f"{HEAD}facts:\n  care-grades:\n{said}"
