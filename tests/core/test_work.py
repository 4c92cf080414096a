"""The vocabulary is complete and its two halves do not overlap."""

from fairlead.core import work


def test_twelve_competencies_are_six_of_managing_and_six_of_leading():
    kinds = [competency.kind for competency in work.Competency]
    assert kinds == [work.Kind.MANAGING] * 6 + [work.Kind.LEADING] * 6


def test_every_word_of_the_vocabulary_has_a_label_of_its_own():
    for words in (
        work.Kind,
        work.Competency,
        work.Aspect,
        work.HighPayoff,
        work.Trait,
        work.Track,
        work.Relation,
    ):
        labels = [work.LABELS[word] for word in words]
        assert len(set(labels)) == len(labels)
        assert all(labels)


def test_ten_traits_serve_the_ten_rows_of_the_manager_who_makes_it_look_easy():
    assert len(work.Trait) == 10


def test_a_persons_own_word_is_its_own_label():
    assert work.label("apprentices") == "apprentices"
