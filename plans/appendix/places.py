"""Where a new row of an appendix stands in the outline of a plan: by the headings over it and by
its cell "Chỉ số, lĩnh vực, tiêu chí". A place that the plan does not have is offered as new."""

import re
from dataclasses import dataclass

from config.vietnamese.text import fold
from plans.appendix.table import heading_of, place_of
from plans.models import Area, Block, Indicator, Plan
from plans.reading.rows import AppendixRow, Heading
from plans.reading.titles import APPENDIX, CRITERION, TASK


@dataclass(frozen=True)
class Place:
    """A block that is there; or what of (indicator, area, block) is to be made, by its words.
    `number` is what codes of its tasks begin with."""

    block: Block | None = None
    area: Area | None = None
    indicator: Indicator | None = None
    new_indicator: str = ""
    new_area: str = ""
    new_block: str = ""
    number: str = ""

    @property
    def words(self) -> str:
        """What it is, as a person reads it."""
        if self.block is not None:
            return place_of(self.block)
        above = str(self.area) if self.area else self.new_area
        words = " › ".join(one for one in (self.new_indicator, above, self.new_block) if one)
        return f"{words} (mục mới)"


class Places:
    """The outline of a plan, to find rows in; three queries."""

    def __init__(self, plan: Plan) -> None:
        self.indicators = list(plan.indicators.all())
        self.areas = list(
            Area.objects.filter(indicator__plan=plan)
            .select_related("indicator", "parent")
            .order_by("indicator__position", "position")
        )
        blocks = Block.objects.filter(area__indicator__plan=plan).select_related("area__indicator")
        self.blocks: dict[int, list[Block]] = {}
        for block in blocks.prefetch_related("criteria").order_by("area", "position"):
            self.blocks.setdefault(block.area_id, []).append(block)
        self._named: dict[str, list[Indicator | Area]] = {}
        headed: list[Indicator | Area] = [*self.indicators, *self.areas]
        for one in headed:
            names = {
                heading_of(one),
                str(one),
                one.name if isinstance(one, Indicator) else one.title,
            }
            for name in {_bare(name) for name in names}:
                self._named.setdefault(name, []).append(one)
        self._found: dict[tuple[object, ...], Place | None] = {}

    def find(self, row: AppendixRow, before: tuple[AppendixRow, Place] | None) -> Place | None:
        """The place of a row; None, with a remark at its cell, when it is not clear. A row that
        says nothing stands with the row `before` it, under the same headings."""
        words = row.text(CRITERION)
        if not words and before and before[0].headings == row.headings:
            return before[1]
        key = (words, *(heading.text for heading in row.headings))
        if key not in self._found:
            self._found[key] = self._search(row, words)
        found = self._found[key]
        if found is None:
            names = "; ".join(str(area) for area in self.areas[:10])
            row.remark(
                CRITERION if CRITERION in row.columns else TASK,
                "không rõ nhiệm vụ mới thuộc chỉ số, lĩnh vực nào",
                must=True,
                accepted=f"đặt dưới dòng, hoặc ghi tên của một mục: {names}",
            )
        return found

    def _search(self, row: AppendixRow, words: str) -> Place | None:
        indicator, area = self.above(row)
        areas = [area] if area else [a for a in self.areas if indicator in (None, a.indicator)]
        if words:
            alike = [b for a in areas for b in self.blocks.get(a.pk, ()) if is_named(b, words)]
            if len(alike) == 1:
                return there(alike[0])
            named = [one for one in self._named.get(_bare(words), ()) if isinstance(one, Area)]
            if area is None and len(named) == 1:
                return self._in_area(named[0], "")
        if area is not None:
            return self._in_area(area, words)
        return self._new_area(row, indicator, words)

    def knows(self, heading: Heading) -> bool:
        """Whether the plan has an index or an area that is called so."""
        written = (f"{heading.number} {heading.text}", heading.text)
        return any(_bare(words) in self._named for words in written)

    def above(self, row: AppendixRow) -> tuple[Indicator | None, Area | None]:
        """The index and the area that the headings over a row name."""
        indicator: Indicator | None = None
        area: Area | None = None
        for heading in row.headings:
            for one in self._named.get(_bare(f"{heading.number} {heading.text}"), ()) or (
                self._named.get(_bare(heading.text), ())
            ):
                if isinstance(one, Indicator):
                    indicator, area = one, None
                    break
                if indicator in (None, one.indicator):
                    indicator, area = one.indicator, one
                    break
            else:
                area = None
        return indicator, area

    def _in_area(self, area: Area, words: str) -> Place:
        blocks = self.blocks.get(area.pk, [])
        is_own_name = not words or _bare(words) in (_bare(str(area)), _bare(area.title))
        if blocks and (len(blocks) == 1 or is_own_name) and (is_own_name or not _says(blocks[0])):
            return there(blocks[-1])
        return Place(
            area=area,
            indicator=area.indicator,
            new_block="" if is_own_name else words,
            number=area.number or area.indicator.number,
        )

    def _new_area(self, row: AppendixRow, indicator: Indicator | None, words: str) -> Place | None:
        """An area of its own for headings that the plan does not have."""
        unknown = [one for one in row.headings if _bare(one.text) not in self._named]
        title = unknown[-1].text if unknown else words
        if indicator is None and len(self.indicators) == 1:
            indicator = self.indicators[0]
        if indicator is None and self.indicators:
            return None
        new_indicator = "" if indicator else APPENDIX
        if not title and self.indicators:
            return None
        return Place(
            indicator=indicator,
            new_indicator=new_indicator,
            new_area=title[:500] or APPENDIX,
            new_block=words if unknown else "",
            number=(unknown[-1].number if unknown else "")
            or (indicator.number if indicator else ""),
        )


def there(block: Block) -> Place:
    """The place of a block."""
    area = block.area
    return Place(block, area, area.indicator, number=area.number or area.indicator.number)


def is_named(block: Block, words: str) -> bool:
    """Whether a cell names a block: as the table prints it, by its heading or a criterion."""
    wanted = _bare(words)
    return wanted in (_bare(place_of(block)), _bare(block.heading)) or wanted in {
        _bare(one.title) for one in block.criteria.all()
    }


def _says(block: Block) -> bool:
    """Whether a block has words of its own."""
    return bool(block.heading or block.criteria.all())


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()
