/// What every part of a dependent group is doing, counted.
///
/// Units and processes that can be exchanged for each other are not told apart, so that twenty machines and a crew
/// have 21 states and not a million.
struct DependentState: Hashable, Sendable {
  /// What one of the counts is about.
  enum Stage: Int {
    /// Failed, and nobody works on it yet: detection and response.
    case noticing = 0
    /// Waiting for its crew.
    case waiting = 1
    /// Being repaired.
    case repairing = 2
  }

  /// What an empty position of a pool is doing.
  enum Takeover: Int {
    /// A spare is being switched to it.
    case switching = 0
    /// A spare is being switched to it by hand.
    case byHand = 1
    /// The switch did not work, and the position waits for a repair.
    case stuck = 2
  }

  private var counts: [Int32]
  private let poolStart: Int

  /// Everything works.
  init(classes: Int, pools: Int) {
    counts = [Int32](repeating: 0, count: 3 * (classes + pools))
    poolStart = 3 * classes
  }

  /// How many of a class are in a stage.
  subscript(one: Int, stage: Stage) -> Int {
    get { Int(counts[3 * one + stage.rawValue]) }
    set { counts[3 * one + stage.rawValue] = Int32(newValue) }
  }

  /// How many positions of a pool are in a takeover.
  subscript(pool pool: Int, takeover: Takeover) -> Int {
    get { Int(counts[poolStart + 3 * pool + takeover.rawValue]) }
    set { counts[poolStart + 3 * pool + takeover.rawValue] = Int32(newValue) }
  }

  /// How many of a class have failed.
  func failed(_ one: Int) -> Int { self[one, .noticing] + self[one, .waiting] + self[one, .repairing] }
}
