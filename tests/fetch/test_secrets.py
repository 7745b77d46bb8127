"""Where the secrets of ``[[sites]]`` come from."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.fetch.secrets import Secret, Secrets, from_file
from reader.sites import Site

ADDRESS = "https://example.org/"


def had(seconds: float = 20.0, auth: str = "basic", **what: object) -> Secret:
    secrets = Secrets(seconds)
    site = Site(ADDRESS, auth=auth, user="ann", **what)  # type: ignore[arg-type]
    try:
        return waited(secrets, site)
    finally:
        secrets.close()


def waited(secrets: Secrets, site: Site) -> Secret:
    until = time.monotonic() + 30
    while (found := secrets.get(site)) is None:
        assert time.monotonic() < until
        time.sleep(0.005)
    return found


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.mark.parametrize(("text", "value"), [("hush\n", "hush"), ("a b:ü", "a b:ü"), ("hush\r\n", "hush")])
def test_a_file_of_its_owner_alone(tmp_path: Path, text: str, value: str) -> None:
    file = tmp_path / "secret"
    file.write_text(text)
    file.chmod(0o600)
    assert had(secret_file=str(file)) == Secret(value)


@pytest.mark.skipif(os.name != "posix", reason="the modes of files are those of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "secret"
    file.write_text("hush")
    file.chmod(mode)
    assert had(secret_file=str(file)).trouble == f"The file of its secret can be read by others (chmod 600 {file})"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file of its secret holds nothing"),
        (b"x" * 20_000, "The file of its secret holds far too much"),
        (b"\xff\xfe", "The file of its secret holds what is no text"),
        (b"a\nb", "Its secret has characters that cannot be sent"),
    ],
)
def test_a_file_that_holds_no_secret_says_so_and_nothing_of_what_it_holds(
    tmp_path: Path, data: bytes, said: str
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(data)
    file.chmod(0o600)
    assert had(secret_file=str(file)) == Secret(trouble=said)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert had(secret_file=str(tmp_path)).trouble == "The file of its secret cannot be read: it is a directory"
    assert had(secret_file=str(tmp_path / "none")).trouble.endswith("there is no such file or directory")
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert had(secret_file=str(tmp_path / "pipe")).trouble == "The file of its secret is no ordinary file"


def test_a_command_is_run_once_without_a_shell(tmp_path: Path) -> None:
    secrets, count = Secrets(), tmp_path / "count"
    code = f"open({str(count)!r}, 'a').write('x'); import sys; print(sys.argv[1]); print('more')"
    site = Site(ADDRESS, auth="bearer", secret_command=(*python(code), "$HOME;`x`"))
    assert waited(secrets, site) == Secret("$HOME;`x`")
    assert waited(secrets, site) == Secret("$HOME;`x`")
    secrets.close()
    assert count.read_text() == "x"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("/no/such/command",), "The command for its secret cannot be run: there is no such file or directory"),
        (python("import sys; print('hush', file=sys.stderr); sys.exit(3)"), "failed with exit code 3"),
        (python("pass"), "The command for its secret printed nothing"),
        (python("print('two words')"), "Its secret has characters that cannot be sent"),
    ],
)
def test_a_command_that_gives_no_secret(command: tuple[str, ...], said: str) -> None:
    found = had(auth="bearer", secret_command=command)
    assert (found.value, said in found.trouble) == ("", True)
    assert "hush" not in found.trouble


def test_a_command_has_a_time_limit_and_is_ended_with_its_children(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"open({str(note)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    found = had(3.0, secret_command=python(code))
    assert found.trouble == "The command for its secret did not end within 3 s"
    assert is_over(int(note.read_text()))


def test_a_command_ends_with_the_client(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"import os, time; open({str(note)!r}, 'w').write(f'{{os.getpid()}} '); time.sleep(60)"
    secrets = Secrets()
    secrets.get(Site(ADDRESS, auth="bearer", secret_command=python(code)))
    until = time.monotonic() + 20
    while not (note.exists() and note.read_text().endswith(" ")):
        assert time.monotonic() < until
        time.sleep(0.01)
    secrets.close()
    assert is_over(int(note.read_text()))


def is_over(pid: int) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_the_keyring_is_asked_for_the_address_and_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keyring.py").write_text(
        "def get_password(service, user):\n"
        "    if user == 'bob':\n"
        "        raise RuntimeError('hush')\n"
        f"    return 'hush' if (service, user) == ({ADDRESS!r}, 'ann') else None\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    assert had(secret_keyring=True) == Secret("hush")
    secrets = Secrets()
    found = waited(secrets, Site("https://other.example/", auth="bearer", secret_keyring=True))
    assert found.trouble == "The keyring has no secret for it"
    found = waited(secrets, Site(ADDRESS, auth="basic", user="bob", secret_keyring=True))
    assert found.trouble == "The keyring cannot be asked for its secret (RuntimeError)"
    secrets.close()
    sys.modules.pop("keyring", None)


BLOCKED = "import time\ndef get_password(service, user):\n    time.sleep(3600)\n"


def test_a_keyring_that_does_not_answer_keeps_no_other_secret_and_is_a_trouble_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keyring.py").write_text(BLOCKED)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    secrets = Secrets(3.0)
    asked = [Site(f"https://{name}.example/", auth="bearer", secret_keyring=True) for name in ("a", "b")]
    assert [secrets.get(site) for site in asked] == [None, None]
    assert waited(secrets, Site(ADDRESS, auth="bearer", secret_command=python("print('hush')"))) == Secret("hush")
    began = time.monotonic()
    assert {waited(secrets, site).trouble for site in asked} == {"The keyring did not answer within 3 s"}
    assert time.monotonic() - began < 5
    secrets.close()
    sys.modules.pop("keyring", None)


def test_a_keyring_that_does_not_answer_does_not_keep_the_process(tmp_path: Path) -> None:
    (tmp_path / "keyring.py").write_text(BLOCKED)
    code = (
        f"import sys, time; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from reader.fetch.secrets import Secrets; from reader.sites import Site\n"
        f"secrets = Secrets(); secrets.get(Site({ADDRESS!r}, auth='bearer', secret_keyring=True))\n"
        "time.sleep(0.3); secrets.close()\n"
    )
    assert subprocess.run(python(code), timeout=20, check=True).returncode == 0


def test_of_what_a_command_prints_without_end_little_is_read_and_it_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        f"import os, sys; open({str(note)!r}, 'w').write(str(os.getpid()))\n"
        "while True: sys.stdout.write(sys.argv[1] * 65536)"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert had(secret_command=(*python(code), "x")).trouble == "The command for its secret printed far too much"
    assert is_over(int(note.read_text()))
    assert had(secret_command=(*python(code), "hush\n")) == Secret("hush")
    assert is_over(int(note.read_text()))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_command_that_prints_and_does_not_end_has_a_time_limit() -> None:
    code = "import os, time; os.write(1, b'hush'); os.close(1); time.sleep(60)"
    assert had(2.0, secret_command=python(code)).trouble == "The command for its secret did not end within 2 s"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the open files are counted in /proc")
def test_what_is_no_file_is_closed_again(tmp_path: Path) -> None:
    opened = Path("/proc/self/fd")
    before = len(list(opened.iterdir()))
    for _ in range(20):
        assert from_file(str(tmp_path)).trouble == "The file of its secret cannot be read: it is a directory"
    assert len(list(opened.iterdir())) < before + 10


def test_a_keyring_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    found = had(secret_keyring=True)
    assert found.trouble == "The keyring cannot be asked for its secret: the library keyring is not installed"


def test_a_secret_is_never_printed() -> None:
    assert "hush" not in repr(Secret("hush"))
