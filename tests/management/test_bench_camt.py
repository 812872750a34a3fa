"""The bench of reading statements: a real file, real figures, a limit of the same run."""

from backend.benches import camt


class TestRun:
    def test_measures_against_the_same_file(self) -> None:
        found = camt.run(50)

        assert (found["bench"], found["n"]) == ("camt", 50)
        assert float(found["per_second"]) > 0
        assert 0 < float(found["ratio"]) < 2
