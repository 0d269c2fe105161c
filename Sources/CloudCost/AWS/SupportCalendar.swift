/// From when on the major versions of an engine are charged as extended support.
///
/// The dates are those of AWS: “Supported MySQL major versions on Amazon RDS” and the release calendars of Amazon RDS for
/// PostgreSQL, Aurora MySQL and Aurora PostgreSQL, as they stood in September 2026.
struct SupportCalendar {
  /// A major version.
  struct Version {
    /// As the engine writes it: `5.7`, `12`.
    let version: String
    /// The first day that is charged: `2025-03-01`.
    let firstYears: String
    /// The first day of the third year's rate; `nil` when the rate stays.
    let thirdYear: String?

    /// What a day is charged as; `nil` while standard support lasts.
    func rate(on day: String) -> ExtendedSupport.Rate? {
      if let thirdYear, day >= thirdYear { return .thirdYear }
      return day >= firstYears ? .firstYears : nil
    }
  }

  /// What a version that somebody wrote is.
  enum Match {
    /// None of them: newer than all, or too old to be supported at all.
    case none
    case found(Version)
    /// Several begin so; one of them.
    case ambiguous(String)
  }

  /// The major versions, oldest first; empty for an engine that has no extended support.
  let versions: [Version]

  /// The major version that a version belongs to: `11.22` to `11`, `8.0.mysql_aurora.3.04` to `8.0`.
  func match(_ version: String) -> Match {
    var parts = version.split(separator: ".")
    while !parts.isEmpty {
      let name = parts.joined(separator: ".")
      if let found = versions.first(where: { $0.version == name }) { return .found(found) }
      parts.removeLast()
    }
    return versions.last { $0.version.hasPrefix(version + ".") }.map { .ambiguous($0.version) } ?? .none
  }

  private init(_ versions: [(String, String, String?)]) {
    self.versions = versions.map { Version(version: $0.0, firstYears: $0.1, thirdYear: $0.2) }
  }

  /// An engine whose versions are not kept for money.
  static let none = SupportCalendar([])

  /// Amazon RDS for MySQL.
  static let mysql = SupportCalendar([
    ("5.7", "2024-03-01", "2026-03-01"), ("8.0", "2026-08-01", "2028-08-01"),
    ("8.4", "2029-08-01", "2031-08-01"),
  ])

  /// Amazon RDS for PostgreSQL and Aurora PostgreSQL.
  static let postgres = SupportCalendar([
    ("11", "2024-04-01", "2026-04-01"), ("12", "2025-03-01", "2027-03-01"),
    ("13", "2026-03-01", "2028-03-01"), ("14", "2027-03-01", "2029-03-01"),
    ("15", "2028-03-01", "2030-03-01"), ("16", "2029-03-01", "2031-03-01"),
    ("17", "2030-03-01", "2032-03-01"), ("18", "2031-03-01", "2033-03-01"),
  ])

  /// Aurora MySQL, by the MySQL version that it is compatible with.
  static let auroraMySQL = SupportCalendar([
    ("5.7", "2024-12-01", "2026-12-01"), ("8.0", "2028-05-01", nil),
  ])
}

extension PriceBook {
  /// The day that its prices are of: the newest that its name has, such as `aws-prices 2026-11-22 + own.csv`.
  var day: String? {
    name.split(separator: " ").map(String.init).filter(PriceDate.isDate).max()
  }
}
