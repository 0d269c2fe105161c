/// What the outages under way mean for the capabilities.
struct ServiceState: Sendable {
  /// Whether each capability is down.
  var isDown: [Bool]
  /// The fraction of service that each capability loses while it is not down.
  var lost: [Double]
  /// For each capability that is down: the causes whose repair alone would restore it.
  var restoring: [[Int32]]

  /// Whether each capability is down for planned work alone, and what it loses for that alone, downtime included.
  var isPlanned: [Bool]
  var lostToPlanned: [Double]

  init(capabilities: Int) {
    isPlanned = [Bool](repeating: false, count: capabilities)
    lostToPlanned = [Double](repeating: 0, count: capabilities)
    isDown = [Bool](repeating: false, count: capabilities)
    lost = [Double](repeating: 0, count: capabilities)
    restoring = [[Int32]](repeating: [], count: capabilities)
  }

  /// Whether everything is up and fully served.
  var isPerfect: Bool { !isDown.contains(true) && lost.allSatisfy { $0 == 0 } }
}
