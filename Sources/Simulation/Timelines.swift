internal import ServiceGraph
internal import Stochastics

/// One outage of a process in a replication, in ticks.
struct OutageInterval {
  let start: Int64
  /// When it is noticed.
  let noticed: Int64
  let end: Int64
  let process: Int32
}

/// The processes ready to be unrolled over a horizon.
///
/// The laws of one process stand together in `draws` and `laws`: that of its up time, then the parts of its outage.
struct Timelines: Sendable {
  private struct Process: Sendable {
    let key: ProcessKey
    let unavailability: Double
    let number: Int32
    /// Where its laws begin.
    let uptime: Int
    /// Where its laws end.
    let end: Int
    /// Where the parts of its outage end that come before it is noticed.
    let noticed: Int
  }

  private var processes: [Process] = []
  private var draws: [Draw] = []
  private var laws: [any Distribution] = []
  private let plan: SimulationPlan

  /// Prepares the processes whose frequency is known.
  init(_ graph: CompiledGraph, plan: SimulationPlan) {
    self.plan = plan
    for (number, process) in graph.processes.enumerated() {
      guard let uptime = process.uptime, !process.outage.isEmpty else { continue }
      let first = laws.count
      laws += [uptime] + process.outage
      processes.append(
        Process(
          key: ProcessKey(name: process.name), unavailability: process.unavailability, number: Int32(number),
          uptime: first, end: laws.count, noticed: first + 1 + process.detectionParts))
    }
    draws = laws.map(Draw.init)
  }

  /// Appends every outage of a replication that begins before the horizon or is under way at 0.
  func unroll(replication: UInt32, into outages: inout [OutageInterval]) {
    for index in processes.indices { unroll(processes[index], replication, &outages) }
  }

  @inline(__always)
  private func unroll(_ process: Process, _ replication: UInt32, _ outages: inout [OutageInterval]) {
    let horizon = plan.horizonHours
    var stream = RandomStream(seed: plan.seed, process: process.key, replication: replication)
    var now =
      plan.start == .steady ? begin(process, &stream, &outages) : sample(process.uptime, &stream)
    while now < horizon {
      var noticed = 0.0
      var whole = 0.0
      for law in process.uptime + 1..<process.end {
        whole += sample(law, &stream)
        if law + 1 == process.noticed { noticed = whole }
      }
      append(process, now, noticed, whole, &outages)
      now += whole + sample(process.uptime, &stream)
    }
  }

  @inline(__always)
  private func sample(_ law: Int, _ stream: inout RandomStream) -> Double {
    draws[law].sample(&stream, law: laws[law])
  }

  @inline(__always)
  private func append(
    _ process: Process, _ start: Double, _ noticed: Double, _ whole: Double, _ outages: inout [OutageInterval]
  ) {
    outages.append(
      OutageInterval(
        start: Ticks.from(hours: start), noticed: Ticks.from(hours: start + noticed),
        end: Ticks.from(hours: start + whole), process: process.number))
  }

  // MARK: The long run

  /// The first failure after 0 when the process begins in its long-run state.
  @inline(__always)
  private func begin(
    _ process: Process, _ stream: inout RandomStream, _ outages: inout [OutageInterval]
  ) -> Double {
    guard stream.uniform() < process.unavailability else {
      return draws[process.uptime].isExponential
        ? sample(process.uptime, &stream) : laws[process.uptime].residualSample(using: &stream)
    }
    return beginDown(process, &stream, &outages)
  }

  /// An outage that covers the instant 0, and the failure after it.
  ///
  /// The covering outage is size-biased: one part, chosen with probability in proportion to its mean, is drawn
  /// from its length-biased law and the others from their own (Arratia, Goldstein and Kochman, *Size bias for one
  /// and all*, 2019, eq. 18). What is left of it is a uniform share.
  private func beginDown(
    _ process: Process, _ stream: inout RandomStream, _ outages: inout [OutageInterval]
  ) -> Double {
    let chosen = chosenPart(process, stream.uniform())
    var noticed = 0.0
    var whole = 0.0
    for law in process.uptime + 1..<process.end {
      whole += law == chosen ? laws[law].lengthBiasedSample(using: &stream) : sample(law, &stream)
      if law + 1 == process.noticed { noticed = whole }
    }
    let passed = whole * stream.uniform()
    append(process, 0, max(0, noticed - passed), whole - passed, &outages)
    return whole - passed + sample(process.uptime, &stream)
  }

  private func chosenPart(_ process: Process, _ position: Double) -> Int {
    let parts = process.uptime + 1..<process.end
    var rest = position * parts.reduce(0) { $0 + laws[$1].mean }
    for law in parts {
      rest -= laws[law].mean
      if rest < 0 { return law }
    }
    return process.end - 1
  }
}
