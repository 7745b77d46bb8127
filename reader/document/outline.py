"""How blocks stand to each other in plain text and in Markdown; what a leaf says is the caller's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reader.document.nodes import (
    Block,
    Code,
    Container,
    DefinitionList,
    Description,
    Details,
    Figure,
    Heading,
    Image,
    Leaf,
    ListBlock,
    Paragraph,
    Quote,
    Role,
    Rule,
    Table,
)

LeafWriter = Callable[[Leaf], str]


def outline(blocks: Iterable[Block], write: LeafWriter, *, tight: bool = False) -> str:
    """Blocks set apart by blank lines, quotes behind "> ", lists behind "- " or numbers, nested ones indented."""
    text = ""
    previous: Block | None = None
    for block in blocks:
        written = _block(block, write)
        if written and text:
            text += "\n" if tight or _belongs(previous, block) else "\n\n"
        text += written
        previous = block if written else previous
    return text


def _block(block: Block, write: LeafWriter) -> str:
    if isinstance(block, Paragraph | Heading | Code | Image | Rule | Table):
        return write(block)
    return _container(block, write)


def _container(block: Container, write: LeafWriter) -> str:
    match block:
        case Quote():
            return _hang(outline(block.blocks, write), "> ", "> ")
        case ListBlock():
            return _list(block, write)
        case Description():
            return _hang(outline(block.blocks, write), ": ", "  ")
        case Figure() | DefinitionList() | Details():
            return outline(block.blocks, write)


def _list(block: ListBlock, write: LeafWriter) -> str:
    """A list, its items on lines that follow each other where they are short."""
    tight = all(sum(not isinstance(inner, ListBlock) for inner in item.blocks) <= 1 for item in block.items)
    texts = []
    for index, item in enumerate(block.items):
        marker = f"{block.start + index * block.step}. " if block.ordered else "- "
        tick = {None: "", True: "[x] ", False: "[ ] "}[item.checked]
        texts.append(_hang(outline(item.blocks, write, tight=tight), marker + tick, " " * len(marker)))
    return ("\n" if tight else "\n\n").join(texts)


def _hang(text: str, first: str, rest: str) -> str:
    """Text with something before its first line and something before the others, no spaces before empty ones."""
    lines = text.split("\n")
    return "\n".join([(first + lines[0]).rstrip(), *((rest + line).rstrip() for line in lines[1:])])


def _belongs(previous: Block | None, block: Block) -> bool:
    """Whether a block follows the one before without a blank line."""
    if isinstance(block, Description):
        return True
    if isinstance(previous, Paragraph) and previous.role is Role.TERM:
        return isinstance(block, Paragraph) and block.role is Role.TERM
    return isinstance(previous, Image) and isinstance(block, Paragraph) and block.role is Role.CAPTION
