"""A pack as PPTX: charts that can be edited, tables, speaker notes, and masters of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from vitals import formats
from vitals.exports.pack import layout
from vitals.exports.pack.layout import BarAt, Box, ChartAt, Item, LogoAt, Page, TableAt, TextAt
from vitals.exports.pack.slides import Chart, Pack
from vitals.exports.tables import guarded

KINDS = {
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
}
ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
TITLE_ONLY = 5
LONGEST = 2.8
"""Inches that a category's name has room for beside its bar."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_ACTS = re.compile(r"(?i)\s*(?:\{|https?:|ftp:|mailto:|file:|internal:|external:)")


def _colour(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())


def _at(box: Box) -> tuple[Any, ...]:
    return tuple(Inches(value) for value in (box.left, box.top, box.width, box.height))


def harmless(name: str) -> str:
    """A category's name for the workbook inside a chart, where it can act as neither formula nor link."""
    return f"'{name}" if _ACTS.match(name) else guarded(name)


def _shape_form(form: str) -> str:
    """How the chart itself writes its numbers, editable with it."""
    money = f'"{formats.before_number()}"#,##0'
    share, hours = f"0{formats.NO_BREAK}%", '[>=100]#,##0" h";0.0" h"'
    known = {"percent_whole": share, "hours": hours, "money_short": money, "count": "#,##0"}
    return known.get(form, "General")


def _write(frame: Any, item: TextAt) -> None:
    """One paragraph of one run, in its face, size and colour."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE if item.role == "title" else MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = ALIGN[item.align]
    run = paragraph.add_run()
    run.text = item.text
    run.font.name, run.font.size, run.font.bold = layout.FACE, Pt(item.size), item.is_bold
    run.font.color.rgb = _colour(item.colour)


def _text(slide: Any, item: TextAt) -> None:
    if item.role == "title":
        title = slide.shapes.title
        title.left, title.top, title.width, title.height = _at(item.box)
        _write(title.text_frame, item)
        return
    shape = slide.shapes.add_textbox(*_at(item.box))
    _write(shape.text_frame, item)
    if item.role == "number":
        _number_itself(shape)


def _number_itself(shape: Any) -> None:
    """Let the number be the slide's own, wherever it is moved."""
    run = shape.text_frame.paragraphs[0].runs[0]
    kind = 'id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"'
    field = parse_xml(f"<a:fld {nsdecls('a')} {kind}/>")
    field.extend(list(run._r))
    run._r.getparent().replace(run._r, field)


def _bar(slide: Any, item: BarAt) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_at(item.box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(item.colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _describe(shape: Any, alt: str) -> None:
    """The text for those who can't see it."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", alt)


def _data(chart: Chart) -> CategoryChartData:
    data = CategoryChartData(number_format=_shape_form(chart.form))
    data.categories = [harmless(layout.cut(name, LONGEST, 11)) for name in chart.categories]
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


def _chart(slide: Any, item: ChartAt, colours: Sequence[str]) -> None:
    frame = slide.shapes.add_chart(KINDS[item.chart.kind], *_at(item.box), _data(item.chart))
    _describe(frame, item.chart.alt)
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(11), layout.FACE, _colour(layout.QUIET)
    chart.has_legend = len(item.chart.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _axes(chart, item.chart)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = (40, 100) if item.chart.kind == "stacked" else (50, -4)
    for series, colour in zip(plot.series, colours, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _colour(colour)
    if item.chart.kind != "stacked":
        _label(plot, item.chart)


def _axes(chart: Any, spec: Chart) -> None:
    """A line at the foot and no more; columns upon each other keep a scale, for their sums have no label."""
    categories, values = chart.category_axis, chart.value_axis
    categories.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = _colour(layout.RULE)
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.reverse_order = spec.kind == "bars"
    values.minimum_scale = 0
    values.visible = values.has_major_gridlines = spec.kind == "stacked"
    if spec.form == "percent_whole":
        # room for the label above a column of all
        values.maximum_scale = 1.15
    if spec.kind == "stacked":
        values.format.line.fill.background()
        values.major_gridlines.format.line.color.rgb = _colour(layout.RULE)
        values.tick_labels.number_format, values.tick_labels.number_format_is_linked = _shape_form(spec.form), False


def _label(plot: Any, spec: Chart) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _shape_form(spec.form), False
    labels.position, labels.show_value = XL_LABEL_POSITION.OUTSIDE_END, True
    labels.font.size, labels.font.color.rgb = Pt(11), _colour(layout.INK)


def _table(slide: Any, item: TableAt, colour: str) -> None:
    columns, rows = item.table.columns, item.table.rows
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), *_at(item.box))
    _describe(frame, f"Table: {', '.join(column.label for column in columns)}")
    style = frame.element.xpath(".//a:tblPr")[0]
    style.set("bandRow", "0")
    style.xpath("./a:tableStyleId")[0].text = NO_STYLE
    for column, width in zip(frame.table.columns, layout.widths_of(item.table, item.box.width), strict=True):
        column.width = Inches(width)
    for row, height in zip(frame.table.rows, item.heights, strict=True):
        row.height = Inches(height)
    captions = tuple(column.label for column in columns)
    for line, (texts, row) in enumerate(zip((captions, *rows), frame.table.rows, strict=True)):
        for column, text, cell in zip(columns, texts, row.cells, strict=True):
            look = TextAt(
                item.box, text, item.size - (line == 0), layout.INK if line else layout.QUIET, line == 0,
                "right" if column.is_number else "left",
            )  # fmt: skip
            cell._tc.getparent().replace(cell._tc, _cell(look, layout.RULE if line else colour))


def _cell(look: TextAt, rule: str) -> Any:
    """A cell as the file holds it: made of its properties one by one, a list of tickets would take seconds."""
    run = (
        f'<a:rPr lang="en-GB" sz="{round(look.size * 100)}" b="{int(look.is_bold)}">{_fill(look.colour)}'
        f'<a:latin typeface="{layout.FACE}"/></a:rPr><a:t>{escape(look.text, quote=False)}</a:t>'
    )
    text = f'<a:p><a:pPr algn="{look.align[0]}"/><a:r>{run}</a:r></a:p>'
    side = Inches(0.08)
    look_of = f'<a:lnB w="6350">{_fill(rule)}</a:lnB><a:noFill/>'
    return parse_xml(
        f"<a:tc {nsdecls('a')}><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="0" marB="0" anchor="ctr">{look_of}</a:tcPr></a:tc>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'


def _logo(slide: Any, item: LogoAt, pack: Pack) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(pack.branding.logo), 0, 0)
    scale = min(Inches(item.box.width) / picture.width, Inches(item.box.height) / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.left, picture.top = Inches(item.box.left + item.box.width) - picture.width, Inches(item.box.top)
    _describe(picture, f"Logo of {pack.branding.company}" if pack.branding.company else "Logo")


def _draw(slide: Any, item: Item, pack: Pack) -> None:
    if isinstance(item, TextAt):
        _text(slide, item)
    elif isinstance(item, BarAt):
        _bar(slide, item)
    elif isinstance(item, ChartAt):
        _chart(slide, item, layout.colours_of(pack.branding))
    elif isinstance(item, TableAt):
        _table(slide, item, pack.branding.colour)
    else:
        _logo(slide, item, pack)


def _themed(deck: Any, colour: str) -> None:
    """Our colours and face in the theme and the titles of the master, so that what is added looks the same."""
    master = deck.slide_master
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{layout.FACE}", text)
    for number, own in enumerate((colour, layout.AMBER, layout.GREY, layout.VERMILION), 1):
        text = re.sub(rf'(<a:accent{number}>\s*<a:srgbClr val=")[0-9A-Fa-f]+', rf"\g<1>{own[1:].upper()}", text)
    theme._blob = text.encode("utf-8")
    (style,), (look,) = (master.element.xpath(f".//p:titleStyle/a:lvl1pPr{part}") for part in ("", "/a:defRPr"))
    style.set("algn", "l")
    look.set("sz", "2600")
    look.set("b", "1")


def _own_layouts(deck: Any) -> tuple[Any, Any]:
    """The two layouts that are kept of the library's: one for the cover and one for every other slide."""
    cover, inner = deck.slide_layouts[0], deck.slide_layouts[TITLE_ONLY]
    for other in [found for found in deck.slide_layouts if found not in (cover, inner)]:
        deck.slide_layouts.remove(other)
    for kept, name in ((cover, "Cover"), (inner, "Slide")):
        kept.name = name
        for holder in [shape for shape in kept.placeholders if shape.placeholder_format.idx != 0]:
            holder.element.getparent().remove(holder.element)
    return cover, inner


def _framed(slide: Any, page: Page, pack: Pack) -> None:
    """Move what all slides of a kind have alike to their layout, below everything else."""
    for place, item in enumerate(page.frame):
        _draw(slide, item, pack)
        shape = slide.shapes[-1]
        slide.slide_layout.shapes.element.insert(2 + place, shape.element)


def _named(deck: Any, pack: Pack) -> None:
    facts = deck.core_properties
    facts.title, facts.author, facts.subject = (
        pack.title,
        pack.branding.company or "MSP Vitals",
        "Quarterly business review",
    )
    facts.last_modified_by = facts.comments = facts.keywords = facts.category = ""


def as_pptx(pack: Pack, *, has_notes: bool = True) -> bytes:
    """The pack as a deck that can be edited; speaker notes are for whoever presents it, and can be left out."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(layout.WIDTH), Inches(layout.HEIGHT)
    _themed(deck, pack.branding.colour)
    cover, inner = _own_layouts(deck)
    framed = set()
    for page in layout.pages(pack):
        slide = deck.slides.add_slide(cover if page.is_cover else inner)
        if page.is_cover not in framed:
            _framed(slide, page, pack)
            framed.add(page.is_cover)
        for item in page.items:
            _draw(slide, item, pack)
        if has_notes:
            slide.notes_slide.notes_text_frame.text = page.speaker
    _named(deck, pack)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
