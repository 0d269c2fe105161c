public import Billing
internal import CloudCost
internal import FoundationEssentials
internal import Quantities
internal import ServiceGraph
internal import ServiceModel
public import Simulation
internal import Stochastics

/// What the provider's service level agreements would pay back, as a document and as JSON.
///
/// Each resource is watched as a capability of its own, whose months below what is promised are priced as credits.
public struct RefundReport: Sendable {
  /// What was found of one resource.
  struct Row {
    let resource: AgreedResources.Resource
    /// The share of calendar months below what is promised.
    let monthsBelow: Estimate
    /// What is paid back in a year of the model; `nil`: not known.
    let perYear: Estimate?
    /// Failures of which nobody says whose fault they are, and which count here.
    let unattributed: [String]
    /// Failures that could not be put into numbers.
    let leftOut: [String]
  }

  let resources: AgreedResources
  let header: ResultHeader
  let result: SimulationResult
  let rows: [Row]
  /// Resources that are not followed, with the reason.
  let exceptions: [AgreedResources.Exception]

  /// A report.
  ///
  /// - Parameters:
  ///   - header: of the model that watches the resources.
  ///   - result: its simulation.
  public init(_ resources: AgreedResources, header: ResultHeader, result: SimulationResult) {
    (self.resources, self.header, self.result) = (resources, header, result)
    var rows: [Row] = []
    var exceptions = resources.exceptions
    for resource in resources.followed {
      let watched = Watched(resource, header, result)
      if let row = watched.row {
        rows.append(row)
      } else {
        exceptions.append(AgreedResources.Exception(name: resource.name, reason: watched.reason))
      }
    }
    (self.rows, self.exceptions) = (rows, exceptions)
  }

  /// What is paid back in a year, of those where it is known: the sum of the means, and of the ends of the intervals, which
  /// holds whatever the resources have in common; `nil` when it is known of none.
  var total: (value: Double, low: Double, high: Double)? {
    let known = rows.compactMap(\.perYear)
    guard !known.isEmpty else { return nil }
    func sum(_ part: (Estimate) -> Double) -> Double { known.map(part).reduce(0, +) }
    return (sum(\.value), sum(\.low), sum(\.high))
  }
}

/// A resource, and the capability that watches it.
private struct Watched {
  let resource: AgreedResources.Resource
  let header: ResultHeader
  let result: SimulationResult
  let index: Int

  init(_ resource: AgreedResources.Resource, _ header: ResultHeader, _ result: SimulationResult) {
    (self.resource, self.header, self.result) = (resource, header, result)
    index = result.capabilities.firstIndex { $0.name == resource.name } ?? 0
  }

  private var estimate: CapabilityEstimate { result.capabilities[index] }

  private var leftOut: [String] { header.graph.causesLeftOut(ofCapability: index) }

  /// The failures that it feels and that are simulated.
  private var felt: [String] {
    let graph = header.graph
    let needed = graph.unitsNeeded(byCapability: index)
    var names: [String] = []
    for process in graph.processes where !needed.isDisjoint(with: process.units) {
      // A cause that several units share is one of the failure mode that states it.
      let name = graph.causes[process.cause].split(separator: "/").prefix(2).joined(separator: "/")
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  var row: RefundReport.Row? {
    guard let monthsBelow = estimate.objectives.first?.missed, !felt.isEmpty else { return nil }
    let blamed = header.graph.model.causesOfTheProvider
    return RefundReport.Row(
      resource: resource, monthsBelow: monthsBelow, perYear: perYear,
      unattributed: felt.filter { !blamed.contains($0) }, leftOut: leftOut)
  }

  /// Unknown where nobody says what is given, or nothing is known of what it costs.
  private var perYear: Estimate? {
    guard resource.monthly > 0 || resource.openLines.isEmpty else { return nil }
    return estimate.money?.total.multiplied(by: header.conventions.hoursPerYear / 8760)
  }

  var reason: String {
    if felt.isEmpty {
      return leftOut.isEmpty
        ? "nothing says how it fails, but for what is our fault"
        : "how often it fails is not known: \(leftOut.joined(separator: ", "))"
    }
    return "the horizon holds no complete month, or too many"
  }
}

extension Model {
  /// The failures that somebody says are the fault of the provider.
  fileprivate var causesOfTheProvider: Set<String> {
    Set(
      components.flatMap { component in
        component.modes.filter { $0.faultOf == .provider }.map { "\(component.name)/\($0.name)" }
      }
        + domains.flatMap { domain in
          domain.modes.filter { $0.faultOf == .provider }.map { "\(domain.causeName)/\($0.name)" }
        })
  }
}
