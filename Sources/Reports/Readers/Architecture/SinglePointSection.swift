internal import Quantities
internal import Reliability

/// What takes a capability down alone.
struct SinglePointSection: ReportSection {
  let key = "singlePointsOfFailure"
  private let report: ArchitectureReport

  init(_ report: ArchitectureReport) { self.report = report }

  var blocks: [Document.Block] {
    let free = report.results.filter(\.singlePoints.isEmpty).map(\.capability)
    let note: [Document.Block] =
      free.isEmpty ? [] : [.note("Without a single point of failure: \(free.joined(separator: ", ")).")]
    return [.part("Single points of failure")] + (rows.isEmpty ? [] : [.table(table)]) + note
  }

  private var table: Document.Table {
    Document.Table(columns: ["Single point of failure", "takes down", "by"], rows: rows)
  }

  /// Each once, with all that it takes down.
  private var rows: [[String]] {
    var order: [String] = []
    var found: [String: (capabilities: [String], causes: [String])] = [:]
    for result in report.results {
      for point in result.singlePoints {
        if found[point.entity] == nil { order.append(point.entity) }
        found[point.entity, default: ([], [])].capabilities.append(result.capability)
        let known = found[point.entity]?.causes ?? []
        found[point.entity]?.causes += point.causes.filter { !known.contains($0) }
      }
    }
    return order.map { name in
      [
        name, found[name]?.capabilities.joined(separator: ", ") ?? "",
        found[name]?.causes.joined(separator: ", ") ?? "",
      ]
    }
  }

  var json: JSONValue {
    .array(
      rows.map { ["entity": .string($0[0]), "capabilities": .string($0[1]), "causes": .string($0[2])] })
  }
}
