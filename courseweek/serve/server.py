"""The server around a preview: it listens at a port of this machine until it is interrupted."""

from __future__ import annotations

from collections.abc import Callable

from tornado.httpserver import HTTPServer

from courseweek.serve.handlers import make_application
from courseweek.serve.listener import Listener
from courseweek.serve.ports import Bound
from courseweek.serve.preview import Preview

LARGEST_HEADER = 16_384
LARGEST_BODY = 1_024


async def run_server(
    preview: Preview, bound: Bound, report_full: Callable[[], None], begun: Callable[[], None]
) -> None:
    """Answer requests and watch the files, until this task is canceled.

    `begun` is called as soon as requests can come, `report_full` when there are too many connections.
    """
    server = HTTPServer(
        make_application(preview),
        max_header_size=LARGEST_HEADER,
        max_body_size=LARGEST_BODY,
        idle_connection_timeout=60,
        body_timeout=10,
    )
    server.add_socket(Listener(bound.listener, report_full))
    begun()
    try:
        await preview.watch()
    finally:
        server.stop()
        await server.close_all_connections()


def address_of(host: str, port: int) -> str:
    """Return the address at which a browser on this machine finds a server that is bound to `host`."""
    if host in ("", "0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host and "[" not in host else f"http://{host}:{port}/"
