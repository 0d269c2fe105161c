import Diagnostics
import ServiceModel

/// Which component or domain resources of a model as a whole are up with, as `--of resource=component` says.
struct ResourcePlaces {
  /// By the names of the resources.
  let owners: [String: CostEntry.Owner]

  /// - Throws: what is wrong with any of them.
  init(_ texts: [String], in model: Model) throws(Findings) {
    var owners: [String: CostEntry.Owner] = [:]
    var findings: [Diagnostic] = []
    let resources = model.costs.entries.filter { $0.owner == .model }.map(\.path)
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        findings.append(Self.finding("“\(text)” is no resource and component", help: "--of nodes=app-nodes"))
        continue
      }
      let (resource, place) = (parts[0], parts[1])
      if !resources.contains(resource) {
        findings.append(
          Self.finding(
            "\(resource) is no resource of the model as a whole",
            help: nearestName(to: resource, among: resources).map { "--of \($0)=\(place)" }))
      } else if owners[resource] != nil {
        findings.append(Self.finding("\(resource) is up with two things", help: "--of \(resource)=\(place)"))
      } else if let owner = Self.owner(place, model) {
        owners[resource] = owner
      } else {
        let near = nearestName(to: place, among: model.components.map(\.name) + model.domains.map(\.name))
        findings.append(
          Self.finding(
            "\(model.name) has no component or domain \(place)", help: near.map { "--of \(resource)=\($0)" }))
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
    self.owners = owners
  }

  private static func owner(_ name: String, _ model: Model) -> CostEntry.Owner? {
    model.components.firstIndex { $0.name == name }.map { .component($0) }
      ?? model.domains.firstIndex { $0.name == name }.map { .domain($0) }
  }

  private static func finding(_ message: String, help: String?) -> Diagnostic {
    Diagnostic(slug: "unknown-name", "--of: \(message)", at: nil, help: help)
  }
}
