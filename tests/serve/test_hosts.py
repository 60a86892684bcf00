"""The names by which the preview may be asked for."""

from __future__ import annotations

import socket

import pytest

from credsite.core.errors import CredsiteError
from credsite.serve.hosts import AllowedHosts, host_name, is_loopback, refused_host_message


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> AllowedHosts:
    monkeypatch.setattr(socket, "gethostname", lambda: "Desk.college.example")
    return AllowedHosts(["preview.example.org", "Vorschau-Bücher.example."])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.1:8000", "127.0.0.1.:8000", "192.0.2.7:1", "0.0.0.0:8000", "[::1]", "[::1]:8000",
        "[fd00::2]:8000", "[FE80::1]:65535", "[::ffff:192.0.2.7]:80", "localhost", "LOCALHOST:8000", "localhost.:8000",
        "desk.college.example:8000", "desk:8000", "DESK.local:8000", "preview.example.org", "Preview.Example.ORG.:443",
        "xn--vorschau-bcher-psb.example:8000",
    ],
)  # fmt: skip
def test_addresses_and_own_names_are_allowed(hosts: AllowedHosts, host: str) -> None:
    assert host in hosts


@pytest.mark.parametrize(
    "host",
    [
        "", " ", ":8000", "evil.example", "evil.example:8000", "127.0.0.1.nip.io", "127-0-0-1.sslip.example:8000",
        "localhost.evil.example", "localhost..", "localhost:", "localhost:65536", "localhost:8000:8000", "localhost:-1",
        "localhost:٣", "localhost evil.example", "localhost,evil.example", "evil.example@localhost", "localhost@evil.example",
        "localhost/", "localhost#", "//localhost", "http://localhost", "127.0.0.1:8000/evil", "desk.evil.example",
        "college.example", "evil-preview.example.org", "x.preview.example.org", "preview.example", "2130706433", "0x7f.1",
        "127.1", "0177.0.0.1", "127.0.0.01", "256.0.0.1", "::1", "[::1", "::1]", "[::1]evil.example", "[127.0.0.1]x",
        "[fe80::1%25eth0]", "[::g]", "localhost\x00", "localhost\n", "*", "a" * 300, "xn--",
    ],
)  # fmt: skip
def test_other_names_are_not(hosts: AllowedHosts, host: str) -> None:
    assert host not in hosts


def test_a_name_is_allowed_as_browsers_send_it() -> None:
    assert host_name(" Preview.Example.org. ") == "preview.example.org"
    assert host_name("bücher.example") == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "name", ["", "*", "*.example.org", "http://a.example", "a.example:8000", "a b", "a/b", "-a", "a..b", "é" * 300]
)  # fmt: skip
def test_what_is_no_name_is_refused_in_words(name: str) -> None:
    with pytest.raises(CredsiteError, match="Write only the name, without https:// and without a port"):
        host_name(name)


def test_the_message_says_how_to_allow_a_name_and_repeats_nothing_else() -> None:
    assert "credsite serve --allow-host pc.college.example\n" in refused_host_message(
        "PC.college.example.:80", "credsite serve"
    )
    assert "\n    credsite serve --port 8123 --allow-host intranet\n" in refused_host_message(
        "intranet:8123", "credsite serve --port 8123"
    )
    for bad in ("", "<script>", "a;rm -rf /", "a\x1b[31m", "$(id)"):
        message = refused_host_message(bad, "credsite serve")
        assert "--allow-host" not in message
        assert not bad or bad not in message


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("0.0.0.0", False), ("::", False),
     ("192.0.2.1", False), ("fe80::1%eth0", False), ("localhost", False)],
)  # fmt: skip
def test_only_loopback_addresses_are_for_this_computer_alone(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected
