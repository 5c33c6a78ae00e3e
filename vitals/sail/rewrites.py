"""What DuckDB means by a word and Sail by another: one rewrite for each, listed in REWRITES."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.dialects.spark import Spark
from sqlglot.generators.spark import SparkGenerator

DUCKDB = "duckdb"


class UntranslatableError(Exception):
    """What a query asks in a way that Sail has no words for."""


class SailSQL(Spark):
    """Spark's SQL as Sail reads it."""

    class Generator(SparkGenerator):
        """What is strung together in an order, as the standard writes it."""

        TRANSFORMS = SparkGenerator.TRANSFORMS | {
            exp.WithinGroup: lambda self, node: (
                f"{self.sql(node, 'this')} WITHIN GROUP ({self.sql(node, 'expression').strip()})"
            ),
            exp.PercentileCont: lambda self, node: f"PERCENTILE_CONT({self.sql(node, 'this')})",
        }


def _func(name: str, *given: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[*given])


def _cast(value: exp.Expr, to: str) -> exp.Expr:
    return exp.cast(value, to, dialect=DUCKDB)


def _is(node: exp.Expr | None, *types: exp.DType) -> bool:
    return node is not None and node.is_type(*types)


def is_day(node: exp.Expr) -> bool:
    return _is(node, exp.DType.DATE)


def _is_whole(node: exp.Expr) -> bool:
    return _is(node, *exp.DataType.INTEGER_TYPES)


def _is_number(node: exp.Expr) -> bool:
    return _is(node, *exp.DataType.NUMERIC_TYPES)


def _named(node: exp.Expr | None, *names: str) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.lower() in names


def _division(node: exp.Div) -> exp.Expr:
    """A quotient is a double."""
    return exp.Div(this=_cast(node.this, "double"), expression=_cast(node.expression, "double"), typed=False, safe=True)


def _whole_division(node: exp.IntDiv) -> exp.Expr:
    """A whole quotient keeps no decimals."""
    return exp.IntDiv(this=node.this, expression=node.expression)


def _moved(node: exp.Add | exp.Sub) -> exp.Expr:
    """A day and a number is a day, and so is a day and months."""
    day, other = node.this, node.expression
    if isinstance(node, exp.Add) and is_day(other):
        day, other = other, day
    months = {"to_months": 1, "to_years": 12}.get(other.name.lower()) if isinstance(other, exp.Anonymous) else None
    if months:
        number = exp.Mul(this=exp.paren(other.expressions[0]), expression=exp.Literal.number(months))
        signed = exp.Neg(this=exp.paren(number)) if isinstance(node, exp.Sub) else number
        return _func("add_months", _cast(day, "date"), _cast(signed, "integer"))
    if is_day(day) and not isinstance(other, exp.Interval) and _is_number(other):
        name = "date_sub" if isinstance(node, exp.Sub) else "date_add"
        return _cast(_func(name, day, _cast(other, "integer")), "date")
    return node


def _boundaries(node: exp.DateDiff) -> exp.Expr:
    """Months between are firsts of months passed, days midnights passed."""
    unit, later, earlier = node.text("unit").upper(), node.this, node.expression
    if unit == "DAY":
        return _func("datediff", _cast(later, "date"), _cast(earlier, "date"))
    each = {"MONTH": ("year", 12, "month"), "QUARTER": ("year", 4, "quarter"), "YEAR": ("year", 1, "")}.get(unit)
    if not each:
        raise UntranslatableError(f"a difference in units of {unit.lower()}")

    def place(day: exp.Expr) -> str:
        text = day.sql(dialect=SailSQL)
        return f"({each[0]}({text}) * {each[1]}" + (f" + {each[2]}({text})" if each[2] else "") + ")"

    return exp.paren(sqlglot.parse_one(f"{place(later)} - {place(earlier)}", read="spark"))


def _at_midnight(node: exp.Expr) -> exp.Expr:
    return exp.Cast(this=node.copy(), to=exp.DataType.build("timestamp_ntz", "spark"))


def _seconds(node: exp.TimeToUnix) -> exp.Expr:
    """The seconds of a moment, or between two."""
    asked = node.this.unnest()
    parts = [asked.this, asked.expression] if isinstance(asked, exp.Sub) else [asked]
    moments = [
        _func("unix_micros", exp.Cast(this=part, to=exp.DataType.build("timestamp_ntz", "spark"))) for part in parts
    ]
    between = exp.Sub(this=moments[0], expression=moments[1]) if len(moments) == 2 else moments[0]
    return exp.paren(
        exp.Div(
            this=_cast(exp.paren(between), "double"), expression=exp.Literal.number("1000000.0"), typed=False, safe=True
        )
    )


def _known_value(node: exp.AnyValue) -> exp.Expr:
    """Any value is one that isn't missing."""
    return _func("first", node.this, exp.true())


def _key(ordered: exp.Expr) -> list[exp.Expr]:
    """What sorts upwards as a key of an order does, missing ones last unless it says otherwise."""
    key, first = ordered.this, ordered.args.get("nulls_first")
    if ordered.args.get("desc"):
        if not _is_number(key):
            raise UntranslatableError("the last text of a group")
        key = exp.Neg(this=exp.paren(key.copy()))
    missing = exp.paren(exp.Is(this=ordered.this.copy(), expression=exp.null()))
    return [exp.not_(missing) if first else missing, key.copy()]


def _keys(order: exp.Order) -> exp.Expr:
    return _func("struct", *(part for ordered in order.expressions for part in _key(ordered)))


def _first(node: exp.First) -> exp.Expr:
    """The first of an order is the one with the least key."""
    order = node.this
    return _func("min_by", order.this, _keys(order)) if isinstance(order, exp.Order) else node


def _listed(node: exp.ArrayAgg) -> exp.Expr:
    """A list in an order is sorted by its keys, and then loses them."""
    order = node.this
    if not isinstance(order, exp.Order):
        return node
    pairs = _func("struct", exp.alias_(_keys(order), "k"), exp.alias_(order.this.copy(), "v"))
    value = exp.Dot(this=exp.to_identifier("held"), expression=exp.to_identifier("v"))
    taken = exp.Lambda(this=value, expressions=[exp.to_identifier("held")])
    return _func("transform", _func("array_sort", _func("collect_list", pairs)), taken)


def _strung(node: exp.GroupConcat) -> exp.Expr:
    """Texts are strung together in an order as the standard says it."""
    order, between = node.this, node.args.get("separator") or exp.Literal.string(",")
    if not isinstance(order, exp.Order):
        return _func("listagg", order, between)
    sorted_by = exp.Order(expressions=[one.copy() for one in order.expressions])
    return exp.WithinGroup(this=_func("listagg", order.this, between), expression=sorted_by)


def _filtered(node: exp.Window) -> exp.Expr:
    """A filtered aggregate over a window counts what a case lets through."""
    held = node.this
    if not isinstance(held, exp.Filter):
        return node
    what, where = held.this.copy(), held.expression.this
    value = exp.Literal.number(1) if isinstance(what.this, exp.Star) else what.this
    what.set("this", exp.Case(ifs=[exp.If(this=where.copy(), true=value.copy())]))
    node.set("this", what)
    return node


def _unordered(node: exp.Sum | exp.Avg) -> exp.Expr:
    """A sum has no order: it has one only so that its dust is the same each time."""
    if isinstance(node.this, exp.Order):
        node.set("this", node.this.this)
    return node


def _unmarked(node: exp.IgnoreNulls) -> exp.Expr:
    """What leaves out missing values already isn't told so twice."""
    return node.this if _named(node.this, "first") else node


def _series(node: exp.GenerateSeries) -> exp.Expr:
    """A series upwards has nothing where its end lies before its start, and its end may be left out."""
    start, end, step = node.args["start"], node.args["end"], node.args.get("step")
    if step is not None and not (isinstance(step, exp.Literal) and step.is_int) and not isinstance(step, exp.Interval):
        raise UntranslatableError("a series of steps that only the rows know")
    if node.args.get("is_end_exclusive"):
        end = exp.Sub(this=exp.paren(end), expression=exp.Literal.number(1))
    listed = _func("sequence", start, end, *([step] if step else []))
    return _func("if", exp.GTE(this=exp.paren(end.copy()), expression=exp.paren(start.copy())), listed, exp.null())


def _side_by_side(node: exp.Select) -> exp.Expr:
    """Lists unfolded side by side are zipped first."""
    found = [part for part in node.expressions if isinstance(part, exp.Alias) and isinstance(part.this, exp.Explode)]
    if len(found) > 1:
        zipped = _func("inline", _func("arrays_zip", *(part.this.this for part in found)))
        names = exp.Aliases(this=zipped, expressions=[exp.to_identifier(part.alias) for part in found])
        node.set("expressions", [*(part for part in node.expressions if part not in found), names])
    return node


def _formatted(node: exp.Format) -> exp.Expr:
    """Text with places to fill, as C writes it."""
    text = re.sub(r"\{:\.(\d)f\}", r"%.\1f", node.this.name.replace("%", "%%")).replace("{}", "%s")
    return _func("format_string", exp.Literal.string(text), *node.expressions)


def _joined(node: exp.Concat) -> exp.Expr:
    """Texts are joined without those that are missing."""
    blank = exp.Literal.string("")
    return _func("concat", *(exp.func("coalesce", _cast(part, "text"), blank.copy()) for part in node.expressions))


def _rounded(node: exp.Cast) -> exp.Expr:
    """A number becomes a whole one by rounding; the widest whole ones are decimals."""
    if node.to.is_type(exp.DType.INT128):
        return exp.Cast(this=node.this, to=exp.DataType.build("decimal(38, 0)"))
    if node.to.is_type(*exp.DataType.INTEGER_TYPES):
        if _is(node.this, exp.DType.DOUBLE, exp.DType.FLOAT):
            return exp.Cast(this=_func("rint", node.this), to=node.to)
        if _is(node.this, exp.DType.DECIMAL):
            return exp.Cast(this=exp.func("round", node.this, exp.Literal.number(0)), to=node.to)
    return node


def _week_day(node: exp.Expr) -> exp.Expr:
    """Monday is 1."""
    # Sail's own weekday says -1 of a Sunday; the 5th of January 1970 was a Monday
    since = _func("datediff", _cast(node.this, "date"), exp.Literal.string("1970-01-05"))
    return exp.paren(exp.Add(this=_func("pmod", since, exp.Literal.number(7)), expression=exp.Literal.number(1)))


def _compared(node: exp.Binary) -> exp.Expr:
    """A day compared with a moment is its midnight."""
    for one, other in (("this", "expression"), ("expression", "this")):
        if is_day(node.args[one]) and _is(node.args[other], exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ):
            node.set(one, _at_midnight(node.args[one]))
    return node


def _letters(text: exp.Expr, place: exp.Expr) -> exp.Expr:
    """A letter of a text, or all from one on."""
    if not isinstance(place, exp.Slice):
        return _func("substring", text, place, exp.Literal.number(1))
    if place.expression or place.args.get("step") or not place.this:
        raise UntranslatableError("a part of a text that ends before its end")
    return _func("substring", text, place.this)


def _element(node: exp.Bracket) -> exp.Expr:
    """A place of a list counts from 1, from its end below 0, and is missing beyond it."""
    (place,) = node.expressions
    is_text = _is(node.this, *exp.DataType.TEXT_TYPES)
    if isinstance(place, exp.Slice) and not is_text:
        raise UntranslatableError("a part of a list")
    counted = exp.Add(this=exp.paren(place), expression=exp.Literal.number(1 - (node.args.get("offset") or 0)))
    if is_text:
        return _letters(node.this, place if isinstance(place, exp.Slice) else exp.paren(counted))
    return _func("try_element_at", node.this, _cast(exp.paren(counted), "integer"))


def _split(node: exp.Split) -> exp.Expr:
    """A text is cut at a text; Sail cuts at a pattern."""
    between = node.expression
    if not between.is_string:
        raise UntranslatableError("a text that is cut at what only the rows know")
    return _func("split", node.this, exp.Literal.string(re.escape(between.name)))


def _quantile(node: exp.PercentileCont) -> exp.Expr:
    """A quantile is exact, between two values where it falls there."""
    return _func("percentile", node.this, node.expression) if node.expression else node


def _median(node: exp.Median) -> exp.Expr:
    """A median is the quantile in the middle."""
    return _func("percentile", node.this, exp.Literal.number("0.5"))


def _length(node: exp.Length) -> exp.Expr:
    """How long a list is."""
    return _func("size", node.this) if _is(node.this, exp.DType.ARRAY, exp.DType.LIST) else node


NAMES: dict[str, Callable[[exp.Anonymous], exp.Expr]] = {
    "list_position": lambda node: exp.func("nullif", _func("array_position", *node.expressions), exp.Literal.number(0)),
    "list_extract": lambda node: _func("try_element_at", node.expressions[0], _cast(node.expressions[1], "integer")),
    "len": lambda node: _func("size", *node.expressions),
}
"""The same for functions that have no type of their own."""
SUMS = (exp.Sum, exp.Avg, exp.Variance, exp.VariancePop, exp.Stddev, exp.StddevSamp)
REWRITES: dict[type[exp.Expr], Callable[[Any], exp.Expr]] = {
    exp.Div: _division, exp.IntDiv: _whole_division, exp.Sub: _moved, exp.Add: _moved, exp.DateDiff: _boundaries,
    exp.AnyValue: _known_value, exp.First: _first, exp.ArrayAgg: _listed, exp.GroupConcat: _strung,
    exp.Window: _filtered, exp.Concat: _joined, exp.Cast: _rounded, exp.DayOfWeekIso: _week_day,
    exp.Bracket: _element, exp.PercentileCont: _quantile, exp.Median: _median, exp.Length: _length, exp.Split: _split,
    **dict.fromkeys(SUMS, _unordered), exp.IgnoreNulls: _unmarked, exp.GenerateSeries: _series,
    exp.Select: _side_by_side, exp.Format: _formatted, exp.TimeToUnix: _seconds,
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), _compared),
    exp.Anonymous: lambda node: NAMES.get(node.name.lower(), lambda same: same)(node),
}  # fmt: skip
"""Each takes a node whose parts are done, and gives what replaces it."""
