"""Input that is meant to do harm, and what credsite promises all the same.

Each module ``test_*.py`` is one class of harm: its docstring names the class, ``PROMISE`` says in one sentence what holds
whatever is tried. A test takes the fixtures ``whole`` (whether to try everything, or the sample that ``make test`` has time
for) and ``trials``, which counts what is tried:

    def test_names(trials: Trials, whole: bool, tmp_path: Path) -> None:
        for name in NAMES if whole else NAMES[::20]:
            with trials(name):
                ...  # an assertion that fails, or any exception, is a case that was not survived

``make torture`` tries everything, and writes docs/reliability.md.
"""
