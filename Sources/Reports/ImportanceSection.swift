public import Quantities
public import Reliability

/// How much each event, and each group of events, matters: bars of the largest, then a table of the measures.
public struct ImportanceSection: ReportSection {
  /// The key under which programs find it.
  public let key = "importance"
  private let table: ImportanceTable
  private let rows: Int
  private let unit: Unit

  /// What the top event is measured in.
  public enum Unit: Sendable {
    /// A probability: shares only.
    case probability
    /// Downtime: minutes a year beside the shares.
    case downtime
  }

  /// A section about a table.
  ///
  /// - Parameter rows: how many rows of each kind are shown to people; programs get all.
  public init(_ table: ImportanceTable, rows: Int, unit: Unit) {
    self.table = table
    self.rows = rows
    self.unit = unit
  }

  /// Bars and tables, one for each kind of thing.
  public var blocks: [Document.Block] {
    let kinds = ImportanceTable.Kind.allCases.filter { !table.rows(of: $0).isEmpty }
    guard rows > 0, !kinds.isEmpty else { return [] }
    var blocks: [Document.Block] = []
    if unit == .probability, let first = kinds.first { blocks.append(bars(of: first)) }
    blocks += kinds.map { .table(grid(of: $0)) }
    return blocks + table.conventions.map { .note($0) }
  }

  private func bars(of kind: ImportanceTable.Kind) -> Document.Block {
    .bars(
      title: "What goes without it (criticality)",
      table.rows(of: kind).prefix(rows).filter { $0.criticality > 0 }.map {
        Document.Bar($0.name, share: $0.criticality)
      })
  }

  private func grid(of kind: ImportanceTable.Kind) -> Document.Table {
    let all = table.rows(of: kind)
    let hasSets = all.contains { $0.fussellVesely != nil }
    let name =
      "Importance of \(kind.plural)" + (all.count > rows ? " (\(rows) of \(grouped(all.count)))" : "")
    return Document.Table(
      columns: [name, "unavailability", "Birnbaum", "criticality"] + (hasSets ? ["Fussell–Vesely"] : [])
        + ["RAW", "RRW", "diagnostic", "DIM"] + (unit == .downtime ? ["min a year"] : []),
      cells: all.prefix(rows).map { row in
        [
          Document.Cell(row.name), number(row.probability), number(row.birnbaum), number(row.criticality),
        ] + (hasSets ? [row.fussellVesely.map(number) ?? ""] : []) + [
          number(row.riskAchievementWorth), row.riskReductionWorth.map(number) ?? "∞", number(row.diagnostic),
          number(row.differentialProportional),
        ] + (unit == .downtime ? [number(row.minutesPerYear)] : [])
      })
  }

  private func number(_ value: Double) -> Document.Cell {
    Document.Cell(significant(value, digits: 3), number: value)
  }

  /// Every row with every measure.
  public var json: JSONValue {
    [
      "conventions": .array(table.conventions.map { .string($0) }),
      "rows": .array(table.rows.map(json)),
    ]
  }

  private func json(_ row: ImportanceTable.Row) -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(row.name), "kind": .string(row.kind.rawValue),
      "probability": .number(row.probability), "birnbaum": .number(row.birnbaum),
      "criticality": .number(row.criticality), "riskAchievementWorth": .number(row.riskAchievementWorth),
      "riskReductionWorth": row.riskReductionWorth.map { .number($0) }
        ?? unknownJSON("infinite: nothing is left without it"),
      "diagnostic": .number(row.diagnostic), "differentialUniform": .number(row.differentialUniform),
      "differentialProportional": .number(row.differentialProportional),
    ]
    members["fussellVesely"] = row.fussellVesely.map { .number($0) }
    if unit == .downtime { members["downtimeMinutesPerYear"] = .number(row.minutesPerYear) }
    return .object(members)
  }
}

extension ImportanceTable.Kind {
  /// What people call several of them.
  fileprivate var plural: String {
    switch self {
    case .event: "events"
    case .unit: "units"
    case .component: "components"
    case .cause: "causes"
    case .domain: "domains"
    }
  }
}
