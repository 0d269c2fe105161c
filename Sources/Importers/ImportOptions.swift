/// How strictly numbers are looked at when a tree is read.
struct ImportOptions: Sendable {
  /// The mission time at which they must be right; `nil` for the format's own.
  let missionTime: Double?
  /// Whether each event must have a probability.
  let probabilities: FaultTreeReader.Probabilities
}
