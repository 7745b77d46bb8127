"""Real articles through the command line, from the file to the reader."""

import json

from tests import corpora
from tests.cli.shell import Shell, shell

__all__ = ["shell"]

FIRST = "000_07b8830d47e09df7.txt"


def test_the_first_users_own_article(shell: Shell) -> None:
    path = corpora.folder("plaintext") / FIRST
    added = shell.process("add", path)
    assert (added.code, added.err) == (0, "")
    (article,) = shell("list", "--json").json
    shown = shell("show", str(article["id"]), "--json").json
    assert article["title"] == "US rules out negotiated IS withdrawal from Raqa"
    assert article["dateline"] == {"place": "BEIRUT", "agency": None}
    paragraphs = shown["text"].split("\n\n")
    original = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    assert original == [article["title"], *paragraphs]
    assert len(paragraphs) == 13
    assert paragraphs[0].startswith("BEIRUT: ")
    plain = shell("show", str(article["id"])).lines
    assert [line for line in plain if line in original] == original
    for query in ("raqa hospital", '"human shields"', "raqá"):
        assert [each["id"] for each in shell("list", "--json", query).json] == [article["id"]], query


def test_a_directory_of_articles(shell: Shell) -> None:
    folder = corpora.folder("plaintext")
    known = {each["file"]: each for each in corpora.manifest("plaintext") if each["paragraphs"]}
    added = shell("add", folder)
    assert added.code == 0, added.err
    articles = shell("list", "--json").json
    right = 0
    for article in articles:
        expected = known[article["guid"]]
        text = shell("show", str(article["id"]), "--json").json["text"]
        headline = article["title"] == expected["headline"]
        right += headline and len(text.split("\n\n")) == expected["paragraphs"]
    assert len(articles) == len(known)
    assert right >= 118
    last = shell("show", str(articles[-1]["id"]), "--json").json
    words = [word.strip(".,\"“”'") for word in last["text"].split("\n\n")[-1].split()]
    longest = max((word for word in words if word.isalpha()), key=len)
    assert last["id"] in [each["id"] for each in shell("list", "--json", longest).json]
    again = shell("refresh", "--all", "--json")
    assert [json.loads(line)["new"] for line in again.lines] == [0]
    assert shell("count").out == f"{len(known)}\n"
