"""Files that somebody re-encoded on the way: read alike where they say how, else refused, never guessed."""

import pytest

from backend.treasury import bank_statements
from backend.treasury.parsed import StatementRefused
from tests.treasury.files import Move, paper

MOVES = (Move("500.00", "quota perché sì, 10 £", name="Niccolò Àçéñ"), Move("-20.00", "bollo"))
DECLARED = 'encoding="UTF-8"'


def re_encoded(encoding: str, declared: str = "") -> bytes:
    text = paper(*MOVES).decode().replace(DECLARED, f'encoding="{declared or encoding}"')
    return text.encode(encoding)


class TestCamt:
    @pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "windows-1252"])
    def test_reads_the_same_in_every_encoding_that_it_names(self, encoding: str) -> None:
        assert bank_statements.parse(re_encoded(encoding)) == bank_statements.parse(paper(*MOVES))

    def test_reads_a_mark_of_the_byte_order(self) -> None:
        raw = b"\xef\xbb\xbf" + paper(*MOVES)

        assert bank_statements.parse(raw) == bank_statements.parse(paper(*MOVES))

    @pytest.mark.parametrize(
        ("encoding", "declared"),
        [
            ("ISO-8859-1", "UTF-8"),
            ("UTF-8", "UTF-16"),
            ("UTF-8", "no-such-encoding"),
            ("UTF-16", "ISO-8859-1"),
        ],
    )
    def test_refuses_what_lies_about_it(self, encoding: str, declared: str) -> None:
        with pytest.raises(StatementRefused):
            bank_statements.parse(re_encoded(encoding, declared))

    def test_refuses_an_accent_that_is_cut_in_two(self) -> None:
        raw = paper(*MOVES)
        at = raw.index("ò".encode()) + 1

        with pytest.raises(StatementRefused):
            bank_statements.parse(raw[:at] + raw[at + 1 :])
