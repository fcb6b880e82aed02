"""*Lifecycle.* From the events of a subject to where it stands on a day, by possible worlds.

`follow` is the entry and `position` the answer. In between, in reading order: `worlds` (one
possible history, its days as offsets from stated days), `context` (what all worlds share),
`version_spans` (which version a day falls under), `temporal_constraints` (what a day may be,
and what an order leaves of it), `observed_events` (what the sheet tells, and its silence),
`terms` (what begins), `automatic_transitions` (what comes by itself), `simulation` (what each
event leads to, in every order). Then what the worlds say together: `deadlines` (with
`stretches` of years), `reachability`, `derived_facts`, `bars`, and `aggregate`, which makes the
position. `testimony` is what an event tells of the question that guards it.
"""
