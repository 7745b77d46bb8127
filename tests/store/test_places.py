from reader.model import Place
from reader.store import arrivals, places
from reader.store.connection import Connection
from tests.store.made import feed, put_some


def test_a_place_is_kept_until_it_is_the_beginning_again(connection: Connection) -> None:
    (article,) = put_some(connection, feed(connection), 1)
    assert places.of(connection, article) is None
    places.keep(connection, article, Place(3, 17, 40), 100)
    places.keep(connection, article, Place(4, 0, 55), 101)
    assert places.of(connection, article) == Place(4, 0, 55)
    places.keep(connection, article, None, 102)
    assert places.of(connection, article) is None


def test_the_place_of_an_article_that_is_gone_is_nothing(connection: Connection) -> None:
    (article,) = put_some(connection, feed(connection), 1)
    places.keep(connection, article, Place(3, 17, 40), 100)
    arrivals.forget(connection, [article], 200)
    assert places.of(connection, article) is None
    places.keep(connection, article, Place(3, 17, 40), 300)
    assert places.of(connection, article) is None
