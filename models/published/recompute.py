#!/usr/bin/env python3
"""Computes every expected.csv in this folder to 50 digits, without relmodel.

Each system is solved twice: by its closed form, and by adding up all states of its parts. The two must agree to
40 digits. Frequencies are the sum over the parts of (failures per hour) x P(the system is down with the part down
and up with it up); Ross, Introduction to Probability Models, section 9.6.

  python3 models/published/recompute.py           writes the files
  python3 models/published/recompute.py --check   exits 1 when one differs
"""

import itertools
import pathlib
import sys

from mpmath import exp, factorial, gamma, log, lu_solve, matrix, mp, mpf, nstr, sqrt, erfinv

mp.dps = 50
HERE = pathlib.Path(__file__).resolve().parent
YEAR = mpf(8760)
EXACT = "1e-12"


class Part:
    """Something that is up or down on its own: its share of down time and its failures per hour."""

    def __init__(self, unavailability, outage):
        self.down = mpf(unavailability)
        self.frequency = self.down / mpf(outage)


def cycle(mtbf, outage):
    """A part by its mean up time and mean outage in hours."""
    return Part(mpf(outage) / (mpf(mtbf) + mpf(outage)), outage)


def states(parts):
    """Every state as the set of names that are down, with its probability."""
    names = list(parts)
    for bits in itertools.product((False, True), repeat=len(names)):
        probability = mpf(1)
        for name, is_down in zip(names, bits):
            probability *= parts[name].down if is_down else 1 - parts[name].down
        yield {name for name, is_down in zip(names, bits) if is_down}, probability


def solve(parts, is_down):
    """Unavailability, and outages per year, by adding up states."""
    unavailability = mpf(0)
    frequency = mpf(0)
    for down, probability in states(parts):
        if not is_down(down):
            continue
        unavailability += probability
        for name in down:
            if not is_down(down - {name}):
                frequency += probability / parts[name].down * parts[name].frequency
    return unavailability, frequency * YEAR


def mean(parts, served):
    """The time average of what is served, by adding up states."""
    return sum(probability * served(down) for down, probability in states(parts))


def same(found, expected):
    assert abs(found - expected) <= mpf(10) ** -40 * abs(expected), (nstr(found, 45), nstr(expected, 45))
    return found


def choose(n, k):
    return factorial(n) / factorial(k) / factorial(n - k)


def at_least(k, n, p):
    return sum(choose(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def row(capability, quantity, value, source, kind="closed-form", tolerance=EXACT):
    text = value if isinstance(value, str) else nstr(value, 20, min_fixed=-3, max_fixed=12)
    return ",".join([capability, quantity, text, tolerance, kind, source])


def rows(capability, solved, closed, source, kind="closed-form"):
    """The two rows of a capability whose unavailability has a closed form."""
    unavailability, outages = solved
    same(unavailability, closed)
    return [
        row(capability, "unavailability", unavailability, source, kind),
        row(capability, "outages-per-year", outages, "states added up to 50 digits"),
    ]


def all_down(names):
    return lambda down: set(names) <= down


def any_down(names):
    return lambda down: bool(set(names) & down)


def fewer_up(k, names):
    return lambda down: len(set(names) - down) < k


def same_parts(names, part):
    return {name: part for name in names}


# One function for each folder.


def single_part():
    part = cycle(1000, 10)
    closed = mpf(1) / 101
    return rows("service", solve({"a": part}, any_down("a")), closed, "10 / (1000 + 10)") + [
        row("service", "unavailability", "0.0099", "tl-garden: A = 0.9901", "published", "0.006")
    ]


def azure_composite():
    parts = {"web": Part("0.0005", 1), "sql": Part("0.0001", 1)}
    solved = solve(parts, any_down(parts))
    return rows("app", solved, 1 - mpf("0.9995") * mpf("0.9999"), "1 - 0.9995 x 0.9999") + [
        row("app", "unavailability", "0.0006", "Microsoft: 99.94 %", "published", "0.084")
    ]


def aws_chain():
    shares = {"alb": "0.0001", "ec2": "0.0001", "rds": "0.0005", "s3": "0.001"}
    parts = {name: Part(share, 1) for name, share in shares.items()}
    solved = solve(parts, any_down(parts))
    closed = 1 - mpf("0.9999") ** 2 * mpf("0.9995") * mpf("0.999")
    return rows("site", solved, closed, "1 - 0.9999 x 0.9999 x 0.9995 x 0.999") + [
        row("site", "unavailability", "0.0017", "The-Way-of-SRE: 99.83 %", "published", "0.03")
    ]


def hard_dependencies():
    parts = same_parts(["own", "one", "two"], Part("0.0001", 1))
    solved = solve(parts, any_down(parts))
    return rows("application", solved, 1 - mpf("0.9999") ** 3, "1 - 0.9999^3") + [
        row("application", "unavailability", "0.0003", "AWS Reliability Pillar: 99.97 %", "published", "0.17")
    ]


def redundant_subsystems():
    part = Part("0.01", 1)
    out = []
    for capability, count in [("two", 2), ("three", 3)]:
        parts = same_parts([str(i) for i in range(count)], part)
        out += rows(capability, solve(parts, all_down(parts)), mpf("0.01") ** count, "AWS eq. 5", "published")
    return out


def spare_capacity():
    parts = same_parts("abcdef", Part("0.01", 1))
    closed = 1 - at_least(4, 6, mpf("0.99"))
    return rows("workload", solve(parts, fewer_up(4, parts)), closed, "binomial") + [
        row("workload", "unavailability", "0.00002", "AWS spare formula: 0.99998", "published", "0.025")
    ]


def three_servers():
    parts = same_parts(["s1", "s2", "s3"], cycle(980, 20))
    published = {"any": (1, "0.999992"), "majority": (2, "0.998816"), "all": (3, "0.941192")}
    out = []
    for capability, (k, availability) in published.items():
        solved = solve(parts, fewer_up(k, parts))
        same(1 - at_least(k, 3, mpf("0.98")), 1 - mpf(availability))
        out += rows(capability, solved, 1 - mpf(availability), "1 - " + availability, "published")
    return out


def displays():
    parts = same_parts("abcd", cycle(900, 100))
    solved = solve(parts, fewer_up(3, parts))
    return rows("picture", solved, 1 - mpf("0.9477"), "1 - 0.9477", "published")


def series_parallel():
    parts = {"u1": Part("0.005", 10), "u2": Part("0.013", 10), "u3": Part("0.027", 10)}
    segment = any_down(["u1", "u2"])
    whole = lambda down: segment(down) and "u3" in down
    r1, r2, r3 = mpf("0.995"), mpf("0.987"), mpf("0.973")
    return rows("segment", solve(parts, segment), 1 - mpf("0.982065"), "1 - 98.2065 %", "published") + rows(
        "system", solve(parts, whole), (1 - r1 * r2) * (1 - r3), "(1 - R1 R2)(1 - R3)"
    )


def bridge():
    parts = same_parts("12345", cycle(900, 100))
    paths = ["14", "25", "135", "234"]
    is_down = lambda down: all(set(path) & down for path in paths)
    p = mpf("0.9")
    closed = 1 - (2 * p**2 + 2 * p**3 - 5 * p**4 + 2 * p**5)
    return rows("link", solve(parts, is_down), closed, "1 - (2p^2 + 2p^3 - 5p^4 + 2p^5)")


def relay_line():
    parts = same_parts("12345", cycle(900, 100))
    runs = ["123", "234", "345"]
    is_down = lambda down: any(set(run) <= down for run in runs)
    r, q = mpf("0.9"), mpf("0.1")
    closed = 1 - (r**5 + 5 * r**4 * q + 10 * r**3 * q**2 + 7 * r**2 * q**3 + r * q**4)
    return rows("line", solve(parts, is_down), closed, "Birolini 2007 p. 45")


def duplex():
    part = cycle(1000, 10)
    unavailability, outages = solve({"a": part, "b": part}, all_down("ab"))
    same(unavailability, mpf(1) / 101**2)
    assert nstr(1 - unavailability, 18) == "0.999901970395059308"
    assert nstr(outages, 15) == "0.171747867856093"
    return [
        row("service", "unavailability", unavailability, "(10 / 1010)^2; A = 0.999901970395059308", "published"),
        row("service", "outages-per-year", outages, "2 x 8760 / 1010 x 10 / 1010 = 0.171747867856093", "published"),
    ]


def beta_factor():
    single, shared = Part("0.009", 10), Part("0.001", 10)
    parts = same_parts(["1", "2", "3"], single) | {"shock": shared}
    units = ["1", "2", "3"]
    out = []
    for capability, k, published in [("two-fail", 2, "0.001241300458"), ("three-fail", 1, "0.001000728271")]:
        is_down = lambda down: "shock" in down or fewer_up(k, units)(down)
        out += rows(capability, solve(parts, is_down), mpf(published), "SCRAM; RePyability", "published")
    return out


def group_shocks(one, two, three):
    """Three members, the shocks to each set of them, and their probabilities."""
    shocks = {name: Part(one, 10) for name in "abc"}
    shocks |= {name: Part(two, 10) for name in ("ab", "ac", "bc")}
    return shocks | {"abc": Part(three, 10)}


def common_cause_groups():
    total = mpf("0.01")
    beta, gamma_letter = mpf("0.10"), mpf("0.27")
    alpha = [mpf("0.95"), mpf("0.04"), mpf("0.01")]
    weight = alpha[0] + 2 * alpha[1] + 3 * alpha[2]
    splits = {
        "greek": [1 - beta, beta * (1 - gamma_letter) / 2, beta * gamma_letter],
        "alpha": [alpha[0] / weight, alpha[1] / weight, 3 * alpha[2] / weight],
        "staggered": [alpha[0], alpha[1] / 2, alpha[2]],
        "phi": [mpf("0.9"), mpf("0.07") / 2, mpf("0.03")],
    }
    found = []
    for name, split in splits.items():
        q1, q2, q3 = (total * share for share in split)
        needed = 3 if name == "phi" else 2

        def is_down(down, needed=needed):
            return len(set("".join(down))) >= needed

        if needed == 2:
            closed = 1 - (1 - q3) * (1 - q2) ** 3 * ((1 - q1) ** 3 + 3 * q1 * (1 - q1) ** 2)
        else:
            closed = 1 - (1 - q3) * ((1 - q2) ** 3 * (1 - q1**3) + 3 * q2 * (1 - q2) ** 2 * (1 - q1))
        found += rows(name, solve(group_shocks(q1, q2, q3), is_down), closed, "NUREG/CR-5485 section 5.3")
    return found


def shared_database():
    part = Part("0.0005", 1)
    parts = same_parts(["one", "two", "database"], part)
    is_down = lambda down: "database" in down or {"one", "two"} <= down
    closed = 1 - mpf("0.9995") * (1 - mpf("0.0005") ** 2)
    return rows("service", solve(parts, is_down), closed, "1 - 0.9995 x (1 - 0.0005^2)")


def unique_dependencies():
    parts = same_parts("abcde", Part("0.00001", 1))
    solved = solve(parts, any_down(parts))
    return rows("service", solved, 1 - mpf("0.99999") ** 5, "1 - 0.99999^5") + [
        row("service", "unavailability", "0.00004947", "Google: 26 min of 525600", "published", "0.02")
    ]


def three_zones():
    zone, unit = cycle(2000, 10), cycle(500, 5)
    parts = {f"z{i}": zone for i in range(3)} | {f"u{i}": unit for i in range(6)}

    def is_down(down):
        up = [i for i in range(6) if f"u{i}" not in down and f"z{i % 3}" not in down]
        return len(up) < 4

    pz, pu = 1 - zone.down, 1 - unit.down
    closed = 1 - sum(
        choose(3, z) * pz**z * (1 - pz) ** (3 - z) * at_least(4, 2 * z, pu) for z in range(2, 4)
    )
    return rows("service", solve(parts, is_down), closed, "conditioned on the zones that are up")


def two_regions():
    region, app, database = cycle(4370, 10), cycle(999, 1), cycle(1998, 2)
    parts = {}
    for side in "ew":
        parts |= {f"{side}-region": region, f"{side}1": app, f"{side}2": app, f"{side}-db": database}

    def side_down(side, down):
        return {f"{side}1", f"{side}2"} <= down or bool({f"{side}-region", f"{side}-db"} & down)

    is_down = lambda down: side_down("e", down) and side_down("w", down)
    up = (1 - region.down) * (1 - database.down) * (1 - app.down**2)
    return rows("service", solve(parts, is_down), (1 - up) ** 2, "one region squared")


def general_laws():
    z95 = sqrt(2) * erfinv(mpf("0.9"))
    pump = cycle(mpf(1000) * gamma(mpf("1.5")), mpf(8) * exp((log(mpf(3)) / z95) ** 2 / 2))
    valve = cycle(4000, 6)
    parts = {"p1": pump, "p2": pump, "valve": valve}
    is_down = lambda down: "valve" in down or {"p1", "p2"} <= down
    closed = 1 - (1 - valve.down) * (1 - pump.down**2)
    return rows("flow", solve(parts, is_down), closed, "means only: Ross section 9.6")


def capacity():
    parts = same_parts([str(i) for i in range(10)], cycle(90, 10))
    p = mpf("0.9")
    solved = solve(parts, fewer_up(6, parts))

    def served(down):
        up = 10 - len(down)
        return min(mpf(1), mpf(up) / 8) if up >= 6 else mpf(0)

    closed = sum(choose(10, i) * p**i * (1 - p) ** (10 - i) * min(mpf(1), mpf(i) / 8) for i in range(6, 11))
    average = same(mean(parts, served), closed)
    return rows("api", solved, 1 - at_least(6, 10, p), "binomial") + [
        row("api", "served-fraction", average, "sum of binomial x min(1; n / 8)")
    ]


def brownout():
    parts = {"crash": cycle(1000, 2), "slow": cycle(95, 5), "tips": cycle(90, 10)}

    def served(down):
        if "crash" in down:
            return mpf(0)
        return (mpf("0.6") if "slow" in down else mpf(1)) * (mpf("0.8") if "tips" in down else mpf(1))

    closed = mpf(1000) / 1002 * (1 - mpf("0.4") * mpf("0.05")) * (1 - mpf("0.2") * mpf("0.1"))
    average = same(mean(parts, served), closed)
    return rows("shop", solve(parts, any_down(["crash"])), mpf(2) / 1002, "2 / 1002") + [
        row("shop", "served-fraction", average, "A (1 - 0.4 x 0.05)(1 - 0.2 x 0.1)")
    ]


def imperfect_switching():
    """Holder and standby; see SOURCE.md for the states."""
    fail, repair, move, works = 1 / mpf(1000), 1 / mpf(2), mpf(30), mpf("0.95")
    names = ["both", "holder", "moving", "moving-alone", "waiting", "stuck", "stuck-alone"]
    rates = {
        ("both", "moving"): fail * works, ("both", "stuck"): fail * (1 - works), ("both", "holder"): fail,
        ("holder", "moving-alone"): fail * works, ("holder", "stuck-alone"): fail * (1 - works),
        ("holder", "both"): repair,
        ("moving", "holder"): move, ("moving", "both"): repair, ("moving", "moving-alone"): fail,
        ("moving-alone", "waiting"): move, ("moving-alone", "moving"): repair, ("moving-alone", "holder"): repair,
        ("waiting", "moving"): repair, ("waiting", "holder"): repair,
        ("stuck", "both"): repair, ("stuck", "stuck-alone"): fail,
        ("stuck-alone", "holder"): repair, ("stuck-alone", "stuck"): repair,
    }  # fmt: skip
    balance = matrix(len(names), len(names))
    for (source, target), rate in rates.items():
        balance[names.index(target), names.index(source)] += rate
        balance[names.index(source), names.index(source)] -= rate
    right = matrix(len(names), 1)
    for column in range(len(names)):
        balance[0, column] = 1
    right[0] = 1
    share = lu_solve(balance, right)
    up = share[0] + share[1]
    chain = "Markov chain of SOURCE.md"
    return [
        row("store", "unavailability", 1 - up, chain),
        row("store", "outages-per-year", fail * up * YEAR, chain),
    ]


def long_run(rates):
    """The share of time of each state of a chain, given as {(from, to): rate}."""
    names = sorted({name for pair in rates for name in pair})
    balance = matrix(len(names), len(names))
    for (source, target), rate in rates.items():
        balance[names.index(target), names.index(source)] += rate
        balance[names.index(source), names.index(source)] -= rate
    right = matrix(len(names), 1)
    for column in range(len(names)):
        balance[0, column] = 1
    right[0] = 1
    share = lu_solve(balance, right)
    return {name: share[index] for index, name in enumerate(names)}


def chain_rows(capability, rates, is_down, source):
    """The two rows of a chain: the share of the states that are down, and how often they are entered."""
    share = long_run(rates)
    unavailability = sum(value for name, value in share.items() if is_down(name))
    entered = sum(
        share[start] * rate for (start, end), rate in rates.items() if is_down(end) and not is_down(start)
    )
    return [
        row(capability, "unavailability", unavailability, source),
        row(capability, "outages-per-year", entered * YEAR, source),
    ]


def birth_death(up, down):
    """A chain that counts: `up[n]` leads from n to n + 1, `down[n]` from n + 1 to n."""
    rates = {(str(n), str(n + 1)): rate for n, rate in enumerate(up)}
    return rates | {(str(n + 1), str(n)): rate for n, rate in enumerate(down)}


def checked(found, unavailability):
    """Rows whose unavailability is that of a closed form."""
    same(mpf(found[0].split(",")[2]), mpf(nstr(unavailability, 20)))
    return found


def shared_crew():
    fail, repair = mpf(1) / 1000, mpf(1) / 10
    rates = birth_death([2 * fail, fail], [repair, repair])
    ratio = fail / repair
    closed = 2 * ratio**2 / (1 + 2 * ratio + 2 * ratio**2)
    return checked(chain_rows("service", rates, lambda state: state == "2", "2 r^2 / (1 + 2 r + 2 r^2)"), closed)


def machine_repair():
    def machines(capability, count, crew, repair_hours, needed):
        fail, repair = mpf(1) / 100, mpf(1) / repair_hours
        up = [(count - n) * fail for n in range(count)]
        down = [min(n + 1, crew) * repair for n in range(count)]
        weights = [mpf(1)]
        for n in range(count):
            weights.append(weights[-1] * up[n] / down[n])
        closed = sum(weights[count - needed + 1 :]) / sum(weights)
        rates = birth_death(up, down)
        return checked(
            chain_rows(capability, rates, lambda state: count - int(state) < needed, f"M/M/{crew}//{count}"), closed
        )

    return machines("factory", 20, 3, 10, 15) + machines("workshop", 5, 1, 20, 2)


def standby():
    fail, repair = mpf(1) / 100, mpf(1) / 10
    ratio = fail / repair
    cold = checked(
        chain_rows("cold", birth_death([fail, fail], [repair, repair]), lambda state: state == "2", "r^2 / (1 + r + r^2)"),
        ratio**2 / (1 + ratio + ratio**2),
    )
    fail, repair, dormant = mpf(1) / 1000, mpf(1) / 50, mpf("0.2")
    rates = birth_death([(2 + dormant) * fail, 2 * fail, fail], [repair] * 3)
    warm = chain_rows("warm", rates, lambda state: int(state) >= 2, "birth and death of SOURCE.md")
    repair, dormant, works = mpf(1) / 20, mpf("0.3"), mpf("0.95")
    rates = {
        ("fresh", "degraded"): fail * works + dormant * fail,
        ("fresh", "stuck"): fail * (1 - works),
        ("degraded", "fresh"): repair,
        ("degraded", "both"): fail,
        ("stuck", "fresh"): repair,
        ("stuck", "both"): dormant * fail,
        ("both", "degraded"): 2 * repair,
    }
    uncertain = chain_rows("uncertain", rates, lambda state: state in ("stuck", "both"), "chain of SOURCE.md")
    works = mpf("0.9")
    rates = {
        ("fresh", "moving"): fail * works,
        ("fresh", "by-hand"): fail * (1 - works),
        ("moving", "degraded"): mpf(30),
        ("moving", "fresh"): repair,
        ("by-hand", "degraded"): mpf(1),
        ("by-hand", "fresh"): repair,
        ("degraded", "fresh"): repair,
        ("degraded", "both"): fail,
        ("both", "degraded"): 2 * repair,
    }
    slow = chain_rows(
        "slow", rates, lambda state: state in ("moving", "by-hand", "both"), "chain of SOURCE.md"
    )
    return cold + warm + uncertain + slow


def load_sharing():
    def group(capability, factors, repair_hours):
        count, fail, repair = len(factors), mpf(1) / 1000, mpf(1) / repair_hours
        up = [(count - n) * factor * fail for n, factor in enumerate(factors)]
        down = [(n + 1) * repair for n in range(count)]
        return chain_rows(
            capability, birth_death(up, down), lambda state: int(state) == count, "birth and death of SOURCE.md"
        )

    return group("pair", [mpf(1), mpf(3)], 20) + group("trio", [mpf(1), mpf("2.25"), mpf(9)], 50)


def priority_repair():
    first, second = mpf(1) / 1000, mpf(1) / 200
    quick, slow = mpf(1) / 10, mpf(1) / 50
    shared = {
        ("up", "first"): first,
        ("up", "second"): second,
        ("first", "up"): quick,
        ("first", "both-first"): second,
        ("second", "up"): slow,
        ("both-first", "second"): quick,
    }
    patient = shared | {("second", "both-second"): first, ("both-second", "first"): slow}
    hasty = shared | {("second", "both-first"): first}
    both = ("both-first", "both-second")
    chain = "chain of SOURCE.md"
    return (
        chain_rows("database", patient, lambda state: state in ("first", *both), chain)
        + chain_rows("batch", patient, lambda state: state in ("second", *both), chain)
        + chain_rows("either", patient, lambda state: state in both, chain)
        + checked(
            chain_rows("first", hasty, lambda state: state in ("first", *both), "10 / 1010"), mpf(10) / 1010
        )
        + chain_rows("second", hasty, lambda state: state in ("second", *both), chain)
    )


FOLDERS = {
    "aws-chain": aws_chain,
    "azure-composite-sla": azure_composite,
    "beta-factor": beta_factor,
    "bridge": bridge,
    "brownout": brownout,
    "common-cause-groups": common_cause_groups,
    "degraded-capacity": capacity,
    "duplex": duplex,
    "general-laws": general_laws,
    "hard-dependencies": hard_dependencies,
    "imperfect-switching": imperfect_switching,
    "load-sharing": load_sharing,
    "machine-repair": machine_repair,
    "priority-repair": priority_repair,
    "redundant-subsystems": redundant_subsystems,
    "relay-line": relay_line,
    "series-parallel": series_parallel,
    "shared-crew": shared_crew,
    "shared-database": shared_database,
    "single-part": single_part,
    "spare-capacity": spare_capacity,
    "standby": standby,
    "three-of-four-displays": displays,
    "three-servers": three_servers,
    "three-zones": three_zones,
    "two-regions": two_regions,
    "unique-dependencies": unique_dependencies,
}


def main():
    is_check = "--check" in sys.argv[1:]
    stale = []
    for slug, compute in FOLDERS.items():
        path = HERE / slug / "expected.csv"
        text = "\n".join(["capability,quantity,value,tolerance,kind,source"] + compute()) + "\n"
        if is_check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(slug)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit("differs from what is computed: " + ", ".join(stale))


if __name__ == "__main__":
    main()
