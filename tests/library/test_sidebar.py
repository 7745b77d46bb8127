"""The tree of the sidebar, from feeds and counts."""

from dataclasses import replace

from reader.library import sidebar
from reader.model import TEXTS, Counts, Feed, Health, HealthState, Kind, View, ViewKind


def feed(number: int, title: str, *folder: str, kind: Kind = Kind.FEED) -> Feed:
    return Feed(number, f"https://example.org/{number}", kind, title, folder, None, 0, 0, Health(HealthState.OK), None)


FEEDS = [
    feed(1, "reuters", "World"),
    feed(2, "Dawn", "World"),
    feed(3, "LWN.net", "Linux"),
    feed(4, "Kernel Planet", "Linux", "Kernel"),
    feed(5, "A single text", TEXTS, kind=Kind.FILE),
    feed(6, "My notes", kind=Kind.DIRECTORY),
    feed(7, "Élan"),
]
COUNTS = Counts(
    all=100,
    unread=33,
    today=4,
    bookmarks=2,
    archive=0,
    feeds={1: (3, 10), 2: (1, 5), 3: (0, 20), 4: (7, 9), 5: (1, 1), 6: (6, 40)},
    sections={(6, "mills"): 5, (6, "mills/tidal"): 3, (6, "wind"): 0, (6, "wind/old"): 0},
)


def drawn(closed: tuple[str, ...] = ()) -> list[tuple[int, str, int]]:
    tree = sidebar.sidebar(FEEDS, COUNTS)
    return [(node.depth, node.label, node.unread) for node in sidebar.lines(tree, closed)]


def test_the_tree_from_top_to_bottom() -> None:
    assert drawn() == [
        (0, "All", 33),
        (0, "Unread", 33),
        (0, "Today", 4),
        (0, "Bookmarks", 2),
        (0, "Linux", 7),
        (1, "Kernel", 7),
        (2, "Kernel Planet", 7),
        (1, "LWN.net", 0),
        (0, "World", 4),
        (1, "Dawn", 1),
        (1, "reuters", 3),
        (0, "Élan", 0),
        (0, "My notes", 6),
        (1, "mills", 5),
        (2, "tidal", 3),
        (1, "wind", 0),
        (2, "old", 0),
        (0, "Texts", 1),
        (1, "A single text", 1),
    ]


def test_a_closed_folder_hides_what_is_in_it() -> None:
    labels = [label for _, label, _ in drawn(("folder:World", "feed:6"))]
    assert "World" in labels
    assert "My notes" in labels
    assert not {"Dawn", "reuters", "mills", "tidal"} & set(labels)


def test_the_archive_shows_when_something_is_in_it() -> None:
    full = Counts(1, 0, 0, 1, 1, {}, {})
    assert [node.label for node in sidebar.sidebar([], full)][-1] == "Archive"
    assert "Archive" not in [node.label for node in sidebar.sidebar(FEEDS, COUNTS)]


def test_keys_are_unique_and_a_slash_in_a_name_is_no_folder() -> None:
    feeds = [feed(1, "x", "A/B"), feed(2, "y", "A", "B"), feed(3, "x")]
    nodes = list(sidebar.lines(sidebar.sidebar(feeds, Counts(0, 0, 0, 0, 0, {}, {}))))
    assert len({node.key for node in nodes}) == len(nodes)
    assert {node.view.folder for node in nodes if node.view.kind is ViewKind.FOLDER} == {("A/B",), ("A",), ("A", "B")}


def test_the_next_feed_with_something_unread() -> None:
    tree = sidebar.sidebar(FEEDS, COUNTS)

    def after(view: View, back: bool = False) -> int | None:
        found = sidebar.next_with_unread(tree, view, back)
        return found.feed_id if found else None

    assert after(View(ViewKind.ALL)) == 4
    assert after(View(ViewKind.FEED, feed_id=4)) == 2
    assert after(View(ViewKind.FEED, feed_id=3)) == 2
    assert after(View(ViewKind.FOLDER, folder=("World",))) == 2
    assert after(View(ViewKind.FEED, feed_id=5)) == 4
    assert after(View(ViewKind.FEED, feed_id=2), back=True) == 4
    assert after(View(ViewKind.FEED, feed_id=4), back=True) == 5
    assert after(View(ViewKind.SEARCH, query="x")) == 4


def test_without_anything_unread_there_is_no_next_feed() -> None:
    counts = Counts(9, 5, 0, 0, 0, {2: (5, 9)}, {})
    tree = sidebar.sidebar(FEEDS, counts)
    assert sidebar.next_with_unread(tree, View(ViewKind.FEED, feed_id=2)) is None
    assert sidebar.next_with_unread((), View(ViewKind.ALL)) is None


def test_thousands_of_feeds_and_sections_take_no_quadratic_time() -> None:
    feeds = [feed(number, f"feed {number}", f"folder {number % 50}") for number in range(5000)]
    feeds.append(feed(5000, "notes", kind=Kind.DIRECTORY))
    sections = {(5000, f"part {number}"): 1 for number in range(2000)}
    tree = sidebar.sidebar(feeds, Counts(0, 0, 0, 0, 0, {}, sections))
    assert sum(node.feed is not None for node in sidebar.lines(tree)) == 5001


def test_other_numbers_make_the_tree_that_would_be_made_anew() -> None:
    tree = sidebar.sidebar(FEEDS, COUNTS)
    failing = Health(HealthState.FAILING, "no answer", 5)
    counts = replace(
        COUNTS, unread=40, archive=2, feeds=COUNTS.feeds | {4: (8, 10)}, sections=COUNTS.sections | {(6, "wind/old"): 2}
    )
    feeds = [replace(each, health=failing) if each.id == 3 else each for each in FEEDS]
    renumbered = sidebar.renumbered(tree, counts, {3: failing})
    assert renumbered == sidebar.sidebar(feeds, counts)
    assert sidebar.renumbered(renumbered, COUNTS, {}) == tree


def test_what_looks_as_before_is_the_same_node() -> None:
    tree = sidebar.sidebar(FEEDS, COUNTS)
    same = sidebar.renumbered(tree, replace(COUNTS, feeds=COUNTS.feeds | {1: (2, 10)}), {})
    before = {node.key: node for node in sidebar.lines(tree)}
    assert {node.key for node in sidebar.lines(same) if node is not before[node.key]} == {"folder:World", "feed:1"}
