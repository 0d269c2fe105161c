internal import Planning
internal import Quantities
internal import ServiceModel

/// When limits are reached, and who is told before.
extension CapacityReport {
  /// Years, or the day where today is known.
  var fillingColumn: String { outlook.today == nil ? "years" : "full" }

  func filling(_ limit: CapacityLimit) -> Document.Cell { cell(outlook.filling(of: limit)) }

  private func cell(_ filling: CapacityOutlook.Filling?) -> Document.Cell {
    guard let filling else { return "" }
    let text = moment(filling.years)
    guard outlook.hasRange, filling.years > 0 else { return Document.Cell(text, number: filling.years) }
    let earliest = filling.earliest.map(moment) ?? "never"
    return Document.Cell(
      "\(text) (\(earliest) – \(filling.latest.map(moment) ?? "never"))", number: filling.years)
  }

  /// A time from now: a day where today is known.
  private func moment(_ years: Double) -> String {
    guard let today = outlook.today else { return amountText(years) }
    return years == 0 ? "already" : dayText(today + years * 365.25, isDated: true)
  }

  // MARK: Alerts

  /// The limits at whose use somebody is told.
  var alertBlocks: [Document.Block] {
    let told = plan.bottlenecks.filter { $0.alert != nil }
    guard !told.isEmpty else { return [] }
    return [
      .heading("Who is told"),
      .table(
        Document.Table(
          columns: [
            "What", "now", "told at", "grows by until then", "by", outlook.today == nil ? "in years" : "on",
          ],
          cells: told.map { limit in
            let share = limit.alert?.share ?? 1
            return [
              Document.Cell(label(limit)), fullness(limit.now),
              Document.Cell(percentage(share), number: share), room(of: limit, until: share),
              Document.Cell(limit.alert?.detector ?? "nobody"),
              cell(outlook.filling(of: limit, until: share)),
            ]
          })),
    ] + (told.contains { $0.kind == .cpu || $0.kind == .memory } ? [.note(requested)] : [])
  }

  /// By how much what is used may be multiplied until somebody is told.
  private func room(of limit: CapacityLimit, until share: Double) -> Document.Cell {
    guard let growth = limit.now.growth.map({ $0 * share }) else { return "unknown" }
    return Document.Cell(growth > 1 ? "× \(significant(growth, digits: 3))" : "told already", number: growth)
  }

  private var requested: String {
    "Of nodes it is what units request that is held against an alert; the alert itself watches what they use, which may be "
      + "less, or more, up to their limits."
  }

  func alertJSON(_ limit: CapacityLimit) -> JSONValue {
    guard let alert = limit.alert else { return .null }
    return [
      "at": .number(alert.share), "by": alert.detector.map { .string($0) } ?? .null,
      "growth": limit.now.growth.map { .number($0 * alert.share) } ?? .null,
      "years": (outlook.filling(of: limit, until: alert.share)?.years).map { .number($0) } ?? .null,
    ]
  }

  func fillingJSON(_ limit: CapacityLimit) -> JSONValue {
    guard outlook.hasRange, let filling = outlook.filling(of: limit) else { return .null }
    return [
      "earliest": filling.earliest.map { .number($0) } ?? .null,
      "latest": filling.latest.map { .number($0) } ?? .null,
    ]
  }
}

extension CapacityLimit.Kind {
  /// Whether it is counted in bytes.
  var isData: Bool {
    switch self {
    case .slotMemory, .memory, .memoryLimits, .data: true
    case .work, .slots, .connections, .handedOn, .cpu, .cpuLimits: false
    }
  }
}
