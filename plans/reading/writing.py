"""A draft as the tree of a plan file: plans/planfile reads it with all its checks, and places the
problems at the lines of the source document. `as_yaml` writes the same tree as a file."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import yaml

from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import ascii_name
from plans.reading.citations import Cited
from plans.reading.draft import Draft, DraftArea, DraftBlock, DraftSection, DraftTask
from plans.reading.known import Known, KnownAgency
from plans.reading.targets import CAP, Target

_STRING = "tag:yaml.org,2002:str"


def tree(draft: Draft, known: Known, code: str) -> yaml.MappingNode:
    """The plan file that a draft makes, under the code `code`."""
    return _Writer(draft, known).whole(code)


def as_yaml(root: yaml.MappingNode) -> str:
    """The tree as a file that `manage.py load_plan` reads and a person can correct."""
    return yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True, width=100)


def plan_code(draft: Draft) -> str:
    """ "ke-hoach-2023": the kind of document and its year."""
    kind = ascii_name(draft.plan.type or "ke hoach").lower().replace("_", "-")
    return f"{kind}-{draft.plan.year or ''}".strip("-")


class _Writer:
    def __init__(self, draft: Draft, known: Known) -> None:
        self.draft = draft
        self.known = known
        self.documents: dict[tuple[object, ...], str] = {}
        taken: set[str] = set()
        for cited in draft.cites:
            wanted = known.documents.get(cited.key) or cited.code or "van-ban"
            unique, turn = wanted, 2
            while unique in taken:
                unique, turn = f"{wanted[:46]}-{turn}", turn + 1
            taken.add(unique)
            self.documents[cited.key] = unique

    def whole(self, code: str) -> yaml.MappingNode:
        agency = self.known.agency or self._agency()
        used = self._used()
        units = [one for one in self.known.units if one.code in used] or self.known.units
        return _mapping(
            1,
            plan=self._plan(code, agency),
            agencies=[
                _mapping(
                    1,
                    code=agency.code,
                    identities=[
                        _mapping(
                            1,
                            name=agency.name,
                            short_name=agency.short_name,
                            symbol=agency.symbol,
                            superior_heading=agency.superior_heading,
                            place=agency.place,
                        )
                    ],
                )
            ],
            units=[
                _mapping(1, code=u.code, name=u.name, short_name=u.short_name, kind=u.kind)
                for u in units
            ],
            groups=[
                _mapping(1, code=g.code, name=g.name, members=list(g.members))
                for g in self.known.groups
                if g.code in used
            ],
            documents=[self._document(cited) for cited in self.draft.cites],
            indicators=[
                _mapping(
                    one.line,
                    code=one.code,
                    number=one.number[:10],
                    name=one.name,
                    heading=one.heading,
                    line=one.line,
                    areas=areas,
                )
                for one in self.draft.indicators
                if (areas := self._areas(one.areas))
            ],
            flags=[
                _mapping(
                    doubt.line or 1,
                    id=f"D{n}",
                    lines=[doubt.line] if doubt.line else [],
                    note=doubt.message,
                )
                for n, doubt in enumerate(self.draft.doubts, 1)
            ],
        )

    def _agency(self) -> KnownAgency:
        """The issuing agency as the document names it; for one that is not known yet."""
        plan = self.draft.plan
        symbol = re.sub(r"^(?:KH|CTr|QĐ|BC|TB|ĐA)-", "", plan.symbol) or "CQ"
        name = plan.agency_name or symbol
        code = ascii_name(symbol).lower().replace("_", "-").replace(".", "-") or "co-quan"
        return KnownAgency(code, name, name[:60], symbol[:20], plan.superior, plan.place)

    def _used(self) -> set[str]:
        used: set[str] = set(self.known.added)
        for block in self.draft.blocks():
            for parties in (block.lead, block.support):
                used |= set(parties.codes)
            for task in block.tasks:
                used |= {*task.lead.codes, *task.support.codes}
        for group in self.known.groups:
            if group.code in used:
                used |= set(group.members)
        return used

    def _plan(self, code: str, agency: KnownAgency) -> yaml.MappingNode:
        plan = self.draft.plan
        due = plan.due.due_on
        signatory = None
        if plan.signer and plan.signer_title:
            signatory = _mapping(
                1,
                authority=plan.authority,
                title=plan.signer_title,
                full_name=plan.signer,
                agency=agency.code,
            )
        return _mapping(
            plan.title_line or 1,
            code=code,
            agency=agency.code,
            type=plan.type or "Kế hoạch",
            number=plan.number,
            symbol=plan.symbol,
            place=plan.place,
            issued_day=plan.day,
            issued_month=plan.month,
            issued_year=plan.issue_year,
            title=plan.title,
            short_title=_short_title(plan.title),
            year=plan.year,
            results_year=plan.results_year,
            parent=self.documents.get(plan.parent.key, "") if plan.parent else "",
            starts_on=self.draft.starts_on[0],
            due_on=due,
            due_words=plan.due_words,
            unit_reports_due_on=due if plan.reports_too else None,
            opening=plan.opening,
            purpose=_section(plan.purpose),
            content=_section(plan.content),
            appendix_note=plan.appendix_note,
            deadline=_section(plan.deadline),
            organisation=_section(plan.organisation),
            closing=plan.closing,
            recipients=[
                _mapping(one.line, text=one.text, purpose=one.purpose) for one in plan.recipients
            ],
            signatory=signatory,
        )

    def _document(self, cited: Cited) -> yaml.MappingNode:
        return _mapping(
            cited.line or 1,
            code=self.documents[cited.key],
            type=cited.type,
            number=cited.number,
            symbol=cited.symbol,
            issued_on=cited.issued_on,
            issuer=cited.issuer,
            title=cited.title,
            short_name=cited.short_name[:300],
        )

    def _areas(self, areas: Iterable[DraftArea]) -> list[yaml.MappingNode]:
        made = []
        for area in areas:
            inner = self._areas(area.areas)
            blocks = [self._block(block) for block in area.blocks if _kept(block)]
            if inner or blocks:
                made.append(
                    _mapping(
                        area.line,
                        number=area.number,
                        title=area.title or area.heading[:500] or "Nhiệm vụ",
                        heading=area.heading,
                        line=area.line,
                        areas=inner,
                        blocks=blocks,
                    )
                )
        return made

    def _block(self, block: DraftBlock) -> yaml.MappingNode:
        return _mapping(
            block.line,
            number=block.number,
            heading=block.heading,
            criteria=block.criteria,
            lead_words=block.lead.words,
            leads=list(block.lead.codes),
            support_words=block.support.words,
            supports=list(block.support.codes),
            line=block.line,
            tasks=[
                self._task(task, len(block.criteria)) for task in block.tasks if not task.dropped
            ],
        )

    def _task(self, task: DraftTask, criteria: int) -> yaml.MappingNode:
        return _mapping(
            task.line,
            code=task.code,
            number=task.number,
            title=task.title,
            wording=task.wording,
            kind=task.kind,
            lead_words=task.lead.words,
            leads=list(task.lead.codes),
            support_words=task.support.words,
            supports=list(task.support.codes),
            due_on=task.due.due_on,
            due_words=re.sub(r"\s+", " ", task.due.words)[:200],
            product=task.product,
            shortcoming=task.shortcoming,
            references=list(dict.fromkeys(self.documents[one.key] for one in task.cites)),
            measures=[
                self._measure(task, n, one, criteria) for n, one in enumerate(task.targets, 1)
            ],
            note=task.note,
            line=task.line,
        )

    def _measure(self, task: DraftTask, turn: int, one: Target, criteria: int) -> yaml.MappingNode:
        base = ascii_name(task.code).lower().replace("_", "-").replace(".", "-")
        return _mapping(
            one.line or task.line,
            code=f"ct-{base}-{turn}",
            name=one.name,
            line=one.line,
            criterion=one.criterion if criteria else None,
            scale=one.scale,
            direction=one.direction,
            target=one.target,
            target_year=self.draft.plan.year if one.yearly_growth is not None else None,
            yearly_growth=one.yearly_growth,
            cap=CAP if one.yearly_growth is not None else None,
        )


def _kept(block: DraftBlock) -> bool:
    return any(not task.dropped for task in block.tasks)


def _section(section: DraftSection | None) -> yaml.MappingNode | None:
    if section is None:
        return None
    return _mapping(
        section.line,
        number=section.number,
        heading=section.heading,
        paragraphs=[
            _mapping(one.line, number=one.number, line=one.line, text=one.text)
            for one in section.paragraphs
            if one.text
        ],
    )


def _short_title(title: str) -> str:
    """Without the agency at its end, which every reader of the plan knows; cut where it is long."""
    short = re.sub(r"\s+của\s+(?:Sở|Ban|Văn phòng|Chi cục|UBND|Ủy ban)\s+[^,;.()]+$", "", title)
    return short if len(short) <= 200 else short[:199].rsplit(" ", 1)[0] + "…"


def _mapping(line: int, /, **fields: Any) -> yaml.MappingNode:
    """Fields with a value, all at the line of the source that they were read from."""
    mark = yaml.Mark("", 0, line - 1, 0, None, 0)
    pairs = [
        (_scalar(name, mark), _node(value, mark))
        for name, value in fields.items()
        if value not in (None, "", [])
    ]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark, flow_style=False)


def _node(value: Any, mark: yaml.Mark) -> yaml.Node:
    if isinstance(value, yaml.Node):
        return value
    if isinstance(value, list):
        items = [_node(one, mark) for one in value]
        scalars = all(isinstance(one, yaml.ScalarNode) and len(one.value) < 40 for one in items)
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, mark, mark, flow_style=scalars)
    if isinstance(value, dt.date):
        return _scalar(value.isoformat(), mark)
    if isinstance(value, Decimal):
        return _scalar(format_decimal(value), mark)
    return _scalar(str(value), mark)


def _scalar(value: str, mark: yaml.Mark) -> yaml.ScalarNode:
    style = "|" if "\n" in value else ">" if len(value) > 80 else None
    return yaml.ScalarNode(_STRING, value, mark, mark, style=style)
