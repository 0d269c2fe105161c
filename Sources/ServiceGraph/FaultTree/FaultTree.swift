/// A fault tree as somebody drew it: gates over basic events, static or dynamic.
///
/// Importers make it and `Reliability` solves it. Gates are numbered so that inputs come before what uses them, and
/// nothing in here recurses, so a chain of 100,000 gates is as good as a short one.
public struct FaultTree: Sendable {
  /// What a gate stands on.
  public enum Input: Sendable, Hashable {
    /// A basic event, by its index.
    case event(Int)
    /// A gate, by its index.
    case gate(Int)
    /// A house event, or a constant: always true or always false.
    case constant(Bool)
  }

  /// Something that fails by itself.
  public struct BasicEvent: Sendable, Hashable {
    /// The name, unique among events and gates of the tree.
    public let name: String
    /// A name for people.
    public let title: String?
    /// When it is true.
    public let law: EventLaw

    /// Names an event and its law.
    public init(name: String, title: String? = nil, law: EventLaw) {
      self.name = name
      self.title = title
      self.law = law
    }
  }

  /// A gate; true means failed.
  public struct Gate: Sendable, Hashable {
    /// The name; `nil` for a formula inside another gate's.
    public let name: String?
    /// A name for people.
    public let title: String?
    /// What it does with its inputs.
    public let operation: GateOperation
    /// The inputs in the order written, which dynamic gates read.
    public let inputs: [Input]

    /// A gate over inputs with smaller numbers.
    public init(name: String?, title: String? = nil, operation: GateOperation, inputs: [Input]) {
      self.name = name
      self.title = title
      self.operation = operation
      self.inputs = inputs
    }
  }

  /// An event whose probability is asked for.
  public struct Top: Sendable, Hashable {
    /// The name under which it is reported.
    public let name: String
    /// What it is.
    public let input: Input

    /// Names a top event.
    public init(name: String, input: Input) {
      self.name = name
      self.input = input
    }
  }

  /// The tree's name.
  public let name: String
  /// The basic events, in the order first written.
  public let events: [BasicEvent]
  /// The gates; inputs come before what uses them.
  public let gates: [Gate]
  /// What is asked for, at least one.
  public let tops: [Top]
  /// The numbers behind the events, over the mission time and uncertain parameters.
  public let expressions: ExpressionTable
  /// The groups of events that share causes; they are not yet part of the gates.
  public let commonCauseGroups: [CommonCauseGroup]
  /// The mission time that the file states, in its own unit of time.
  public let missionTime: Double?

  /// Puts a tree together.
  ///
  /// - Precondition: inputs have smaller numbers than the gates that use them.
  public init(
    name: String, events: [BasicEvent], gates: [Gate], tops: [Top], expressions: ExpressionTable,
    commonCauseGroups: [CommonCauseGroup] = [], missionTime: Double? = nil
  ) {
    self.name = name
    self.events = events
    self.gates = gates
    self.tops = tops
    self.expressions = expressions
    self.commonCauseGroups = commonCauseGroups
    self.missionTime = missionTime
  }

  /// Whether some gate depends on the order in which its inputs fail.
  public var isDynamic: Bool { gates.contains { $0.operation.isDynamic } }
}

/// When a basic event is true.
public enum EventLaw: Sendable, Hashable {
  /// Nothing is known about it; cut sets can still be had.
  case unknown
  /// The value of an expression is the probability that it is true at the mission time.
  case expression(Int)
  /// It fails after `phases` exponential phases, at `rate` each; a repair, if any, makes it new.
  ///
  /// While it stands by unused its rate is multiplied by `dormancy`, from 0 (cold) to 1 (hot).
  case erlang(rate: Double, phases: Int, dormancy: Double, repairRate: Double?)
}
