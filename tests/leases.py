"""A small measure about time, for tests: a thing is held for a year, then asked for again."""

from tests.support import SMALL

_FACTS = (
    SMALL["facts.yaml"].replace(
        "offices:\n", "offices:\n  keeper: {label-en: keeper, label-zh: 保管人}\n"
    )
    + """\
events:
  registered:
    {label-en: registration, label-zh: 登记, by: [clerk], applies-for: renewal}
  inspected: {label-en: inspection, label-zh: 检查, by: [clerk]}
  renewed: {label-en: renewal, label-zh: 续期, by: [keeper]}
  noted: {label-en: yearly note, label-zh: 年度记录, by: [keeper]}
  taken-back: {label-en: taking back, label-zh: 收回, by: [clerk]}
"""
)

_TIME = """\
article: 2
title-en: Holding
title-zh: 持有
basis: attested
provisions:
  art-2-a: {says-en: It is held for a year., says-zh: 持有一年。}
  art-2-b: {says-en: It is noted each year., says-zh: 每年记录。, basis: inferred}
  art-2-c: {says-en: The clerk inspects it., says-zh: 书记员检查。}
  art-2-d: {says-en: It is asked for again., says-zh: 申请续期。}
parameters:
  hold-time: {value: 1 year, provision: art-2-a}
  look-time: {value: 2 months, provision: art-2-c}
  grace: {value: 30 days, provision: art-2-d}
states:
  fresh: {label-en: not registered, label-zh: 未登记, initial: yes}
  held: {label-en: held, label-zh: 持有中}
  over: {label-en: time over, label-zh: 期满}
  gone: {label-en: given up, label-zh: 已放弃}
terms:
  hold:
    {label-en: time of holding, label-zh: 持有期, of: held, lasts: hold-time, then: over,
     provision: art-2-a}
transitions:
  registration: {event: registered, from: [fresh, gone], to: held, round: first}
  renewing:
    {event: renewed, from: [held, over], to: held, round: next, decision: class, gives: low,
     provision: art-2-d}
  taking-back: {event: taken-back, from: [held, over], to: gone}
deadlines:
  note:
    {says-en: write the yearly note, says-zh: 作年度记录, duty-of: keeper,
     each-year-by: 03-31, during: [held], met-by: [noted], provision: art-2-b}
  inspection:
    {says-en: inspect it, says-zh: 进行检查, duty-of: clerk, within: look-time,
     after: registered, met-by: [inspected], provision: art-2-c}
  renewal:
    {says-en: ask for a renewal, says-zh: 申请续期, duty-of: keeper, within: grace,
     after: end of hold, during: [over], met-by: [renewed], provision: art-2-d}
lapses:
  not-renewed:
    label-en: given up for want of a renewal
    label-zh: 因未续期视为放弃
    missed: renewal
    from: [over]
    to: gone
    unless-missed: inspection
    provision: art-2-d
    effects: [bar renewal for pause after sold]
derived:
  sold: {day-of: [not-renewed, taken-back]}
counting:
  periods: {opening-day: not-counted, last-day: included, rest-days: stay}
readings:
  first-day:
    asks-en: Does the first day count?
    asks-zh: 首日是否计入？
    why-en: The text is silent.
    why-zh: 条文未规定。
    basis: inferred
    confidence: low
    default: not-counted
    options:
      not-counted: {says-en: it does not, says-zh: 不计入}
      counted:
        says-en: it does
        says-zh: 计入
        change: {counting.periods.opening-day: counted}
  whose-delay:
    asks-en: Does a late clerk keep it from being given up?
    asks-zh: 书记员逾期的，是否仍视为放弃？
    why-en: The text is silent.
    why-zh: 条文未规定。
    basis: inferred
    confidence: low
    default: keeps
    options:
      keeps: {says-en: it does, says-zh: 不视为放弃}
      keeps-not:
        says-en: it does not
        says-zh: 仍视为放弃
        change: {}
        repeal: [lapses.not-renewed.unless-missed]
"""

#: A measure by which a thing is registered, held, inspected, noted each year and renewed.
LEASES = {**SMALL, "facts.yaml": _FACTS, "1/article-02.yaml": _TIME}


def sheet(*events: str, until: str | None = None) -> str:
    """Return a sheet of the measure with some events, each as in a file."""
    known = f"events-known-until: {until}\n" if until is not None else ""
    stated = "".join(f"  - {{{event}}}\n" for event in events)
    head = "sheet: 1\nmeasure: small\nthing: {name-en: Box, name-zh: 匣}\n"
    return head + known + (f"events:\n{stated}" if events else "")
