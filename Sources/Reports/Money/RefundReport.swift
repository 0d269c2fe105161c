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

/// A resource, and the capabilities that watch it: one, or one for each of its instances.
private struct Watched {
  let resource: AgreedResources.Resource
  let header: ResultHeader
  let result: SimulationResult
  let places: [Int]

  init(_ resource: AgreedResources.Resource, _ header: ResultHeader, _ result: SimulationResult) {
    (self.resource, self.header, self.result) = (resource, header, result)
    places = resource.members.compactMap { member in
      result.capabilities.firstIndex { $0.name == member.name }
    }
  }

  private var leftOut: [String] { distinct(places.flatMap(header.graph.causesLeftOut(ofCapability:))) }

  /// The failures that they feel and that are simulated.
  private var felt: [String] { distinct(places.flatMap(felt)) }

  private func felt(_ place: Int) -> [String] {
    let graph = header.graph
    let needed = graph.unitsNeeded(byCapability: place)
    // A cause that several units share is one of the failure mode that states it.
    return graph.processes.filter { !needed.isDisjoint(with: $0.units) }.map {
      graph.causes[$0.cause].split(separator: "/").prefix(2).joined(separator: "/")
    }
  }

  private func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  var row: RefundReport.Row? {
    guard let monthsBelow, !felt.isEmpty else { return nil }
    let blamed = header.graph.model.causesOfTheProvider
    return RefundReport.Row(
      resource: resource, monthsBelow: monthsBelow, perYear: perYear,
      unattributed: felt.filter { !blamed.contains($0) }, leftOut: leftOut)
  }

  /// Of all months of all instances.
  private var monthsBelow: Estimate? {
    sum(places.map { result.capabilities[$0].objectives.first?.missed })?
      .multiplied(by: 1 / Double(max(1, places.count)))
  }

  /// Unknown where nobody says what is given, or nothing is known of what it costs.
  private var perYear: Estimate? {
    guard resource.monthly > 0 || resource.openLines.isEmpty else { return nil }
    return sum(places.map { result.capabilities[$0].money?.total })?
      .multiplied(by: header.conventions.hoursPerYear / 8760)
  }

  /// The sum of estimates, and of the ends of their intervals, which holds whatever they have in common; `nil` where one is
  /// not known.
  private func sum(_ estimates: [Estimate?]) -> Estimate? {
    let known = estimates.compactMap { $0 }
    guard let first = known.first, known.count == estimates.count else { return nil }
    return known.dropFirst().reduce(first) { sum, next in
      Estimate(
        value: sum.value + next.value, low: sum.low + next.low, high: sum.high + next.high,
        confidence: sum.confidence)
    }
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
