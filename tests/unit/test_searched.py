"""What is kept of a search is never older than the texts, and never other than a look at each of them."""

from hypothesis import given
from hypothesis import strategies as st

from spatial.incidents.searched import Searched

TEXTS = st.text("ab7", max_size=5)
STEPS = st.one_of(
    st.tuples(st.just("put"), st.integers(0, 9), TEXTS),
    st.tuples(st.just("append"), st.just(0), st.just("")),
    st.tuples(st.just("search"), st.just(0), TEXTS),
)


@given(st.lists(TEXTS, min_size=1, max_size=10), st.lists(STEPS, max_size=60))
def test_an_answer_is_that_of_a_look_at_each_text(begin: list[str], steps: list[tuple[str, int, str]]) -> None:
    texts, searched = list(begin), Searched(begin)
    for step, number, text in steps:
        if step == "append":
            texts.append("")
            searched.append()
        elif step == "put":
            texts[number % len(texts)] = text
            searched.put(number % len(texts), text)
        else:
            # room comes in steps, and may be more than there are texts
            room = 8 * (1 + len(texts) // 8)
            had = searched.having(text, room).tolist()
            assert had == [*(text in each for each in texts), *[False] * (room - len(texts))]
