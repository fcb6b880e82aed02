"""What the language of conditions says; a measure brings its own words."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.text.message import Message, say

#: What each operator says after its left side; `value` and `other` stand on its right.
COMPARISONS: Mapping[str, Message] = MappingProxyType(
    {
        "at-least": say("is at least {value}"),
        "at-most": say("is at most {value}"),
        "above": say("is above {value}"),
        "below": say("is below {value}"),
        "exactly": say("is exactly {value}"),
        "not-exactly": say("is not exactly {value}"),
        "between": say("is between {value} and {other}"),
        "time-at-least": say("is at least {value}", context="time-at-least"),
        "time-at-most": say("is at most {value}", context="time-at-most"),
        "time-above": say("is above {value}", context="time-above"),
        "time-below": say("is below {value}", context="time-below"),
        "on-or-after": say("is on or after {value}"),
        "on-or-before": say("is on or before {value}"),
        "after": say("is after {value}"),
        "before": say("is before {value}"),
        "one-of": say("is one of {value}"),
        "not-one-of": say("is not one of {value}"),
        "same": say("is {value}"),
        "different": say("is not {value}"),
        "in-top": say("is in the top {value} of the {cohort}{ways}"),
        "not-in-top": say("is not in the top {value} of the {cohort}{ways}"),
        "last": say("is the last of the {cohort}{ways}"),
        "not-last": say("is not the last of the {cohort}{ways}"),
        "includes": say("includes {value}"),
        "includes-all": say("includes all of {value}"),
        "includes-any": say("includes any of {value}"),
        "includes-none": say("includes none of {value}"),
        "submitted": say("is submitted"),
        "not-submitted": say("is not submitted"),
        "submitted-on-or-before": say("is submitted on or before {value}"),
        "submitted-before": say("is submitted before {value}"),
        "submitted-on-or-after": say("is submitted on or after {value}"),
        "submitted-after": say("is submitted after {value}"),
        "known": say("is known"),
        "not-known": say("is not known"),
    }
)

#: What is said instead where the limit is a single place: that is the first one.
FIRST_PLACES: Mapping[str, Message] = MappingProxyType(
    {
        "in-top": say("is in the top {value} of the {cohort}{ways}", context="first"),
        "not-in-top": say("is not in the top {value} of the {cohort}{ways}", context="first"),
    }
)

#: What is said instead of something that is so or is not; `other` is the other one of the two.
YES_OR_NO: Mapping[str, Message] = MappingProxyType(
    {
        "same": say("is {value}", context="yes-or-no"),
        "different": say("is not {value}", context="yes-or-no"),
    }
)

#: What an arithmetic operation says of its parts, joined by the first; the second is alone.
CALCULATIONS: Mapping[str, Message] = MappingProxyType(
    {
        "plus": say("{left} plus {right}"),
        "minus": say("{left} minus {right}"),
        "times": say("{right} times {left}"),
        "percent": say("{right} of {left}"),
        "lesser": say("the lesser of {left} and {right}"),
        "greater": say("the greater of {left} and {right}"),
        "rounded up": say("{left}, rounded up to {right}"),
        "rounded down": say("{left}, rounded down to {right}"),
        "rounded half up": say("{left}, rounded half up to {right}"),
    }
)

#: How the places of a cohort are counted, as a sentence says it.
WAYS: Mapping[str, Message] = MappingProxyType(
    {
        "rounded up": say(", rounded up"),
        "rounded down": say(", rounded down"),
        "rounded half up": say(", rounded half up"),
        "ties at the first": say(", those who share a place taken at its first"),
        "ties at the last": say(", those who share a place taken at its last"),
    }
)

#: How a component of a fact is named.
COMPONENTS: Mapping[str, Message] = MappingProxyType(
    {
        "rank": say("{fact}: the place"),
        "of": say("{fact}: how many there are among the {cohort}"),
        "on": say("{fact}: the day of submission"),
    }
)
