import Diagnostics
import Testing

import ModelFormat

/// Data, backups and objectives that can not be: each a finding at its place.
@Suite struct HostileDataTests {
  private static let full = "backups: {full: {every: 24 h, keep: 30 d, restore: 2 h}}"

  @Test(
    arguments: [
      ("backups: {full: {every: 24 h, keep: 1 h, restore: 2 h}}", "backup-keep"),
      ("backups: {full: {every: 1 h, takes: 2 h, keep: 1 d, restore: 2 h}}", "backup-overlap"),
      ("backups: {full: {every: 24 h, keep: 30 d}}", "missing-key"),
      ("backups: {full: {every: 0 h, keep: 30 d, restore: 2 h}}", "bad-value"),
      (
        "backups: {full: {every: 24 h, keep: 30 d, restore: {size: 1 GB, per-hour: 0 GB}}}",
        "restore-throughput"
      ),
      ("backups: {full: {every: 24 h, keep: 30 d, restore: {procedure: pitr}}}", "unknown-name"),
      ("backups: {log: {every: 5 min, keep: 7 d}}", "log-without-backup"),
      ("backups: {incremental: {every: 1 h, keep: 7 d}}", "increment-without-backup"),
      ("\(full.dropLast()), incremental: {every: 24 h, keep: 7 d}}", "increment-interval"),
      ("\(full.dropLast()), incremental: {every: 1 h, keep: 1 h}}", "increment-keep"),
      ("\(full.dropLast()), differential: {every: 1 h, keep: 7 d, takes: 2 h}}", "increment-overlap"),
      ("\(full.dropLast()), incremental: {every: 1 s, keep: 7 d}}", "increment-count"),
      (
        "\(full.dropLast()), incremental: {every: 1 h, keep: 7 d, restore-each: {size: 1 GB, per-hour: 0 GB}}}",
        "increment-throughput"
      ),
      (
        "\(full.dropLast()), incremental: {every: 1 h, keep: 7 d}, differential: {every: 6 h, keep: 7 d}}",
        "either-or"
      ),
      ("backups: {replication: {to: [reader], lag: 1 s, takes: 1 s}}", "unknown-name"),
      ("backups: {replication: {lag: 1 s}}", "replica-takes"),
      ("data: {volumes: {v: {size: 5 G}}}", "bad-value"),
      ("data: {volumes: {v: {size: -5 GB}}}", "bad-value"),
      ("objectives: {tier-1: {rto: 4 h, rpo: -1 h}}", "bad-value"),
      ("objectives: {tier-1: {}}", "missing-key"),
      ("objectives: {tier-1: {rto: 0 h}}", "bad-value"),
      ("fails: {x: {mtbf: 1 y, recover: 1 h, loses: content}}", "no-data"),
      ("\(full), fails: {x: {mtbf: 1 y, recover: 1 h, loses: disk}}", "bad-value"),
      ("\(full), fails: {x: {mtbf: 1 y, recover: 1 h, loses: transactions}}", "no-replica"),
      ("\(full), replicas: 3, fails: {x: {mtbf: 1 y, recover: 1 h, loses: volume}}", "loses-scope"),
      (
        "\(full), replicas: 3, fails: {x: {mtbf: 1 y, recover: 1 h, loses: volume, common-cause: {beta: 5 %}}}",
        "loses-common-cause"
      ),
      ("\(full), fails: {x: {mtbf: 1 y, loses: ransomware}}", "restore-time"),
      ("data: {volumes: {v: {}}}, fails: {x: {mtbf: 1 y, loses: memory}}", "restore-time"),
      (
        "backups: {full: {every: 24 h, keep: 2 d, works: 50 %, restore: 2 h}}, fails: {x: {mtbf: 1 y, loses: volume}}",
        "restore-may-fail"
      ),
      ("\(full), fails: {x: {mtbf: 1 y, detect: 31 d, loses: content}}", "restore-may-fail"),
    ])
  func findings(text: String, slug: String) {
    let places = ModelText.places(["m.yaml": ModelText.component("{\(text)}")])
    #expect(places.map { $0.split(separator: " ").last.map(String.init) } == [slug], "\(places)")
  }

  @Test func `a restore that may fail goes on with the data made anew`() {
    let text =
      "{data: {rebuild: 8 h}, backups: {full: {every: 24 h, keep: 2 d, works: 50 %, restore: 2 h}}, "
      + "fails: {x: {mtbf: 1 y, loses: volume}}}"
    #expect(ModelText.places(["m.yaml": ModelText.component(text)]).isEmpty)
  }

  private static let writer =
    "roles: {writer: {count: 1}, reader: {count: 1}}, failover: {writer: {from: [reader], takes: 1 min}}, "
    + "backups: {replication: {to: [reader], lag: 1 s}}"

  @Test(arguments: ["component", "zone", "node"])
  func `no replica takes over that goes down too`(scope: String) {
    let mode = "fails: {x: {scope: \(scope), mtbf: 1 y, recover: 1 h, loses: transactions}}"
    let text =
      "relmodel: 1\nname: n\ndomains: {z: {kind: zone}, h: {kind: node, in: z}}\n"
      + "components: {a: {in: h, \(Self.writer), \(mode)}}\ncapabilities: {s: {depends-on: {a: hard}}}\n"
    let slugs = ModelText.places(["m.yaml": text]).map { $0.split(separator: " ").last.map(String.init) }
    #expect(slugs == ["no-replica"])
  }

  @Test(arguments: [
    ("in: r, data: {volumes: {v: {}}}, \(full)", "in: r", []),
    ("in: r, data: {volumes: {v: {}}}, \(full)", "in: r, data: {volumes: {w: {}}}", ["outage-length"]),
    ("data: {volumes: {v: {}}}, \(full)", "in: r", ["no-data"]),
    ("in: r, \(writer)", "in: r", ["restore-time"]),
  ])
  func `a place is down for as long as the one restore takes`(one: String, other: String, slugs: [String]) {
    let mode = "gone: {mtbf: 1000 h, loses: volume, detect: 30 min, respond: 30 min}"
    let text =
      "relmodel: 1\nname: n\ndomains: {r: {kind: region, fails: {\(mode)}}}\n"
      + "components: {a: {\(one)}, b: {\(other)}}\ncapabilities: {s: {depends-on: {a: hard}}}\n"
    let found = ModelText.places(["m.yaml": text]).compactMap {
      $0.split(separator: " ").last.map(String.init)
    }
    #expect(found == slugs)
  }

  @Test func `a place loses no transactions to a replica in it`() {
    let text =
      "relmodel: 1\nname: n\ndomains: {r: {kind: region, fails: {x: {mtbf: 1 y, lasts: 1 h, loses: transactions}}}}\n"
      + "components: {a: {in: r, \(Self.writer)}}\ncapabilities: {s: {depends-on: {a: hard}}}\n"
    #expect(ModelText.places(["m.yaml": text]).map { $0.split(separator: " ").last } == ["no-replica"])
  }

  @Test(arguments: [
    ("restores: [nothing]", "unknown-name"), ("drilled: {every: 1 month, rehearses: a/x}", "unknown-name"),
  ])
  func procedures(text: String, slug: String) {
    let text = ModelText.component("{}") + "procedures: {p: {steps: {s: {takes: 1 h}}, \(text)}}\n"
    #expect(
      ModelText.places(["m.yaml": text]).map { $0.split(separator: " ").last.map(String.init) } == [slug])
  }

  @Test func `two volumes of one name`() {
    let text =
      "relmodel: 1\nname: n\ncomponents: {a: {data: {volumes: {v: {}}}}, b: {data: {volumes: {v: {}}}}}\n"
      + "capabilities: {s: {depends-on: {a: hard}}}\n"
    #expect(ModelText.places(["m.yaml": text]) == ["3:66 name-taken"])
  }

  @Test(arguments: [101, 1_000_000_000, Int.max])
  func `more attempts of a step than anybody makes are found at once`(attempts: Int) {
    let step = "{takes: 1 min, works: 50 %, attempts: \(attempts), otherwise: 1 h}"
    let text = ModelText.component("{}") + "procedures: {p: {steps: {s: \(step)}}}\n"
    #expect(ModelText.places(["m.yaml": text]).map { $0.split(separator: " ").last } == ["attempts"])
  }
}
