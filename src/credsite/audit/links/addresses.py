"""Which IP addresses are public: those that the whole Internet can reach, and no network of its own.

The ranges stand here, and are not asked of :mod:`ipaddress`, whose own lists differ between releases of Python.

Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), the IANA IPv6 Address Space, and the RFCs
named below.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

_SPECIAL_IPV4: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private use
            "100.64.0.0/10",  # shared by the customers of a provider
            "127.0.0.0/8",  # this computer
            "168.63.129.16/32",  # services for a virtual machine of Azure, from its host
            "169.254.0.0/16",  # this link, with the metadata of cloud machines
            "172.16.0.0/12",  # private use
            "192.0.0.0/24",  # IETF protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # automatic multicast tunnelling
            "192.88.99.0/24",  # 6to4 relays, deprecated
            "192.168.0.0/16",  # private use
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_GLOBAL_IPV6: Final = IPv6Network("2000::/3")
"""All global unicast addresses of IPv6. What is outside is this computer, its networks, multicast, or not assigned."""
_SPECIAL_IPV6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID and others
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, deprecated
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
_WITH_IPV4: Final = tuple(map(IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96")))
"""IPv6 addresses that stand for the IPv4 address in their last 32 bits: mapped ones, and those of NAT64 (RFC 6052)."""


def is_public_address(address: str) -> bool:
    """Whether an IP address is public: not this computer, not a private network, and not reserved."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if not any(ip in network for network in _WITH_IPV4):
            return ip in _GLOBAL_IPV6 and not any(ip in network for network in _SPECIAL_IPV6)
        ip = IPv4Address(int(ip) & 0xFFFFFFFF)
    return not any(ip in network for network in _SPECIAL_IPV4)
