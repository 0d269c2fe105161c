public import Diagnostics
public import Quantities
public import Stochastics

/// A repair crew as written.
public struct CrewDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// How many repairs it does at once.
  public var count: Int
  /// Whether it leaves a repair for a more urgent one.
  public var preempts: Bool

  /// A crew.
  public init(name: Located<String>, count: Int, preempts: Bool) {
    self.name = name
    self.count = count
    self.preempts = preempts
  }
}

/// Spares as written.
public struct StandbyDraft: Sendable {
  /// How many of the units work at once.
  public var running: Located<Int>
  /// The failure rate of a spare as a share of that of a working unit.
  public var dormancy: Probability
  /// How long until the loss of a working unit is noticed.
  public var detection: Delay?
  /// How long the move takes once noticed, in hours; `nil`: no time.
  public var takes: (any Distribution)?
  /// The probability that it works; `nil`: always.
  public var works: Probability?
  /// How long it takes by hand, in hours.
  public var manual: (any Distribution)?

  /// Spares that take over at once and always.
  public init(running: Located<Int>, dormancy: Probability) {
    self.running = running
    self.dormancy = dormancy
  }
}
