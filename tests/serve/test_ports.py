"""Ports at which the preview can listen: what the system says of one leads to the next, or to a reason."""

from __future__ import annotations

import errno
import socket
from typing import Any

import pytest

from courseweek.serve.ports import NoPort, bind_port


def refuse_ports(monkeypatch: pytest.MonkeyPatch, number: int, *ports: int) -> None:
    """Let binding fail with this error at these ports."""
    create = socket.create_server

    def refused(address: tuple[str, int], **named: Any) -> socket.socket:
        if address[1] in ports:
            raise OSError(number, "refused")
        return create((address[0], 0), **named)

    monkeypatch.setattr(socket, "create_server", refused)


@pytest.mark.parametrize(
    ("number", "refused", "says"),
    [
        (errno.EADDRINUSE, [8000, 8001], None),
        # Ports that Windows has set aside, for virtual machines for example.
        (errno.EACCES, [8000, 8001], None),
        (errno.EADDRINUSE, [*range(8000, 8050)], "port 8000 and those above it are taken"),
        (errno.EACCES, [*range(8000, 8050)], "port 8000 and those above it are taken"),
        (errno.EADDRNOTAVAIL, [8000], "this machine has no address 127.0.0.1"),
    ],
)
def test_the_next_port_is_taken(
    monkeypatch: pytest.MonkeyPatch, number: int, refused: list[int], says: str | None
) -> None:
    refuse_ports(monkeypatch, number, *refused)
    if says is None:
        bind_port("127.0.0.1", 8000).listener.close()
        return
    with pytest.raises(NoPort, match=rf"^{says}$"):
        bind_port("127.0.0.1", 8000)


def test_a_low_port_needs_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_ports(monkeypatch, errno.EACCES, 80)
    with pytest.raises(NoPort, match=r"^port 80 needs the rights of an administrator$"):
        bind_port("127.0.0.1", 80)
