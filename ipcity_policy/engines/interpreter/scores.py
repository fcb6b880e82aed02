"""Whether the scores of a table can decide what is asked of its total."""

from dataclasses import dataclass
from decimal import Decimal

from ipcity_policy.engines.interpreter.arithmetic import calculated
from ipcity_policy.engines.interpreter.conditions import Evaluation
from ipcity_policy.engines.interpreter.operators import Side, truth_of
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import NumberType
from ipcity_policy.lang.values import Numbers, of_type
from ipcity_policy.law.model import Quantity


def scores_tell(run: Evaluation, asked: core.Apply) -> bool:
    """Tell whether an open comparison may be decided by scores alone.

    A total is the higher the higher a score is. So where neither the least nor the most of all
    of them decides what is asked of it, none of them does: it waits for the total as an office
    gives it, or for the text of the table.

    >>> from tests.boxes import law
    >>> run = Evaluation(law(), {}, strict=False, supposed={})
    >>> scores_tell(run, law().rules["fine"].condition)  # the most of all scores is enough
    True
    """
    total, *others = asked.operands
    if not isinstance(total, core.QuantityRef) or any(
        isinstance(one, core.FactRef | core.QuantityRef | core.Moved) for one in others
    ):
        return True
    quantity = run.program.quantities[total.name]
    if quantity.system is None or run.withheld(quantity.origin):
        return True
    right = tuple(run.value(one) for one in others)
    ends = (_AtEnd(run, quantity, most=most).total() for most in (False, True))
    return any(truth_of(asked, (end, *right)) is not None for end in ends)


@dataclass(frozen=True, slots=True)
class _AtEnd:
    """What a total comes to where every score is the least or the most that it may be."""

    run: Evaluation
    of: Quantity
    most: bool

    def total(self) -> Side:
        """Return the total; what the sheet states of it itself stays as it is."""
        return calculated(self.of.expression, self._found)

    def _found(self, operand: core.Operand) -> Side:
        expression, run = self.of.expression, self.run
        if isinstance(operand, core.QuantityRef):
            part = run.program.quantities[operand.name]
            if run.withheld(part.origin):
                return run.value(operand)
            return calculated(part.expression, self._found)
        value = run.value(operand)
        if isinstance(expression, core.StatedTotal) and operand == expression.stated:
            return value
        return self._end(value) if isinstance(value, Numbers) else value

    def _end(self, value: Numbers) -> Numbers:
        datatype = of_type(self.of.datatype, NumberType)
        end = value.high if self.most else value.low
        if end is None:  # no score holds more than the whole
            end = datatype.high if self.most and datatype.high is not None else Decimal(0)
        return Numbers(end, end, value.unit)
