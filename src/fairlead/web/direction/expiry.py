"""How long this room keeps what it holds: until the person deletes it."""

from __future__ import annotations

from typing import Final

KEPT: Final = {
    "Sitting": "own",
    "PromotionGoal": "own",
    "Offer": "own",
    "OfferPromise": "own",
    "OfferCheck": "own",
}
