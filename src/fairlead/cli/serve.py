"""``fairlead serve``."""

from __future__ import annotations

import click

from fairlead.cli import web


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port; else 8000 or the next free one.")
@click.pass_context
def command(ctx: click.Context, host: str, port: int | None) -> None:
    """Start the web application on this machine."""
    chosen = ["--port", str(port)] if port else []
    ctx.exit(web.start("serve", ["--host", host, *chosen]))
