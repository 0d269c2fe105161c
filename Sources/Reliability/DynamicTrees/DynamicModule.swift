/// A part of a tree in which order, spares or restraints matter, in numbers of its own.
///
/// Elements are the events from 0, then the gates in the order in which a failure climbs: lower gates first.
/// Two more elements stand for what always and what never fails.
struct DynamicModule: Sendable {
  /// What a gate does.
  enum Kind: Sendable {
    case and, or, atLeast(Int)
    case priorityAnd(isInclusive: Bool)
    case priorityOr(isInclusive: Bool)
    /// Its number among the spares.
    case spare(Int)
  }

  /// A basic event.
  struct Event: Sendable {
    let name: String
    /// The rate of each phase while active, per unit of time.
    let rate: Double
    /// The rate while not active, as a share of `rate`.
    let dormancy: Double
    let phases: Int
    /// The probability that it is failed from the start.
    let initialProbability: Double
    /// Whether it is in use from the start.
    let isAlwaysActive: Bool
  }

  /// A gate.
  struct Gate: Sendable {
    let name: String
    let kind: Kind
    let inputs: [Int]
  }

  /// What makes events fail when a trigger does.
  struct Dependency: Sendable {
    let trigger: Int
    let dependents: [Int]
    /// One coin for all dependents.
    let probability: Double
  }

  /// What forbids failures.
  struct Restriction: Sendable {
    /// In order, or at most one.
    let isSequence: Bool
    let elements: [Int]
  }

  /// What a spare gate claims as a whole: one of its inputs, with all that is used when it is.
  struct Claimable: Sendable {
    let element: Int
    /// The events that become active with it.
    let events: [Int]
    /// The spare gates whose used input becomes active with it.
    let spares: [Int]
  }

  var events: [Event] = []
  var gates: [Gate] = []
  var dependencies: [Dependency] = []
  var restrictions: [Restriction] = []
  var claimables: [Claimable] = []
  /// Of each spare, by its number: the gate's element.
  var spares: [Int] = []
  /// Of each spare: its inputs as claimables.
  var spareInputs: [[Int]] = []
  /// Of each claimable: the spares that may claim it.
  var claimants: [[Int]] = []
  /// Of each spare: whether what it uses is active from the start.
  var isSpareActive: [Bool] = []
  /// What the rest of the tree sees.
  var outputs: [Int] = []

  /// The number of events and gates.
  var elementCount: Int { events.count + gates.count }
  /// The element that has always failed.
  var failedElement: Int { elementCount }
  /// The element that never fails.
  var safeElement: Int { elementCount + 1 }

  /// The name of an event or a gate.
  func name(of element: Int) -> String {
    element < events.count ? events[element].name : gates[element - events.count].name
  }
}
