#!/usr/bin/env python3
"""The values that Benchmarks/run and Tests/EngineTests hold relmodel against, computed without it.

The long run in rational numbers: closed forms and the sum over all states; needs nothing else. The mean over a year by
Gauss-Legendre quadrature to 40 digits: each component is down with probability U (1 - exp(-(l + m) t)) at t, two of
three are needed in each of ten groups (Trivedi and Bobbio, section 9.4). Twice, with pieces of different lengths.

  python3 Benchmarks/reference.py           (pip install mpmath)
"""

import itertools
from fractions import Fraction
from math import comb


def share(up, down):
    return Fraction(down) / (Fraction(up) + Fraction(down))


def at_least(k, n, p):
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def product(factors):
    result = Fraction(1)
    for factor in factors:
        result *= factor
    return result


def either(*parts):
    return 1 - product(1 - part for part in parts)


def zones():
    """a needs two of three, b one of three, one of each in a zone; zones fail too. Every state of the zones."""
    zone, a, b = share(52560, 2), share(720, 1), share(1001, 3)
    total = Fraction(0)
    for state in itertools.product([0, 1], repeat=3):
        up = 3 - sum(state)
        weight = product(zone if down else 1 - zone for down in state)
        total += weight * (1 - (1 - at_least(max(0, up - 1), up, a)) * (1 - at_least(up, up, b)))
    return total


def long_run():
    yield "thirty", either(*[at_least(2, 3, share(1696, 10))] * 10)
    yield "eight in parallel", share(997, 7) ** 8
    yield "forty in series", either(*[share(1000 + 37 * i, 1 + i) for i in range(40)])
    yield "five of nine", either(at_least(5, 9, share(130, 3)), share(5000, 11))
    yield "two modes", either(share(100, 3), share(1000, 7)) ** 2
    yield "zones", zones()


def over_a_year():
    from mpmath import exp, linspace, mp, mpf, quad

    mp.dps = 40
    up, down, year = mpf(1696), mpf(10), mpf(8760)

    def unavailable(t):
        u = down / (up + down) * (1 - exp(-(1 / up + 1 / down) * t))
        return 1 - (1 - 3 * u**2 * (1 - u) - u**3) ** 10

    first = quad(unavailable, linspace(0, 400, 41) + [year]) / year
    second = quad(unavailable, linspace(0, 900, 61) + [year]) / year
    assert abs(first - second) < mpf(10) ** -30 * first
    return first


if __name__ == "__main__":
    for name, value in long_run():
        print(f"{name}: {float(value)!r}")
    print(f"thirty, mean over a year from new: {over_a_year()}")
