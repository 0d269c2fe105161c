import Diagnostics

/// Something odd that many rows of a file share; told once, with their number and the first place.
package enum ImportRemark: Int, CaseIterable, Sendable {
  case notEnded, zeroLength, clockBack, clockForward, earlyTime, backdated, lateEnd, unassigned,
    severalComponents
  case noIncident, notFiring, notice

  /// A short stable name.
  var slug: String {
    switch self {
    case .notEnded: "not-ended"
    case .zeroLength: "zero-duration"
    case .clockBack: "clock-back"
    case .clockForward: "clock-forward"
    case .earlyTime: "early-time"
    case .backdated: "backdated"
    case .lateEnd: "end-after-update"
    case .unassigned: "unassigned"
    case .severalComponents: "several-components"
    case .noIncident: "no-incident"
    case .notFiring: "not-firing"
    case .notice: "notice"
    }
  }

  /// What was found, before the number of rows.
  var finding: String {
    switch self {
    case .notEnded: "the outage has no end"
    case .zeroLength: "the outage ends when it starts"
    case .clockBack: "clocks showed the time twice"
    case .clockForward: "clocks jumped over the time"
    case .earlyTime: "detected, acknowledged or mitigated before the start"
    case .backdated: "written down afterwards and dated back"
    case .lateEnd: "the end lies after the record was last changed"
    case .unassigned: "no service is named"
    case .severalComponents: "several components are named"
    case .noIncident: "no incident by its type"
    case .notFiring: "an alert that did not fire"
    case .notice: "a notice without an outage"
    }
  }

  /// The rule by which it is treated.
  var rule: String {
    switch self {
    case .notEnded: "counts as a failure whose length is not known yet"
    case .zeroLength: "counts as a failure of 0 s"
    case .clockBack: "the earlier instant was taken, for an end the first after the start"
    case .clockForward: "moved forward with the clocks"
    case .earlyTime, .lateEnd: "kept as written"
    case .backdated: "begins at the time it was dated back to"
    case .unassigned: "filed under the component `unassigned`"
    case .severalComponents: "counts once in all, and under each of them"
    case .noIncident, .notFiring, .notice: "left out"
    }
  }

  /// What can be done about it.
  var help: String? {
    self == .unassigned ? "name it with --component NAME, or by a mapping: --map FILE" : nil
  }
}

/// How often each remark was made, and where first.
struct RemarkTally: Sendable, Hashable {
  private var counts = [Int](repeating: 0, count: ImportRemark.allCases.count)
  private var places = [SourceLocation?](repeating: nil, count: ImportRemark.allCases.count)

  /// Counts a remark.
  mutating func note(_ remark: ImportRemark, at location: SourceLocation) {
    counts[remark.rawValue] += 1
    if places[remark.rawValue] == nil { places[remark.rawValue] = location }
  }

  /// One warning for each remark that was made.
  var warnings: [Diagnostic] {
    ImportRemark.allCases.filter { counts[$0.rawValue] > 0 }.map { remark in
      let count = counts[remark.rawValue]
      let rows = count == 1 ? "1 row" : "\(count) rows"
      return Diagnostic(
        .warning, slug: remark.slug, "\(remark.finding) (\(rows)); \(remark.rule)",
        at: places[remark.rawValue], help: remark.help)
    }
  }
}
