/// Why a dynamic fault tree has no answer; names are those of the tree.
public enum DynamicTreeError: Error, Sendable, Hashable {
  /// The tree has no top with this number.
  case noSuchTop(Int)
  /// A time that is negative or not a number.
  case invalidTime(Double)
  /// A gate has fewer inputs than it needs; gates that only restrain others do not count as inputs.
  case tooFewInputs(gate: String, found: Int, needed: Int)
  /// A constant or a restraint can not be the input of this gate.
  case unusableInput(gate: String)
  /// A gate that can become true by a repair stands where the order of failures matters.
  case notCoherent(gate: String)
  /// An event with a repair stands where the order of failures matters.
  case repairable(event: String)
  /// An event of which nothing is known.
  case unknownProbability(event: String)
  /// An event whose probability changes in time, by no known rate, stands where the order of failures
  /// matters.
  case noFailureRate(event: String)
  /// An event has a rate, a number of phases, a dormancy or a probability out of range.
  case invalidLaw(event: String)
  /// A probability of a dependency is not within 0…1.
  case invalidProbability(dependency: String, Double)
  /// The module around a gate has more states than allowed.
  case tooManyStates(module: String, limit: Int)
  /// The module around a gate has more moves between states than allowed.
  case tooManyMoves(module: String, limit: Int)
  /// The module around a gate has too many events and gates to keep apart.
  case moduleTooLarge(module: String)
  /// The module around a gate moves too fast for so long a time.
  case tooStiff(module: String)
  /// The static part outgrew its decision diagram.
  case diagramTooLarge(nodeLimit: Int)
}
