/// What was asked of each load in a replication, and what there was for it.
struct CapacityAccount {
  /// What is counted of one load.
  struct Counts {
    var askedUnitHours = 0.0
    var healthyUnitHours = 0.0
    var runningUnitHours = 0.0
    var shortTicks: Int64 = 0
    /// Units that were ordered, those that came too late, and failures by overload.
    var ordered: Int64 = 0
    var late: Int64 = 0
    var overloads: Int64 = 0
    /// The highest load while any unit could work.
    var peak = 0.0
  }

  var counts: [Counts]
  private var asked: [Double]
  private(set) var healthy: [Double]
  private(set) var running: [Int]

  init(loads: Int) {
    counts = [Counts](repeating: Counts(), count: loads)
    asked = [Double](repeating: 0, count: loads)
    healthy = [Double](repeating: 0, count: loads)
    running = [Int](repeating: 0, count: loads)
  }

  mutating func begin() {
    for load in counts.indices { counts[load] = Counts() }
  }

  /// What is asked of a load from now on, what its units can do, and how many there are.
  mutating func set(_ load: Int, asked: Double, healthy: Double, running: Int) {
    self.asked[load] = asked
    self.healthy[load] = healthy
    self.running[load] = running
  }

  /// Whether more is asked than can be done.
  func isShort(_ load: Int) -> Bool { asked[load] > healthy[load] * (1 + 1e-12) }

  /// Adds a stretch of time.
  mutating func charge(from start: Int64, to end: Int64) {
    guard end > start else { return }
    let hours = Ticks.hours(Double(end - start))
    for load in counts.indices {
      counts[load].askedUnitHours += asked[load] * hours
      counts[load].healthyUnitHours += healthy[load] * hours
      counts[load].runningUnitHours += Double(running[load]) * hours
      if isShort(load) { counts[load].shortTicks += end - start }
      if healthy[load] > 0 { counts[load].peak = max(counts[load].peak, asked[load] / healthy[load]) }
    }
  }
}
