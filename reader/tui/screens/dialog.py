"""What the dialogs share: small, on a ground of their own, closed by Esc; what they list is picked by key or mouse."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.library import Library
from reader.tui.background import Background
from reader.tui.keys import Keys
from reader.tui.signs import Signs

Answer = TypeVar("Answer")
_GAP = "   "


@dataclass(frozen=True, slots=True)
class Added:
    """What a dialog brought in: ids of feeds, words for the status line, and whether they are still to be fetched."""

    feed_ids: tuple[int, ...]
    said: str
    fetch: bool = False


class Host(Protocol):
    """What a dialog needs of the app."""

    library: Library
    background: Background
    keys: Keys
    signs: Signs

    def later(self, work: Coroutine[Any, Any, None], *, group: str) -> object:
        """Start a coroutine; what goes wrong in it is shown, never lost."""


class Dialog(ModalScreen[Answer]):
    """A small box in the middle of the screen: a heading, what ``content`` yields, and a line of keys."""

    heading: str = ""
    foot: ClassVar[str] = "Esc close"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close")]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > #box {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 3;
            background: $dialog;
            color: $ink;
        }
        #heading { text-style: bold; margin-bottom: 1; height: auto; }
        #foot { color: $dim; margin-top: 1; height: auto; }
        Input, Input:focus {
            border: none;
            border-bottom: solid $rule;
            padding: 0;
            height: 2;
            background: $dialog;
            background-tint: transparent;
            color: $ink;
        }
        Input:focus { border-bottom: solid $unread; }
        Input > .input--placeholder, Input > .input--suggestion { color: $dim; }
        VerticalScroll, OptionList { scrollbar-background: $dialog; scrollbar-size-vertical: 1; }
        OptionList { height: auto; }
        OptionList, OptionList:focus {
            border: none;
            padding: 0;
            background: $dialog;
            background-tint: transparent;
            color: $ink;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        OptionList > .option-list--option-highlighted, OptionList:focus > .option-list--option-highlighted {
            background: $cursor;
            color: $cursor-ink;
            text-style: none;
        }
        OptionList > .option-list--option-hover { background: $cursor-away; }
        OptionList > .option-list--option-disabled { color: $ink; }
    }
    .-narrow Dialog > #box, Dialog.-narrow > #box { padding: 0 1; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-broad")]  # noqa: RUF012

    @property
    def host(self) -> Host:
        """The app, as dialogs know it."""
        return cast("Host", self.app)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(id="box"):
            if self.heading:
                yield Static(Content(self.heading), id="heading")
            yield from self.content()
            yield Foot(self.foot, id="foot")

    def content(self) -> ComposeResult:
        """What stands between the heading and the foot."""
        yield from ()

    def say_foot(self, text: str) -> None:
        """Show other keys at the foot."""
        self.query_one(Foot).show(text)

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class Foot(Widget):
    """Keys and what they do, three blanks apart; a key and its words stay on one line."""

    def __init__(self, text: str, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = text

    def show(self, text: str) -> None:
        """Show other keys."""
        self._text = text
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        return len(foot_lines(self._text, width))

    def render(self) -> Content:
        """The keys."""
        return Content("\n".join(foot_lines(self._text, self.size.width)))


def foot_lines(text: str, width: int) -> list[str]:
    """Keys with their words, as many on a line as fit in its cells."""
    lines: list[str] = []
    for each in text.split(_GAP):
        if lines and len(lines[-1]) + len(_GAP) + len(each) <= width:
            lines[-1] += _GAP + each
        else:
            lines.append(each)
    return lines


class PlainList(OptionList):
    """Textual's list, which otherwise fails when it is to page through lines that it has not laid out yet."""

    def action_page_up(self) -> None:
        """Up one page, once there are pages."""
        if (self.highlighted or 0) in self._index_to_line:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Down one page, once there are pages."""
        if (self.highlighted or 0) in self._index_to_line:
            super().action_page_down()  # type: ignore[no-untyped-call]


class Choices(PlainList, inherit_bindings=False):
    """A short list to pick from with space or a click; Enter is left to the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", show=False),
        Binding("up,k", "cursor_up", "up", show=False),
        Binding("home,g", "first", "top", show=False),
        Binding("end,G", "last", "bottom", show=False),
        Binding("pagedown,ctrl+d", "page_down", "page", show=False),
        Binding("pageup,ctrl+u", "page_up", "page up", show=False),
        Binding("space", "select", "pick", show=False),
        Binding("a", "select_all", "pick all", show=False),
    ]

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        signs: Signs,
        *,
        id: str,  # noqa: A002
        gap: str = "  ",
    ) -> None:
        """``groups`` are headings ("" for none) with (title, more about it) each, and a ``gap`` between the two."""
        self._signs = signs
        self._gap = gap
        self._rows: list[tuple[str, str] | None] = []
        self._picked: set[int] = set()
        options: list[Option] = []
        for heading, rows in groups:
            if heading:
                options.append(Option(Content.styled(heading, "bold"), disabled=True))
                self._rows.append(None)
            for row in rows:
                self._rows.append(row)
                options.append(Option(self._prompt(len(self._rows) - 1)))
        super().__init__(*options, id=id, markup=False)

    @property
    def picked(self) -> tuple[int, ...]:
        """Which rows are picked, counted without the headings."""
        places = [place for place, row in enumerate(self._rows) if row is not None]
        return tuple(number for number, place in enumerate(places) if place in self._picked)

    def on_mount(self) -> None:
        """Begin at the first row."""
        self.action_first()

    def action_select(self) -> None:
        """Pick the row under the cursor, or no longer."""
        place = self.highlighted
        if place is None or self._rows[place] is None:
            return
        self._picked ^= {place}
        self.replace_option_prompt_at_index(place, self._prompt(place))
        super().action_select()

    def action_select_all(self) -> None:
        """Pick every row, or none where all are picked."""
        places = {place for place, row in enumerate(self._rows) if row is not None}
        self._picked = set() if self._picked == places else places
        for place in places:
            self.replace_option_prompt_at_index(place, self._prompt(place))

    def _prompt(self, place: int) -> VisualType:
        row = self._rows[place]
        assert row is not None
        title, about = row
        sign = (self._signs.picked, "$unread") if place in self._picked else (self._signs.not_picked, "$dim")
        more = ((self._gap + about, "$dim"),) if about else ()
        return Content.assemble(sign, " ", title, *more)
