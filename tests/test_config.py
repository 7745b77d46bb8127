"""What the config file may say, and what is said about what it may not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import Config, keys, load, read
from reader.errors import ConfigError
from reader.paths import Paths
from reader.text import clean_line


def place(home: Path) -> Paths:
    return Paths(home / "config.toml", home / "reader.db", home / "cache", home / "state")


def written(home: Path, text: str | bytes) -> Config:
    (home / "config.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return load(place(home))


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = load(place(tmp_path))
    assert config == Config()
    assert not (tmp_path / "config.toml").exists()


def test_what_is_said_is_in_force(tmp_path: Path) -> None:
    config = written(
        tmp_path,
        'theme = "ink"\n[refresh]\ninterval_minutes = 15\non_open = false\n[fetch]\nuser_agent = "me"\n'
        '[list]\nlayout = "compact"\n[article]\nwidth = 60\n[bindings]\nbookmark = ["b", "s"]\nquit = "q"\n',
    )
    assert config.problems == ()
    assert (config.theme, config.refresh.interval_minutes, config.refresh.on_open) == ("ink", 15, False)
    assert (config.fetch.user_agent, config.fetch.timeout_seconds) == ("me", 30)
    assert (config.list.layout, config.article.width) == ("compact", 60)
    assert config.bindings == {"bookmark": ("b", "s"), "quit": ("q",)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fetch]\ntimeout = 3", "unknown key fetch.timeout; the nearest is fetch.timeout_seconds"),
        ("[fetsch]\ntimeout_seconds = 3", "unknown key fetsch; the nearest is fetch"),
        ("timeout_seconds = 3", "unknown key timeout_seconds; the nearest is fetch.timeout_seconds"),
        ("problems = 3", "unknown key problems; the nearest is"),
        (
            '[fetch]\ntimeout_seconds = "3"',
            'fetch.timeout_seconds must be a whole number from 1 to 600, not "3"; 30 is',
        ),
        ("[fetch]\ntimeout_seconds = 0", "must be a whole number from 1 to 600, not 0; 30 is used"),
        ("[fetch]\ntimeout_seconds = true", "must be a whole number from 1 to 600, not true; 30 is used"),
        ("[refresh]\non_open = 1", "refresh.on_open must be true or false, not 1; true is used"),
        ('[list]\nlayout = "cosy"', 'list.layout must be "comfort" or "compact", not "cosy"; "comfort" is used'),
        ("[list]\nlayout = [1]", 'list.layout must be "comfort" or "compact", not a list; "comfort" is used'),
        ("theme = 7", 'theme must be a text in quotes, not 7; "" is used'),
        ("fetch = 7", "fetch must be a table, not 7; its defaults hold"),
        ("bindings = 7", "bindings must be a table, not 7; its defaults hold"),
        ("[bindings]\nquit = 7", "bindings.quit must be a key or a list of keys, not 7; its own keys hold"),
        ("theme = {a = 1}", "theme must be a text in quotes, not a table"),
        ("theme = [{a = 1}]", "theme must be a text in quotes, not a list"),
        (
            "[refresh]\ninterval_minutes = 0x" + "F" * 5000,
            "interval_minutes must be a whole number from 5 to 525600, not a number of that size; 60 is used",
        ),
        ("theme = 0x" + "F" * 5000, "theme must be a text in quotes, not a number of that size"),
        ("[bindings]\nquit = 0x" + "F" * 5000, "bindings.quit must be a key or a list of keys, not a number of that"),
    ],
)
def test_a_wrong_key_or_value_is_one_line_and_its_default_holds(tmp_path: Path, text: str, said: str) -> None:
    config = written(tmp_path, text + "\n[article]\nwidth = 60\n")
    assert len(config.problems) == 1
    assert said in config.problems[0]
    assert config.problems[0].startswith(str(tmp_path / "config.toml"))
    assert "\n" not in config.problems[0]
    assert config.article.width == 60
    assert config.fetch == Config().fetch


def test_what_stands_in_a_table_is_not_shown_for_it_may_be_secret(tmp_path: Path) -> None:
    for text in ('[sites]\ncookies = {session = "hush"}', '[bindings]\nquit = [{a = "hush"}]', 'theme = ["hush"]'):
        config = written(tmp_path, text)
        assert len(config.problems) == 1
        assert "hush" not in config.problems[0]


def test_where_there_can_be_no_file_the_defaults_hold(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    assert load(place(tmp_path / "home")) == Config()


@pytest.mark.parametrize(
    ("data", "said"), [(b"\xff", "not written in UTF-8"), (b"a=" + b"[" * 5000, "nested too deeply")]
)
def test_what_keeps_it_from_being_toml_is_said_in_words(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        written(tmp_path, data)


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe", b"a = 1\na = 2\n", b"x = " + b"[" * 5000])
def test_a_file_that_is_no_toml_is_an_error_of_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ConfigError) as caught:
        written(tmp_path, data)
    assert "config.toml is no TOML" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_file_is_never_written(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf# mine\ntheme = 'x'\nnonsense = 1\n"
    assert written(tmp_path, text).theme == "x"
    assert (tmp_path / "config.toml").read_bytes() == text


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
names = st.sampled_from(sorted(key.rpartition(".")[2] for key in keys())) | st.text()


@given(st.dictionaries(names, st.dictionaries(names, values) | values))
def test_any_table_gives_settings_that_can_be_used(table: dict[str, object]) -> None:
    config = read(table, Path("config.toml"))
    assert 1 <= config.fetch.timeout_seconds <= 600
    assert config.list.layout in ("comfort", "compact")
    assert all(line == clean_line(line) for line in config.problems)
