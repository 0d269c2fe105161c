import Quantities
import Reliability
import Reports
import ServiceGraph

/// What `solve` says downtime costs, read from its JSON.
enum ExactMoney {
  /// The total and each part, by name.
  static func members(_ graph: CompiledGraph) throws -> [String: Double] {
    guard case .object(let capability)? = try capability(graph) else { return [:] }
    var found: [String: Double] = [:]
    found["total"] = capability["downtimeCostPerYear"]?.amount
    guard case .object(let parts)? = capability["downtimeCostParts"] else { return found }
    for (name, part) in parts { found[name] = part.amount }
    return found
  }

  /// What it says of the first capability.
  static func capability(_ graph: CompiledGraph) throws -> JSONValue? {
    let results = try SteadyState.results(of: graph)
    let report = SolveReport(
      header: ResultHeader(graph: graph, bindings: []), results: results,
      intervals: results.map { _ in nil }, checks: [])
    return report.json["results"]?["capabilities"]?[results[0].capability]
  }
}

extension JSONValue {
  fileprivate subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// An amount of money, which is text.
  fileprivate var amount: Double? {
    guard case .string(let text)? = self["value"] else { return nil }
    return Double(text)
  }
}
