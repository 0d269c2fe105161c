public import Diagnostics
internal import Quantities

/// What there is only so much of beside money, for all components together: nodes, licences, CPUs, people.
///
/// A plan among choices stays within it.
public struct ResourceLimit: Sendable, Hashable {
  /// What is counted.
  public enum Counted: Sendable, Hashable {
    /// The CPUs that units request.
    case requestedCPU
    /// The bytes of memory that units request.
    case requestedMemory
    /// So much for each unit of some components, by their indices, and so much beside them.
    case stated(perUnit: [Amount], fixed: Double)
  }

  /// What each unit of a component takes.
  public struct Amount: Sendable, Hashable {
    /// The index of the component.
    public let component: Int
    /// How much each of its units takes.
    public let each: Double
  }

  /// The name.
  public let name: String
  /// A name for people.
  public let title: String?
  /// The most there is: CPUs, bytes, or whatever the name says.
  public let atMost: Double
  /// What is counted.
  public let counted: Counted
  /// Where it stands.
  public let location: SourceLocation

  /// An amount in words: `12.5`, `96 GB`.
  public func text(_ amount: Double) -> String {
    guard counted == .requestedMemory else { return significant(amount, digits: 6).trimmingZeros }
    return DataSize(bytes: amount)?.description ?? "0 B"
  }
}

extension Model {
  /// What units that the model states take of a limit, without those that autoscaling may add.
  public func use(of limit: ResourceLimit) -> Double {
    switch limit.counted {
    case .requestedCPU: requested.cpu
    case .requestedMemory: requested.bytes
    case .stated(let amounts, let fixed):
      amounts.reduce(fixed) { $0 + $1.each * Double(components[$1.component].units.count) }
    }
  }

  private var requested: ComputeResources {
    components.reduce(.none) { sum, component in
      sum + (component.requests ?? .none).times(component.units.count)
    }
  }

  /// The components of which nobody says what they request.
  public var componentsWithoutRequests: [String] {
    components.filter { $0.requests == nil && !$0.units.isEmpty }.map(\.name)
  }
}

/// A limit as written.
public struct ResourceLimitDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// A name for people.
  public var title: String?
  /// The most there is, as it is written.
  public var atMost: Located<String>?
  /// What each unit of some components takes.
  public var perUnit: [(component: Located<String>, each: Double)] = []
  /// What else takes some.
  public var fixed: [(use: Located<String>, amount: Double)] = []

  /// A limit.
  public init(name: Located<String>) { self.name = name }
}
