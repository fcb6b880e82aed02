"""The words that the grammar keeps for itself."""

#: No name can be one of them, so that none is mistaken for one.
KEYWORDS = frozenset(
    # A list of words reads best as words.
    """
    above after all and any are at bar before below between both down exactly excluded first for
    from greater half in included includes is known last least lesser met minus most no none not
    of on one only or otherwise permit plus rounded submitted the ties time times to top up with
    yes
    """.split()  # noqa: SIM905
)
