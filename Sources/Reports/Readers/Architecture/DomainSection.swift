internal import Charts
internal import Quantities
internal import Reliability
internal import ServiceModel

/// Where things stand, and what the loss of a place does.
struct DomainSection: ReportSection {
  let key = "domains"
  private let report: ArchitectureReport

  init(_ report: ArchitectureReport) { self.report = report }

  private var model: Model { report.model }

  /// Single nodes are as many as there are machines; their pools and zones say enough.
  private var losses: [DomainLoss] { report.losses.rows.filter { $0.domains.first?.kind != .node } }

  private var section: DomainLossSection { DomainLossSection(table: report.losses, rows: losses) }

  var blocks: [Document.Block] {
    guard !model.domains.isEmpty else {
      return [
        .part("Regions, zones and pools"),
        .note("The model names no domain, so nothing is known of what the loss of a zone does."),
      ]
    }
    return [.part("Regions, zones and pools"), .table(placeTable)]
      + (picture.map { [.chart($0)] } ?? []) + (losses.isEmpty ? [] : section.blocks)
  }

  private var placeTable: Document.Table {
    let nodes = model.domains.filter { $0.kind == .node }
    let rows = model.domains.enumerated().filter { $1.kind != .node }.map { place, domain in
      [
        domain.name, domain.kind.rawValue,
        domain.parents.map { model.domains[$0].name }.joined(separator: ", "), residents(place),
      ]
    }
    let machines =
      nodes.isEmpty ? [] : [["\(grouped(nodes.count)) nodes", "node", "", "in the pools and zones above"]]
    return Document.Table(columns: ["Where", "kind", "in", "units that stand there"], rows: rows + machines)
  }

  /// The components with units in a domain, or in one that lies in it.
  private func residents(_ place: Int) -> String {
    let inside = Set(model.domains.indices.filter { lies($0, in: place) })
    let counts = model.components.compactMap { component -> String? in
      let count = component.units.count { $0.domain.map(inside.contains) ?? false }
      return count == 0 ? nil : count == 1 ? component.name : "\(component.name) × \(count)"
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }

  private func lies(_ domain: Int, in place: Int) -> Bool {
    domain == place || model.domains[domain].parents.contains { lies($0, in: place) }
  }

  /// How much of each capability is gone at once.
  private var picture: Chart? {
    guard !losses.isEmpty, losses.count <= 60, let names = losses.first?.capabilities.map(\.capability) else {
      return nil
    }
    return HeatMapChart(
      title: "Service lost at once when a place is lost", rows: losses.map(\.name), columns: names,
      cells: losses.map { loss in loss.capabilities.map { 1 - $0.atOnce.servedFraction } }, measure: .share
    ).chart
  }

  var json: JSONValue { section.json }
}
