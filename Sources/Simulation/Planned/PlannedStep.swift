/// A step of planned work; waves and budgets are places in the compiled graph.
public enum PlannedStep: Sendable, Hashable {
  /// A wave begins.
  case begins(wave: Int, lastsHours: Double)
  /// A wave is over.
  case ends(wave: Int)
  /// A wave would begin, and waits since so few of the units that run are up that a budget does not bear it.
  case waits(wave: Int, budget: Int, up: Int, running: Int)
  /// The next occasion has come, and what was left of the last is given up.
  case cutShort
}
