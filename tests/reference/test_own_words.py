"""The handbook and the practices are in our own words: no eight words in a row stand in the articles."""

import os
import re
from pathlib import Path

import pytest

from fairlead.library.load import handbook, practices

pytestmark = pytest.mark.reference

BESIDE = Path(__file__).parents[2].parent / "shared" / "data"
ARTICLES = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA", BESIDE)).parent / "seeds"
IN_A_ROW = 8


def runs(text):
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    return {tuple(words[i : i + IN_A_ROW]) for i in range(len(words) - IN_A_ROW + 1)}


@pytest.fixture(scope="module")
def borrowed():
    found = sorted(ARTICLES.glob("*.txt")) if ARTICLES.is_dir() else []
    if not found:
        pytest.skip("REFERENCE DATA ABSENT: ../shared/seeds/*.txt")
    return set().union(*(runs(path.read_text(encoding="utf-8")) for path in found))


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in {"research", "cite", "read"}:
                yield from texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one)


def test_a_run_of_eight_words_is_found_in_a_longer_text():
    assert runs("One two three four five six seven eight") <= runs(
        "Zero, one two three. Four five six – seven eight nine"
    )


@pytest.mark.parametrize("pages", [handbook, practices])
def test_no_sentence_is_taken_from_the_articles(borrowed, pages):
    assert len(borrowed) > 1000
    taken = {
        (name, " ".join(run))
        for name, page in pages().items()
        for text in texts(page.model_dump())
        for run in runs(text) & borrowed
    }
    assert taken == set()
