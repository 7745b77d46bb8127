"""How texts lie on the disk."""

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


def test_a_body_that_the_disk_has_spoilt_is_told(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(entry("a"))])
    spoilt = bodies.packed("A text on the disk.")[:-4] + bytes(4)
    connection.run("UPDATE contents SET html = ?", spoilt)
    with pytest.raises(Damaged, match="damaged"):
        articles.html(connection, article_id)
