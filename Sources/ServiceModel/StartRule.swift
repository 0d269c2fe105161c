public import Diagnostics
public import Stochastics

/// How the units of a component start once what held them down is repaired.
///
/// A unit that was down is down until it has started: it waits until everything it needs to start is up, then it
/// takes its time. What is lost while a start is under way does not stop it.
public struct StartRule: Sendable {
  /// How long a start takes once it may begin, in hours; `nil`: no time.
  public let takes: (any Distribution)?
  /// What must be up before it may.
  public let gates: [StartGate]

  /// The mean time that a start takes once it may begin, in hours.
  public var meanHours: Double { takes?.mean ?? 0 }
}

/// Something that a component needs to start.
public struct StartGate: Sendable {
  /// What it is called: the name of the target, or of the group.
  public let label: String
  /// What must be up.
  public let requirement: Requirement<Target>
  /// Whether it is needed at run time too: then it is among the component's hard dependencies.
  public let isNeededAfterwards: Bool
}

/// What a component takes and needs to start, as written.
public struct StartDraft: Sendable {
  /// How long a start takes, in hours.
  public var takes: (any Distribution)?
  /// What must be up before it begins; in the order written.
  public var gates: [Gate] = []
  /// What must be up before it begins, and while it runs: what the readiness check asks.
  public var readyWhen: [Located<String>] = []

  /// A dependency that a start waits for.
  public struct Gate: Sendable {
    /// What must be up.
    public var dependency: Dependency<Located<String>>
    /// Whether it is needed at run time too.
    public var isNeededAfterwards: Bool

    /// A gate of a start.
    public init(_ dependency: Dependency<Located<String>>, isNeededAfterwards: Bool) {
      self.dependency = dependency
      self.isNeededAfterwards = isNeededAfterwards
    }
  }

  /// A start that takes no time and needs nothing.
  public init() {}
}
