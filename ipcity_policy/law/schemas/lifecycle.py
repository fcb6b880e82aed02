"""The shapes of what a version says of time: states, transitions, terms, duties, lapses."""

from collections.abc import Mapping
from types import MappingProxyType

from ipcity_policy.law.schemas.leaves import BASIS, LABEL, NAME_LEAF, NOTE, STANDS, TEXT
from ipcity_policy.law.schemas.sentences import CONDITION, EFFECTS
from ipcity_policy.text.subject import EntryKind
from ipcity_policy.yaml.schema import NAME, Either, Key, Leaf, ListOf, MapOf, Record, one_of

#: What says that a transition leads out of every state.
ANY = "any"
MOMENT = Leaf(
    rf"(?:start of |end of )?{NAME}",
    "the name of an event, or `start of` or `end of` and the name of a term",
)

DAY_OF_YEAR = Leaf("[0-9]{2}-[0-9]{2}", "a month and a day such as `05-17`")

STATE = Record(
    "a state",
    "what a subject may be in, under the law",
    (
        LABEL,
        Key(
            "initial",
            one_of({"yes": "a subject is in it before anything has happened"}),
            "whether it is the initial state, before anything has happened",
        ),
        *STANDS,
        NOTE,
    ),
)

TRANSITION = Record(
    "a transition",
    "that an event moves a subject from one state to another",
    (
        Key("event", NAME_LEAF, "the event, declared in the vocabulary", required=True),
        Key(
            "from",
            Either(text=Leaf(ANY, f"`{ANY}`, or a list of states"), list=ListOf(NAME_LEAF)),
            f"the states that it leads out of, or `{ANY}`",
            required=True,
        ),
        Key("to", NAME_LEAF, "the state that it leads to", required=True),
        Key(
            "round",
            one_of(
                {
                    "first": "a first round begins",
                    "next": "the round after the one before begins",
                    "same": "the round continues",
                }
            ),
            "which round it is then; without this key the round continues",
        ),
        Key("decision", NAME_LEAF, "the decision that must give what `gives:` names"),
        Key("gives", NAME_LEAF, "the outcome of `decision:` that lets it happen"),
        Key("when", CONDITION, "what must hold of what is stated with the event"),
        EFFECTS,
        *STANDS,
        NOTE,
    ),
)

TERM = Record(
    "a term",
    "a time that runs from the day on which a state is entered",
    (
        LABEL,
        Key("of", NAME_LEAF, "the state in which it runs", required=True),
        Key("lasts", NAME_LEAF, "the parameter that holds its length", required=True),
        Key("then", NAME_LEAF, "the state that follows when it is over"),
        Key(
            "through",
            ListOf(NAME_LEAF),
            "the states in which it continues after the one in `of:` was left",
        ),
        Key(
            "holds-back",
            ListOf(NAME_LEAF),
            "the events that change no state before its last day",
        ),
        Key(
            "later-rounds",
            BASIS,
            "what its length is based on in a later round, if the text is of the first one",
        ),
        Key(
            "begins",
            one_of(
                {
                    "no-earlier": "where an event names its state, on the day of that or later",
                }
            ),
            "from when it runs; without this key, from the day on which its state is entered",
        ),
        Key(
            "notice",
            one_of(
                {
                    "yields": "what this text gives counts, and not what the notice states",
                }
            ),
            "which of the two counts where a notice states other days; without this key, "
            "those that it states",
        ),
        *STANDS,
        NOTE,
    ),
)

DEADLINE = Record(
    "a deadline",
    "what is to be done, or may be done, by a day: so long after a moment, or each year",
    (
        Key("says", TEXT, "what is to be done", required=True, bilingual=True),
        Key("duty-of", NAME_LEAF, "the office whose duty it is"),
        Key(
            "option-of",
            NAME_LEAF,
            "in place of `duty-of:`, the office that may do it in this time, and need not",
        ),
        Key("within", NAME_LEAF, "the parameter that holds the time for it"),
        Key(
            "after",
            Either(text=MOMENT, list=ListOf(MOMENT)),
            "the moment from which that time runs; of several, each begins a time of its own",
        ),
        Key("each-year-by", DAY_OF_YEAR, "the last day for it in each year"),
        Key("during", ListOf(NAME_LEAF), "the states in which it is owed; elsewhere it is not"),
        Key(
            "not-before",
            DAY_OF_YEAR,
            "for a duty of each year, a day of the year before: a subject that was not yet in "
            "these states on that day owes it only in the next year",
        ),
        Key(
            "in-term",
            NAME_LEAF,
            "for a duty of each year, the term that its day must fall in for it to be owed",
        ),
        Key("met-by", ListOf(NAME_LEAF), "the events of which any one meets it", required=True),
        Key(
            "early",
            one_of({"counts": "what is done while the term still runs is in time"}),
            "of a duty after the end of a term: whether doing it before counts",
        ),
        Key(
            "governed-by",
            MOMENT,
            "the moment whose day says which version governs, if not that in `after:`",
        ),
        *STANDS,
        NOTE,
    ),
)

LAPSE = Record(
    "a lapse",
    "that a state ends by itself because a duty was not met",
    (
        LABEL,
        Key("missed", NAME_LEAF, "the deadline that was missed", required=True),
        Key("from", ListOf(NAME_LEAF), "the states that it ends", required=True),
        Key("to", NAME_LEAF, "the state that follows", required=True),
        Key(
            "unless-missed",
            NAME_LEAF,
            "the deadline whose being missed keeps this from happening",
        ),
        Key(
            "if-missed",
            NAME_LEAF,
            "the other deadline that must have been missed for this to happen",
        ),
        EFFECTS,
        *STANDS,
        NOTE,
    ),
)

DERIVED = Record(
    "a derived fact",
    "a fact that follows from the events where a sheet does not state it: one of its keys",
    (
        Key("day-of", ListOf(NAME_LEAF), "the day of the latest of these events and lapses"),
        Key("start-of", NAME_LEAF, "the first day of the latest run of this term"),
        Key("end-of", NAME_LEAF, "the last day of the latest run of this term"),
        Key(
            "last-day-for",
            NAME_LEAF,
            "the last day of the latest time that ran for the duty of this deadline",
        ),
        Key("since", ListOf(NAME_LEAF), "the day since which one of these states has lasted"),
        Key(
            "lost-in",
            ListOf(NAME_LEAF),
            "the states in which a stay before no longer counts for `since:`",
        ),
        Key(
            "each-round",
            one_of(
                {
                    "goes-on": "the time continues from one round to the next",
                    "begins-anew": "only the latest round counts",
                }
            ),
            "whether a new round restarts the time of `since:`; without this key it continues",
        ),
        Key(
            "by-state",
            MapOf(ListOf(NAME_LEAF)),
            "for each option the states that it goes with",
        ),
        Key("barred", NAME_LEAF, "whether a bar on this application runs"),
        Key(
            "begun-under",
            one_of(
                {
                    "any-version": "a bar that an earlier version began runs on",
                    "this-version": "only a bar counts that began under this version",
                }
            ),
            "which bars count for `barred:`; without this key all of them do",
        ),
        Key("by-year", NAME_LEAF, "what events of this kind state for each year"),
        Key("states", NAME_LEAF, "the fact that the events of `by-year:` state"),
        *STANDS,
        NOTE,
    ),
)

COUNTING = Record(
    "how periods are counted",
    "which days belong to a term, a deadline or a bar",
    (
        Key(
            "opening-day",
            one_of(
                {
                    "counted": "the day that a period runs from is its first day",
                    "not-counted": "the day after it is its first day",
                }
            ),
            "whether the day of a happening that a period runs from is counted; the last day "
            "of another period, which it follows, never is",
        ),
        Key(
            "last-day",
            one_of(
                {
                    "included": "the last day still belongs to the period",
                    "excluded": "the period is over when its last day begins",
                }
            ),
            "whether the last day belongs to the period",
        ),
        Key(
            "rest-days",
            Leaf("stay|[A-Z]{2}", "`stay`, or the code of a country such as `FR`"),
            "whether an end on a rest day moves to the next working day of a country",
        ),
        Key(
            "moved",
            ListOf(
                one_of(
                    {
                        "terms": "the terms of states",
                        "deadlines": "the times for duties",
                        "bars": "the bars on applications",
                    }
                )
            ),
            "the periods of which an end on a rest day moves; without this key all of them",
        ),
        Key(
            "what-follows",
            one_of(
                {
                    "from-the-moved-day": "it is calculated from the working day",
                    "from-the-rest-day": "it is calculated from the day that did not move",
                }
            ),
            "from which day a period is calculated that follows one whose end moved; without "
            "this key from the working day",
        ),
        *STANDS,
        NOTE,
    ),
)

#: The kinds of entry about time, and the shape of each.
HISTORY_KINDS: Mapping[EntryKind, Record] = MappingProxyType(
    {
        EntryKind.STATE: STATE,
        EntryKind.TRANSITION: TRANSITION,
        EntryKind.TERM: TERM,
        EntryKind.DEADLINE: DEADLINE,
        EntryKind.LAPSE: LAPSE,
        EntryKind.DERIVED: DERIVED,
        EntryKind.COUNTING: COUNTING,
    }
)

#: The kinds of events that a vocabulary declares.
EVENT = Record(
    "an event",
    "a kind of dated happening that a sheet may state",
    (
        LABEL,
        Key("by", ListOf(NAME_LEAF), "the offices whose act it is"),
        Key("applies-for", NAME_LEAF, "the application that it files"),
        Key(
            "not-before",
            ListOf(NAME_LEAF),
            "the dates that all come first, and the events of which some one does, because it "
            "refers to them or uses them; `its-year` is the year that it concerns",
        ),
        Key(
            "names",
            NAME_LEAF,
            "the state that it names by its own wording, so that no text is needed to know it",
        ),
        NOTE,
    ),
)
