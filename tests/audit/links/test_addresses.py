from __future__ import annotations

import ipaddress
import random

import pytest

from credsite.audit.links.addresses import is_public_address

PUBLIC = (
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2000::",
    "2001:200::",
    "2001:db7:ffff::1",
    "2001:db9::",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "3ffe:ffff::1",
    "3fff:1000::",
    "::ffff:93.184.215.14",
    "64:ff9b::93.184.215.14",
)
NOT_PUBLIC = (
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.0.170",
    "192.0.0.255",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.0.0",
    "192.168.255.255",
    "192.175.48.1",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.0",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::93.184.215.14",
    "::ffff:127.0.0.1",
    "::ffff:192.0.0.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b::192.0.0.1",
    "64:ff9b:1::1",
    "64:ff9b:1::93.184.215.14",
    "64:ff9b:0:1::93.184.215.14",
    "100::1",
    "100:0:0:1::1",
    "1fff:ffff::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:1::1",
    "2001:2::1",
    "2001:3::1",
    "2001:4:112::1",
    "2001:10::1",
    "2001:20::1",
    "2001:30::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2002:5db8:d70e::1",
    "2620:4f:8000::1",
    "3fff::1",
    "3fff:fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "feff::1",
    "ff02::1",
    "ff0e::1",
)
NO_ADDRESSES = ("localhost", "", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "1.2.3.4.5", "[::1]")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.parametrize("address", [*NOT_PUBLIC, *NO_ADDRESSES])
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public_address(address)


def test_no_address_is_public_that_python_knows_to_be_none() -> None:
    chance = random.Random(1)
    numbers = [
        *(chance.getrandbits(32) for _ in range(4000)),
        *(chance.getrandbits(chance.randrange(33, 129)) for _ in range(4000)),
        *((0x2001 << 112) | chance.getrandbits(112) for _ in range(1000)),
    ]
    for number in numbers:
        ip = ipaddress.ip_address(number)
        assert ip.is_global or not is_public_address(str(ip)), ip
