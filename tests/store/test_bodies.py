"""How texts lie on the disk."""

import sys
import zlib
from array import array

import pytest

from reader.errors import Damaged
from reader.store import articles, bodies
from reader.store.connection import Connection
from tests.store.made import entry, feed, new, put


def test_what_was_packed_is_unpacked() -> None:
    assert bodies.unpacked(bodies.packed("東京 a\n")) == "東京 a\n"
    assert bodies.unpacked_ids(bodies.packed_ids(array("q", [1, -(2**63), 2**63 - 1]))).tolist() == [
        1,
        -(2**63),
        2**63 - 1,
    ]


def test_without_the_quick_packer_the_slow_one_writes_the_same_kind_of_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "words and words and 東京 " * 1000
    quick = bodies.packed(text)
    monkeypatch.setitem(sys.modules, "isal", None)
    bodies._compress.cache_clear()
    slow = bodies.packed(text)
    bodies._compress.cache_clear()
    assert bodies.unpacked(slow) == bodies.unpacked(quick) == text
    assert zlib.decompress(quick) == zlib.decompress(slow)


def test_a_body_that_the_disk_has_spoilt_is_told(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(entry("a"))])
    spoilt = bodies.packed("A text on the disk.")[:-4] + bytes(4)
    connection.run("UPDATE contents SET html = ?", spoilt)
    with pytest.raises(Damaged, match="damaged"):
        articles.html(connection, article_id)
