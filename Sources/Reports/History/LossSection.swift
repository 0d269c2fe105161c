internal import IncidentHistory
internal import Quantities
internal import Stochastics

/// Which classes of incidents cost the most.
struct LossSection {
  /// How many classes are shown; JSON has all.
  private static let rowsShown = 20
  private let statistics: IncidentStatistics

  init(_ statistics: IncidentStatistics) { self.statistics = statistics }

  var blocks: [Document.Block] {
    let groups = statistics.groups
    guard !groups.isEmpty else { return [] }
    var columns = [
      heading, "Incidents", "Minutes", "Share", "Sum of shares", "Minutes × users", "MTBF", "Mean outage",
    ]
    let knowsUsers = groups.contains { $0.countWithUsers > 0 }
    if !knowsUsers { columns.removeAll { $0 == "Minutes × users" } }
    var sum = 0.0
    let rows = groups.prefix(Self.rowsShown).map { group -> [Document.Cell] in
      sum += group.share
      return row(group, sumOfShares: sum, withUsers: knowsUsers)
    }
    var blocks: [Document.Block] = [.table(Document.Table(columns: columns, cells: Array(rows)))]
    if groups.count > Self.rowsShown {
      blocks.append(.note("… and \(grouped(groups.count - Self.rowsShown)) more; --format json has all."))
    }
    if groups.contains(where: { $0.countWithUsers > 0 && $0.countWithUsers < $0.count }) {
      blocks.append(.note("* users are not known of all incidents; their minutes × users are left out."))
    }
    return blocks
  }

  private var heading: String {
    switch statistics.options.grouping {
    case .cause: "Cause"
    case .component: "Component"
    case .mode: "Mode"
    }
  }

  private func row(_ group: LossGroup, sumOfShares: Double, withUsers: Bool) -> [Document.Cell] {
    let mean = group.meanTime?.value
    let users = Document.Cell(
      group.countWithUsers == 0
        ? "unknown"
        : grouped(group.userMinutes, decimals: 0) + (group.countWithUsers < group.count ? " *" : ""),
      number: group.countWithUsers == 0 ? nil : group.userMinutes)
    return [
      Document.Cell(group.name), Document.Cell(grouped(group.count), number: Double(group.count)),
      Document.Cell(grouped(group.minutes, decimals: group.minutes < 100 ? 1 : 0), number: group.minutes),
      Document.Cell(percentage(group.share), number: group.share),
      Document.Cell(percentage(min(1, sumOfShares)), number: sumOfShares),
    ] + (withUsers ? [users] : []) + [
      Document.Cell(mean.map { HistoryText.days($0) } ?? "unknown", number: mean),
      Document.Cell(
        group.durations.meanHours.map { HistoryText.span($0) } ?? "unknown", number: group.durations.meanHours
      ),
    ]
  }
}

/// The months, and at what hours and on what days incidents begin.
struct CalendarSection {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private let statistics: IncidentStatistics

  init(_ statistics: IncidentStatistics) { self.statistics = statistics }

  var blocks: [Document.Block] { months + seasons }

  private var months: [Document.Block] {
    guard !statistics.months.isEmpty else { return [] }
    let rows = statistics.months.suffix(36).map { month in
      [
        Document.Cell(month.name),
        Document.Cell("\(grouped(month.watchedHours / 24, decimals: 1)) d", number: month.watchedHours / 24),
        Document.Cell(grouped(month.count), number: Double(month.count)),
        Document.Cell(HistoryText.span(month.downtimeHours), number: month.downtimeHours),
        Document.Cell(
          month.availability.map { HistoryText.availability($0, digits: 3) } ?? "", number: month.availability
        ),
      ]
    }
    let table = Document.Table(
      columns: ["Month", "Watched", "Incidents", "Downtime", "Availability"], cells: rows)
    let hidden = statistics.months.count - rows.count
    return [.table(table)] + (hidden > 0 ? [.note("\(hidden) earlier months: --format json.")] : [])
  }

  private var seasons: [Document.Block] {
    let times = statistics.times
    guard statistics.selection.events.count > 1 else { return [] }
    let days = zip(Self.weekdays, times.weekdays).map { "\($0) \(grouped($1))" }.joined(separator: ", ")
    let quarters = stride(from: 0, to: 24, by: 6).map { first in
      let last = first + 6
      return "\(first)–\(last) h \(grouped(times.hours[first..<last].reduce(0, +)))"
    }
    return [
      .facts([
        Document.Fact("By weekday", days, [verdict(times.weekdayPValue)]),
        Document.Fact("By hour", quarters.joined(separator: ", "), [verdict(times.hourPValue)]),
      ])
    ]
  }

  private func verdict(_ pValue: Double?) -> String {
    guard let pValue else { return "too few to tell a pattern" }
    return (pValue < 0.05 ? "uneven, " : "no pattern, ") + HistoryText.pValue(pValue)
  }
}
