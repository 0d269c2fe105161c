internal import ServiceGraph
internal import Stochastics

/// Variables that say that nobody has noticed an outage yet, each given that it is under way. They come after those of
/// the failures.
///
/// A unit is down unnoticed while something holds it down, and nothing does that has been noticed.
struct NoticeVariables {
  typealias Literal = BooleanNetwork.Literal

  /// The probability of each.
  private(set) var shares: [Double] = []
  /// By the variable of the outage: the variable that says that nobody has noticed.
  private(set) var variables: [Int: Int] = [:]
  /// By the variable of the outage: that it has been noticed, given that it is under way.
  private var noticed: [Int: Literal] = [:]

  /// A unit is down, and of what holds it down only some events may go unnoticed, and all have.
  mutating func unnoticed(unit: Int, of events: [Int], in failure: inout FailureNetwork) -> Literal {
    var literals: [Int: Literal] = [:]
    for event in events { literals[event] = noticed(event, in: &failure) }
    let isNoticed = failure.failure(ofUnit: unit, noticed: literals)
    return failure.network.and([failure.gateFailures[unit], isNoticed.negated])
  }

  /// While an outage has not been noticed, no unit has left its place.
  private mutating func noticed(_ variable: Int, in failure: inout FailureNetwork) -> Literal {
    if let known = noticed[variable] { return known }
    let leaving = failure.leaving(ofVariable: variable).map { failure.network.variable($0) }
    variables[variable] = failure.events.count + shares.count
    let own = failure.network.variable(failure.events.count + shares.count)
    shares.append(failure.unnoticedShareBeforeLeaving(ofVariable: variable))
    let literal = failure.network.and(leaving + [own]).negated
    noticed[variable] = literal
    return literal
  }
}

extension FailureNetwork {
  /// P(nobody has noticed any of an event's outages | one is under way).
  ///
  /// Of independent outages with unavailabilities U and unnoticed shares h it is
  /// [Π (1 − U + U h) − Π (1 − U)] / [1 − Π (1 − U)], summed without a difference; of outages that exclude each other,
  /// the mean of h by U / (1 − U). What starts has been noticed.
  func unnoticedShare(ofVariable variable: Int) -> Double {
    let event = events[variable]
    if case .starting = event.kind { return 0 }
    let total = event.unavailability(in: graph)
    guard total > 0 else { return 0 }
    let processes = event.processes.map { graph.processes[$0] }
    if event.isExclusive(in: graph) {
      let loads = processes.map { $0.unavailability / (1 - $0.unavailability) }
      return zip(processes, loads).reduce(0) { $0 + $1.0.unnoticedShare * $1.1 } / loads.reduce(0, +)
    }
    var (unnoticed, up) = (0.0, 1.0)
    for process in processes {
      let hidden = process.unavailability * process.unnoticedShare
      unnoticed = unnoticed * (1 - process.unavailability + hidden) + up * hidden
      up *= 1 - process.unavailability
    }
    return min(1, unnoticed / total)
  }

  /// The variables that say that units have not left yet, of an event that drives units away.
  func leaving(ofVariable variable: Int) -> [Int] { moves[variable].filter { events[$0].isLeaving } }

  /// The unnoticed share of what is under way of an outage before the first of its units leaves.
  func unnoticedShareBeforeLeaving(ofVariable variable: Int) -> Double {
    let stays = leaving(ofVariable: variable).reduce(1) { $0 * events[$1].unavailability(in: graph) }
    return stays > 0 ? min(1, unnoticedShare(ofVariable: variable) / stays) : 1
  }
}

extension RenewalProcess {
  /// The share of its outages that passes before anybody notices.
  fileprivate var unnoticedShare: Double {
    guard detectionParts > 0, unavailability > 0, let frequency = frequencyPerHour else { return 0 }
    let unnoticedHours = outage.prefix(detectionParts).reduce(0) { $0 + $1.mean }
    return min(1, frequency * unnoticedHours / unavailability)
  }
}
