"""Tests never leave this machine."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkBlockedError


@pytest.mark.parametrize("address", [("203.0.113.7", 80), ("2001:db8::7", 80), ("example.org", 443)])
def test_a_connection_to_another_machine_is_refused(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(NetworkBlockedError, match=r"stay on this machine"):
        one.connect(address)


def test_a_single_packet_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(NetworkBlockedError):
        one.sendto(b"hello", ("203.0.113.7", 53))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkBlockedError):
        socket.create_connection(("example.org", 443))


def test_a_connection_to_this_machine_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_a_unix_socket_is_open() -> None:
    first, second = socket.socketpair(socket.AF_UNIX)
    with first, second:
        first.sendall(b"here")
        assert second.recv(4) == b"here"
