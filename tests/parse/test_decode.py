import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse.decode import declared_charset, decode

TEXTS = {
    "cp1252": "The minister’s café – “open again” – costs £5 a head, said Zoë Müller.",
    "iso8859-15": "Le café coûte 5 € et l’été a été très chaud à Orléans, où il était né.".replace("’", "'"),
    "cp1250": "Rząd zapowiedział, że środki są już dostępne także dla mniejszych gmin i że będzie ich więcej.",
    "iso8859-2": "Ministři řekli, že při jednání nebyl čas a že také příští schůzka může být kratší.",
    "cp1251": "Министры договорились встретиться снова, сообщило агентство в понедельник вечером.",
    "koi8-r": "Министры договорились встретиться снова, сообщило агентство в понедельник вечером.",
    "cp1253": "Οι υπουργοί συμφώνησαν να συναντηθούν ξανά την επόμενη εβδομάδα στην Αθήνα.",
    "cp1254": "Bakanlar önümüzdeki hafta yeniden görüşmek için anlaştı, çünkü bir sonuç çıkmadı değil mi.",
    "shift_jis": "大臣たちは来週また会うことで合意したと、月曜日の夜に通信社が伝えた。",
    "euc_jp": "大臣たちは来週また会うことで合意したと、月曜日の夜に通信社が伝えた。",
    "gb18030": "部长们在星期一的会议上没有达成一致，他们说下个星期还要在首都见面。",
    "big5": "部長們在星期一的會議上沒有達成一致，他們說下個星期還要在首都見面。",
    "euc_kr": "장관들은 다음 주에 다시 만나기로 했다고 통신사가 월요일 밤에 전했다.",
    "mac_roman": "The minister’s café – “open again” – costs a lot, said Zoë Müller.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_paragraph_without_declaration(name: str) -> None:
    assert decode(TEXTS[name].encode(name)) == TEXTS[name]


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-8"])
def test_unicode_with_and_without_a_mark(name: str) -> None:
    text = "Café société\nBEIRUT: They met — 再会.\n"
    assert decode(text.encode(name)) == text


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Заголовок\n\nТекст новости очень длинный.\n", "Αθήνα\n\nΟ καιρός σήμερα.\n"])
def test_wide_text_that_hardly_holds_a_zero(name: str, text: str) -> None:
    assert decode(text.encode(name)) == text


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "cp866", "mac_cyrillic"])
def test_a_headline_with_capitals(name: str) -> None:
    text = "Заголовок\n\nТекст новости очень длинный."
    assert decode(text.encode(name)) == text


def test_big_endian_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + "é".encode("utf-16-be")) == "é"


def test_line_ends() -> None:
    assert decode("a\r\nb\rc\u2028d\u0085e\n\rf".encode()) == "a\nb\nc\nd\ne\n\nf"


def test_utf8_goes_before_what_is_declared() -> None:
    assert decode("né à Orléans".encode(), "iso-8859-1") == "né à Orléans"
    assert decode("né".encode("iso-8859-1"), "iso-8859-1") == "né"
    assert decode("né".encode("cp1252"), "no such charset") == "né"
    assert decode("né".encode("cp1252"), "zlib") == "né"


def test_iso_2022_jp() -> None:
    assert decode("山の村".encode("iso2022_jp")) == "山の村"


def test_a_few_bad_bytes_in_utf8() -> None:
    data = ("Ünïcödé " * 20).encode() + b"it\x92s" + b"\xc3"
    assert decode(data) == "Ünïcödé " * 20 + "it’sÃ"


def test_declarations() -> None:
    assert declared_charset(b'<?xml version="1.0" encoding="koi8-r"?><html>') == "koi8-r"
    assert declared_charset(b"<html><meta charset=windows-1251>") == "windows-1251"
    assert declared_charset(b'<META http-equiv="Content-Type" content="text/html; charset=big5">') == "big5"
    assert declared_charset(b"charset=big5 in a text") is None


@given(st.binary(max_size=300), st.sampled_from([None, "utf-16", "cp1251", "idna", "hex", "\x00"]))
def test_any_bytes_become_text(data: bytes, declared: str | None) -> None:
    assert "\r" not in decode(data, declared)


def test_long_texts_do_not_take_long() -> None:
    started = time.perf_counter()
    decode(("naïve “word”\n" * 200_000).encode("cp1252"))
    decode("é".encode() * 300_000 + b"\xff" * 100_000)
    assert time.perf_counter() - started < 3
