import ServiceGraph

/// Fault trees written as code.
enum TreeText {
  /// What an event does over time.
  enum Law: Sendable {
    /// Open-PSA's GLM: failed at the start with the first probability, then failure rate and repair rate.
    case repaired(Double, Double, Double)
    case exponential(Double)
    case weibull(scale: Double, shape: Double, location: Double)
    case constant(Double)
    /// Failure rate, interval, first test.
    case tested(Double, Double, Double)
    /// Failure rate, repair rate, interval, first test.
    case testedAndRepaired(Double, Double, Double, Double)
    /// 1 − an exponential law: no law of failure.
    case opposite(Double)
    /// Share of a law.
    indirect case share(Double, Law)
  }

  /// A tree over events e0, e1 …; inputs of gates below the number of events are events, the others gates; the last
  /// gate is the top.
  static func tree(_ laws: [Law], _ gates: [(GateOperation, [Int])]) -> FaultTree {
    var table = ExpressionTable()
    let events = laws.enumerated().map { number, law in
      FaultTree.BasicEvent(name: "e\(number)", law: .expression(expression(law, &table)))
    }
    let made = gates.enumerated().map { number, gate in
      FaultTree.Gate(
        name: "g\(number)", operation: gate.0,
        inputs: gate.1.map { $0 < laws.count ? .event($0) : .gate($0 - laws.count) })
    }
    return FaultTree(
      name: "t", events: events, gates: made,
      tops: [FaultTree.Top(name: "top", input: .gate(gates.count - 1))], expressions: table)
  }

  private static func expression(_ law: Law, _ table: inout ExpressionTable) -> Int {
    let time = table.add(.missionTime)
    func number(_ value: Double) -> Int { table.add(.constant(value)) }
    switch law {
    case .repaired(let demand, let failure, let repair):
      return table.add(
        .glm(demand: number(demand), failureRate: number(failure), repairRate: number(repair), time: time))
    case .exponential(let rate): return table.add(.exponential(rate: number(rate), time: time))
    case .weibull(let scale, let shape, let location):
      return table.add(
        .weibull(scale: number(scale), shape: number(shape), location: number(location), time: time))
    case .constant(let value): return number(value)
    case .tested(let rate, let interval, let first):
      return table.add(
        .periodicTest(
          .init(
            failureRate: number(rate), interval: number(interval), firstTest: number(first), time: time,
            repair: .instant)))
    case .testedAndRepaired(let rate, let repair, let interval, let first):
      return table.add(
        .periodicTest(
          .init(
            failureRate: number(rate), interval: number(interval), firstTest: number(first), time: time,
            repair: .rate(number(repair)))))
    case .opposite(let rate):
      let law = table.add(.exponential(rate: number(rate), time: time))
      return table.add(.difference([number(1), law]))
    case .share(let share, let law): return table.add(.product([number(share), expression(law, &table)]))
    }
  }
}
