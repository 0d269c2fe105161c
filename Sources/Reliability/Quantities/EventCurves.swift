internal import ServiceGraph
internal import Stochastics

/// What each variable of a network does over time, from processes that all begin up at age 0.
package struct EventCurves: Sendable {
  /// What drives one variable.
  package enum Source: Sendable {
    /// It is true while any of some curves is down, by their numbers.
    case anyOf([Int])
    /// It is true while the second of any pair of curves is down, given that the first is not; the second is down whenever
    /// the first is. It begins with the first.
    case since([(Int, Int)])
    /// It is true with a probability, whatever the time, and has no changes of its own.
    case share(Double)
  }

  /// The different curves.
  package let curves: [UnavailabilityCurve]
  /// What drives each variable.
  package let sources: [Source]
  /// For each variable: those that become true with it.
  package let moves: [[Int]]
  /// For each variable: those that are true after it, and begin with it.
  let starts: [[Int]]
  /// What drives several variables together; their sources stand for nothing.
  package let modules: [ModuleCurve]

  /// Puts curves behind variables.
  package init(
    curves: [UnavailabilityCurve], sources: [Source], moves: [[Int]]? = nil, modules: [ModuleCurve] = []
  ) {
    self.init(curves: curves, sources: sources, moves: moves, starts: nil, modules: modules)
  }

  private init(
    curves: [UnavailabilityCurve], sources: [Source], moves: [[Int]]?, starts: [[Int]]?,
    modules: [ModuleCurve]
  ) {
    self.starts = starts ?? [[Int]](repeating: [], count: sources.count)
    self.curves = curves
    self.sources = sources
    self.modules = modules
    self.moves = moves ?? [[Int]](repeating: [], count: sources.count)
  }

  /// The variables of a graph's network; processes of one cause and law share a curve.
  init(_ failure: FailureNetwork, needed: [Bool], modules: [ModuleCurve], horizonHours: Double) {
    struct Key: Hashable {
      let cause: Int
      let meanUp: Double?
      let meanDown: Double?
      let unavailability: Double
    }
    var curves: [UnavailabilityCurve] = []
    var known: [Key: Int] = [:]
    let processes = failure.graph.processes
    func number(of process: RenewalProcess) -> Int {
      let key = Key(
        cause: process.cause, meanUp: process.uptime?.mean, meanDown: process.meanOutageHours,
        unavailability: process.unavailability)
      if let number = known[key] { return number }
      known[key] = curves.count
      curves.append(UnavailabilityCurve(process, horizonHours: horizonHours))
      return curves.count - 1
    }
    var sources: [Source] = []
    for (variable, event) in failure.events.enumerated() {
      switch event.kind {
      case .processes(let indices):
        sources.append(.anyOf(needed[variable] ? indices.map { number(of: processes[$0]) } : []))
      case .starting(let indices, let place):
        let pairs = indices.map { index in
          let before = processes[index].started(after: processes[index].startHours(before: place))
          let after = processes[index].started(after: processes[index].laterStarts[place].hours)
          return (number(of: before), number(of: after))
        }
        sources.append(.since(needed[variable] ? pairs : []))
      case .moving(_, _, let share), .leaving(_, _, let share), .dependent(_, let share):
        sources.append(.share(share))
      case .outcome(let outcome): sources.append(.share(outcome.probability))
      }
    }
    self.init(
      curves: curves, sources: sources, moves: failure.moves, starts: failure.starts, modules: modules)
  }

  /// Where some curve is not smooth.
  var breaks: [Double] { Set(curves.flatMap(\.breaks)).sorted() }

  /// The shortest time on which some curve or module changes.
  var pace: Double { min(curves.map(\.pace).min() ?? .infinity, modules.map(\.pace).min() ?? .infinity) }

  /// The error of the worst curve, relative to its long run.
  var relativeError: Double { curves.map(\.relativeError).max() ?? 0 }

  /// What all variables do at one time.
  ///
  /// - Parameter withRepairs: without it repair frequencies count as not known.
  package func moment(atHours time: Double, withRepairs: Bool = true) -> Moment {
    let unavailability = curves.map { $0.unavailability(atHours: time) }
    return Moment(
      self, unavailability: unavailability,
      failures: zip(curves, unavailability).map {
        $0.failureFrequency(atHours: time, unavailability: $1)
      },
      repairs: withRepairs ? curves.map { $0.repairFrequency(atHours: time) } : nil,
      sums: modules.map { $0.sums(atHours: time) })
  }

  /// The probabilities of all variables at one time.
  package func probabilities(atHours time: Double) -> [Double] {
    let values = curves.map { $0.unavailability(atHours: time) }
    return probabilities(values, sums: modules.map { $0.sums(atHours: time) })
  }

  private func probabilities(_ unavailability: [Double], sums: [[Double]]) -> [Double] {
    var probabilities = sources.map { source in
      switch source {
      case .anyOf(let numbers): combined(numbers.map { unavailability[$0] })
      case .since(let pairs):
        combined(pairs.map { RenewalProcess.startingShare(unavailability[$0], then: unavailability[$1]) })
      case .share(let share): share
      }
    }
    for (module, sums) in zip(modules, sums) { module.set(sums, in: &probabilities) }
    return probabilities
  }

  /// What all variables do in the long run.
  package var steadyMoment: Moment {
    let frequencies = curves.map { $0.steadyFrequency }
    return Moment(
      self, unavailability: curves.map(\.steadyState), failures: frequencies, repairs: frequencies,
      sums: modules.map(\.steadySums))
  }

  /// Probabilities of variables and how often they change, at one time.
  package struct Moment: Sendable {
    /// P(true) of each variable.
    package let probabilities: [Double]
    /// How often each becomes true, per hour; `nil` when not known.
    package let failures: [Double?]
    /// How often each becomes false, per hour; `nil` when not known, empty when not asked for.
    package let repairs: [Double?]
    /// The sums of each module.
    let sums: [[Double]]
    /// How likely each curve is down, and how often it fails, per hour.
    private let unavailability: [Double]
    private let failuresOfCurves: [Double?]

    fileprivate init(
      _ events: EventCurves, unavailability: [Double], failures: [Double?], repairs: [Double?]?,
      sums: [[Double]]
    ) {
      func perEvent(_ values: [Double?], _ source: Source) -> Double? {
        guard case .anyOf(let numbers) = source else { return 0 }
        if numbers.count == 1 { return values[numbers[0]] }
        var total = 0.0
        for (place, number) in numbers.enumerated() {
          guard let own = values[number] else { return nil }
          var othersUp = 1.0
          for (other, curve) in numbers.enumerated() where other != place {
            othersUp *= 1 - unavailability[curve]
          }
          total += own * othersUp
        }
        return total
      }
      self.sums = sums
      self.unavailability = unavailability
      failuresOfCurves = failures
      probabilities = events.probabilities(unavailability, sums: sums)
      self.failures = events.sources.map { perEvent(failures, $0) }
      self.repairs = repairs.map { repairs in events.sources.map { perEvent(repairs, $0) } } ?? []
    }

    /// The probabilities that failures find which begin a variable, with how often these are, per hour: of units that start
    /// after it, a curve that fails less often than the one before finds them starting.
    func failuresWhileStarting(_ variable: Int, _ events: EventCurves) -> [(own: Double?, absent: [Double])] {
      guard case .anyOf(let numbers) = events.sources[variable] else { return [] }
      return numbers.map { number in
        let othersUp = numbers.filter { $0 != number }.reduce(1) { $0 * (1 - unavailability[$1]) }
        var absent = probabilities
        absent[variable] = 0
        var chain = number
        for start in events.starts[variable] {
          guard case .since(let pairs) = events.sources[start] else { continue }
          absent[start] = combined(
            pairs.map { before, after in
              guard before == chain else {
                return RenewalProcess.startingShare(unavailability[before], then: unavailability[after])
              }
              guard let all = failuresOfCurves[before], let hits = failuresOfCurves[after], all > 0 else {
                return 0
              }
              return min(1, max(0, 1 - hits / all))
            })
          chain = pairs.first { $0.0 == chain }?.1 ?? chain
        }
        return (failuresOfCurves[number].map { $0 * othersUp }, absent)
      }
    }
  }
}
