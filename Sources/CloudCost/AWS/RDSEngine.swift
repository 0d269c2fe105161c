internal import Diagnostics
internal import FoundationEssentials

/// A database engine of Amazon RDS, and what it decides: the licence, what comes with storage, who keeps old versions.
struct RDSEngine {
  /// The engines as they are written.
  static let words = [
    "postgres", "mysql", "mariadb", "oracle-se", "oracle-se1", "oracle-se2", "oracle-se2-cdb", "oracle-ee",
    "oracle-ee-cdb", "sqlserver-ex", "sqlserver-web", "sqlserver-se", "sqlserver-ee",
  ]

  /// As it is written.
  let word: String
  /// As items of price books name it: editions of Oracle under an own licence cost the same.
  let item: String

  var isOracle: Bool { word.hasPrefix("oracle-") }
  var isSQLServer: Bool { word.hasPrefix("sqlserver-") }

  /// Reads `engine` and `license`; adds a finding when AWS does not sell the engine so.
  init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    let word = stated.text("engine")?.value ?? "postgres"
    let edition = word.hasSuffix("-cdb") ? String(word.dropLast(4)) : word
    let license = stated.text("license")
    let canBeIncluded = ["oracle-se1", "oracle-se2"].contains(edition)
    self.word = word
    let isOwn = license.map { $0.value == "bring-your-own" } ?? !canBeIncluded
    item = word.hasPrefix("oracle-") && isOwn ? "oracle-byol" : edition
    stated.refuse("license", unless: isOracle, of: word, findings: &findings)
    if isOracle, !isOwn, !canBeIncluded {
      findings.append(
        Diagnostic(
          slug: "license-not-sold", "AWS sells no licence with \(word)", at: license?.location,
          help: "license: bring-your-own"))
    }
  }

  /// Who keeps its old versions.
  var supportCalendar: SupportCalendar {
    switch word {
    case "postgres": .postgres
    case "mysql": .mysql
    default: .none
    }
  }

  /// What comes with gp3 storage of a size.
  ///
  /// Volumes of 400 GB, with Oracle 200 GB, are striped and come with four times as much; those of SQL Server never are
  /// (Amazon RDS User Guide, “General Purpose SSD storage”).
  func included(withGigabytes size: Decimal) -> (iops: Decimal, throughput: Decimal) {
    let isStriped = !isSQLServer && size >= (isOracle ? 200 : 400)
    return isStriped ? (12_000, 500) : (3000, 125)
  }

  /// The least storage with provisioned operations: 100 GB, with SQL Server 20 GB (Amazon RDS User Guide).
  var leastProvisioned: Decimal { isSQLServer ? 20 : 100 }
}
