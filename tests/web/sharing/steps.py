"""How tests share a reading, step by step, as a browser does."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from tests.web.audits import made

from fairlead.web.audits import shareable
from fairlead.web.sharing import actions


def snapshot_of(page: str) -> str:
    """The bytes of what is shown, out of a page."""
    (found,) = re.findall(r'<article class="shown".*?</article>', page, re.DOTALL)
    return found


class Sharing:
    """Cleo shares a reading, step by step, as a browser does."""

    def __init__(self, organization, owner="cleo"):
        self.member = organization[owner]
        self.reading = made.stand(self.member)
        self.path = f"/sharing/new/reading/{self.reading.pk}/"
        self.form = {"parts": sorted(shareable.USUAL), "until": str(days(30))}

    def find(self, who):
        return self.member.browser.post(self.path, self.form | {"who": who, "step": "find"})

    def preview(self, who="Max", **more):
        page = self.find(who).content.decode()
        tokens = re.findall(r'name="reader" value="([^"]+)"', page)
        form = self.form | {"who": who, "reader": tokens[0] if tokens else "", "step": "preview"} | more
        return form, self.member.browser.post(self.path, form)

    def share(self, who="Max", **more):
        form, page = self.preview(who, **more)
        digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page.content.decode())
        form |= {"digest": digest[1] if digest else "", "step": "share"}
        return page, self.member.browser.post(self.path, form)


def days(number):
    return timezone.now().astimezone(dt.timezone(dt.timedelta(hours=1))).date() + dt.timedelta(days=number)


def share_with(owner, reader, number=0, **more):
    return actions.share(
        owner,
        reader=reader,
        kind="reading",
        object_id=f"00000000-0000-4000-8000-{number:012}",
        title="Reading",
        snapshot={"sections": []},
        **{"until": days(3)} | more,
    )
