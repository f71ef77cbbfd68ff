"""What a paper says: its grids, headings and words."""

from collections.abc import Iterator

from dashboard.papers.model import Grid, Heading, Paper, Paragraph

PRAISE = ("高度重视", "成效", "扎实", "稳步", "有序", "圆满", "亮点", "良好", "显著", "强调")


def blocks(paper: Paper) -> Iterator[Paragraph | Heading | Grid]:
    yield from paper.blocks
    for annex in paper.annexes:
        yield from annex.blocks


def grids(paper: Paper) -> list[Grid]:
    return [each for each in blocks(paper) if isinstance(each, Grid)]


def headings(paper: Paper) -> list[str]:
    return [each.text for each in paper.blocks if isinstance(each, Heading)]


def under(paper: Paper, title: str) -> list[Paragraph | Grid]:
    """What stands under a heading, up to the next one."""
    found: list[Paragraph | Grid] = []
    is_here = False
    for each in paper.blocks:
        if isinstance(each, Heading):
            is_here = each.text.endswith(title)
        elif is_here:
            found.append(each)
    return found


def grid_under(paper: Paper, title: str) -> Grid:
    (found,) = (each for each in under(paper, title) if isinstance(each, Grid))
    return found


def told(paper: Paper) -> list[str]:
    """Every piece of text of a paper, its heads and its empty words too."""
    found = [paper.title, paper.register or "", paper.signed or "", paper.issuer or ""]
    found += [each.title for each in paper.annexes]
    for each in blocks(paper):
        if not isinstance(each, Grid):
            found.append(each.text)
            continue
        found += [column.head for column in each.columns]
        found += [cell for row in each.rows for cell in row] or [each.empty]
    return found


def text_of(paper: Paper) -> str:
    return "\n".join(told(paper))
