public import Diagnostics
public import Quantities
public import Recovery
public import Resilience
public import Stochastics

/// One way in which something fails: how often, for how long, and what it takes with it.
public struct FailureMode: Sendable {
  /// What one failure of a mode hits.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// One replica; every replica has a process of its own.
    case unit
    /// All replicas at once; one process.
    case component
    /// This component's replicas in one zone; a process per zone.
    case zone
    /// This component's replicas on one node; a process per node.
    case node
  }

  /// What a failed unit can still do.
  public enum Effect: Sendable, Hashable {
    /// Nothing.
    case down
    /// This fraction of its work; it still counts as up for k-out-of-n.
    case degraded(to: Probability)
  }

  /// Who is to blame for it, as service level agreements ask.
  public enum Fault: String, Sendable, Hashable, CaseIterable {
    /// The provider of the resource.
    case provider
    /// Whoever uses it: software, settings, people.
    case us
  }

  /// The mode's name, unique within its component or domain.
  public let name: String
  /// Where it was declared.
  public let location: SourceLocation
  /// What one failure hits.
  public let scope: Scope
  /// How often it happens.
  public let occurrence: Occurrence
  /// The rate before thinning, where the file states one in place of a time between failures.
  public let statedRate: Rate?
  /// How long an outage is.
  public let outage: Outage
  /// What remains during it.
  public let effect: Effect
  /// The share of failures that hit all units of the component at once.
  public let commonCause: CommonCause?
  /// The crew that its repair needs; `nil`: every failure is repaired by itself.
  public let crew: CrewNeed?
  /// What it does to data; `nil`: it loses none.
  public let loses: FailureKind?
  /// What calls meet meanwhile; `nil`: they are refused at once. Only dependencies with policies ask.
  public let failsBy: CalleeFailure?
  /// Whether the units that it takes down have to start after it, where they take time to.
  public let restarts: Bool
  /// Hours of the week in which it happens more often; `nil`: at all hours alike.
  public let season: Season?
  /// Which time it ages by.
  public let clock: Clock
  /// Who is to blame for it; `nil`: nobody says. Only agreements about service levels ask.
  public let faultOf: Fault?
  /// The detector that notices it, as an index into the model's delays; `nil`: none is named.
  public let detector: Int?
  /// The response tier, as an index into the model's delays; `nil`: none is named.
  public let response: Int?
}

/// How failures that share a cause are split from those of single units.
public enum CommonCause: Sendable, Hashable {
  /// The beta factor: this share of a unit's failures hits the whole group at once, as one independent shock.
  case beta(Probability)
  /// β, γ, δ, …: of a unit's failures that hit at least k units, the share that hits at least k + 1; one factor less
  /// than there are units.
  case multipleGreekLetters([Probability])
  /// α₁, α₂, …: of the failure events among the units, the share that hits exactly k of them; one factor for each
  /// unit. What the factors mean for a rate depends on how the units were tested.
  case alpha([Probability], isStaggered: Bool)
  /// φ₁, φ₂, …: of a unit's failures, the share that hits exactly k units; one factor for each unit.
  case phi([Probability])
}

/// How often a failure mode occurs.
public enum Occurrence: Sendable {
  /// Exponential up times with this mean operating time between failures.
  case meanTimeBetweenFailures(TimeSpan)
  /// Up times with any law, in hours; the unit is as good as new after every repair.
  case lifetime(any Distribution)
  /// Only the share of time is known; how often and how long is not.
  case availability(Availability)
  /// From the incident history; `factor` multiplies the observed rate.
  case incidents(ModeReference, factor: Double)
  /// Looked for in the history and never seen: unknown, with an upper bound on the rate.
  case neverSeen(ModeReference, upperBound: Rate?)
  /// Whenever too much has been asked for too long.
  case overload(OverloadTrigger)
}

/// How long an outage is: the time to restoration.
public enum Outage: Sendable {
  /// Not stated.
  case unknown
  /// The whole, in hours.
  case total(any Distribution)
  /// The sum of detection, response and recovery, each a sum of independent parts in hours.
  case parts(detection: [any Distribution], response: [any Distribution], recovery: [any Distribution])
  /// From the incident history.
  case incidents(ModeReference)

  /// All parts, in the order in which they happen; empty when not known.
  public var distributions: [any Distribution] {
    switch self {
    case .unknown, .incidents: []
    case .total(let whole): [whole]
    case .parts(let detection, let response, let recovery): detection + response + recovery
    }
  }

  /// The parts before anybody or anything knows of the failure.
  public var detection: [any Distribution] {
    if case .parts(let detection, _, _) = self { detection } else { [] }
  }
}

/// A failure mode by the names in an incident history: `component/mode`.
public struct ModeReference: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The component's or domain's name.
  public let component: String
  /// The mode's name.
  public let mode: String

  /// Names a mode.
  public init(component: String, mode: String) {
    self.component = component
    self.mode = mode
  }

  /// Reads `component/mode`; `nil` when it has not exactly two parts.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(component: String(parts[0]), mode: String(parts[1]))
  }

  /// `component/mode`.
  public var description: String { "\(component)/\(mode)" }

  /// Orders by text.
  public static func < (left: ModeReference, right: ModeReference) -> Bool {
    left.description < right.description
  }
}
