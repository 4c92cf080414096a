"""The shipped rut check with a screen of one's own, on which every other kind of question is asked."""

from fairlead.library.load import instrument
from fairlead.library.schema import Instrument, Item, ItemKind, PairEntry, Section


def _choice(name: str, text: str, about: str) -> Item:
    return Item(id=name, text=text, options="how_true", about=about, rows=(22,))


def every_kind() -> Instrument:
    """Text, date, register, and a pair of questions asked alike, behind the shipped screens."""
    shipped = instrument("rut-check")
    own = Section(
        id="own_words",
        title="In my own words",
        items=(
            Item(id="decided_on", kind=ItemKind.DATE, text="From when on?", about="decision", rows=(34,)),
            Item(id="first_step", kind=ItemKind.TEXT, text="What is first?", about="decision", rows=(21,)),
            Item.model_validate(
                {
                    "id": "payoff_register",
                    "kind": "register",
                    "text": "What pays off most?",
                    "rows": (37,),
                    "presets": ({"id": "training", "label": "Training"}, {"id": "own_idea", "label": "Mine"}),
                }
            ),
            _choice("me_energy", "When work was over, I had energy left.", "energy"),
            _choice("them_energy", "When work is over, they have energy left.", "energy"),
            _choice("want_out", "I want more time for leading.", "decision"),
        ),
    )
    pair = PairEntry(about="energy", mine="me_energy", theirs="them_energy")
    made = shipped.model_dump() | {
        "sections": (*shipped.sections, own),
        "pairs": (*(one for one in shipped.pairs if one.about != "energy"), pair),
    }
    return Instrument.model_validate(made)
