internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// How a callee treats calls at a moment when it does not answer them as usual.
enum CalleeManner: Hashable, Sendable {
  /// As one of the graph's ways to fail says; 0: it refuses them at once.
  case way(Int)
  /// By what becomes of its own calls: a share fails.
  case errors(AttemptErrors)
  /// By the same, those that do not fail are answered, so many hours later; those that are given up before are answered all the
  /// same if what is down comes back within its `maskedHours` after they were made. Where callees are slow it is so on average,
  /// and `laws` are the numbers of those that add up to it.
  case late(hours: Double, maskedHours: Double = 0, laws: [Int] = [], errors: AttemptErrors = .none)

  /// The same as policies take it.
  func failure(_ failures: CalleeFailures, _ slowAnswers: SlowAnswers) -> CalleeFailure {
    switch self {
    case .way(let way): return failures.ways[way]
    case .errors(let errors): return CalleeManner.fastFailure(errors)
    case .late(let hours, _, let laws, let errors):
      guard let law = slowAnswers.law(meanHours: hours, laws: laws) else {
        return CalleeManner.fastFailure(errors)
      }
      return .slow(law, errors: errors)
    }
  }

  private static func fastFailure(_ errors: AttemptErrors) -> CalleeFailure {
    .failsFast(share: Probability(errors.share) ?? .one, after: TimeSpan(hours: errors.afterHours) ?? .zero)
  }

  /// The errors that attempts get.
  func errors(_ failures: CalleeFailures) -> AttemptErrors {
    switch self {
    case .errors(let errors), .late(_, _, _, let errors): return errors
    case .way(let way):
      switch failures.ways[way] {
      case .failsFast(let share, let after): return AttemptErrors(share: share.value, afterHours: after.hours)
      case .hangs: return .none
      case .slow(_, let errors): return errors
      }
    }
  }

  /// How late the answers are on average that come; 0: at once, ∞: they never come.
  func lateHours(_ failures: CalleeFailures) -> Double {
    switch self {
    case .errors: return 0
    case .late(let hours, _, _, _): return hours
    case .way(let way):
      switch failures.ways[way] {
      case .failsFast: return 0
      case .hangs: return .infinity
      case .slow(let law, _): return law.mean
      }
    }
  }

  /// The numbers of the laws that add up to that.
  var laws: [Int] {
    switch self {
    case .way(let way): [way]
    case .late(_, _, let laws, _): laws
    case .errors: []
    }
  }

  /// For how long attempts that fail are answered if what is down comes back.
  var maskedHours: Double { if case .late(_, let maskedHours, _, _) = self { maskedHours } else { 0 } }
}

/// What a dependency has to know of how its callee can treat calls.
///
/// A class, since the event loop asks it at every change: a copy would count each of its arrays.
final class CalleePlan: Sendable {
  /// The processes that make it fail in a way of their own, where they take it down.
  let processes: [Int]
  /// The calls that decide what becomes of these: those of members before the choices that these are in, and the callee's own
  /// last; empty where it has none.
  let further: [FurtherCalls]
  /// The dependencies among them.
  let furtherEdges: [Int]
  /// How long calls wait for an answer, and how long those of which they are made do at most; ∞ without a timeout.
  let patienceHours: Double
  let shortestPatienceHours: Double
  /// The share of failed attempts from which on all calls are lost: all of them, or those that open the breaker.
  let downFromShare: Double
  /// From how late on answers make a difference, to these calls or to those of which they are made: the timeout, or any time
  /// where calls hold slots or may be called slow.
  let lateFromHours: Double
  /// The same of the answers to one of the calls of which they are made: any time where others may be late as well.
  let lateFromHoursOfOne: Double
  /// The slow calls by which a breaker opens, its own or one further up: of several the one that counts calls slow first.
  let slowCalls: SlowThreshold?
  /// Those of its own breaker.
  let ownSlowCalls: SlowThreshold?
  /// Whether it has a breaker.
  let hasBreaker: Bool
  /// Whether it goes down and comes back, and that is all.
  let isPlain: Bool

  private init(_ edge: CompiledEdge, _ graph: CompiledGraph, _ patience: Patience) {
    let driven = Set(graph.edges.compactMap(\.gate))
    let units = graph.units(below: [edge.callee], notThrough: driven)
    processes = graph.processes.indices.filter { process in
      graph.failures.wayOfCause[graph.processes[process].cause] != 0 && graph.processes[process].takesDown
        && !graph.unitsEverHit(byProcess: process).isDisjoint(with: units)
    }
    further = edge.further
    furtherEdges = edge.furtherEdges
    patienceHours = edge.policies.timeout?.hours ?? .infinity
    shortestPatienceHours = patience.shortestHours
    lateFromHours = patience.lateFromHours
    let addsUp = patience.addsUp || !processes.isEmpty
    lateFromHoursOfOne = addsUp && lateFromHours < .infinity ? 0 : lateFromHours
    downFromShare = min(
      EdgeStandings.all, edge.policies.breaker?.trip.threshold?.failures.value ?? 1)
    slowCalls = patience.slowCalls
    ownSlowCalls = SlowThreshold(edge.policies)
    hasBreaker = edge.policies.breaker != nil
    isPlain = processes.isEmpty && furtherEdges.isEmpty
  }

  /// How near calls are to being lost all of them; 1: they are. For a breaker it is the share of its threshold that is reached.
  func pressure(_ answers: SerialAnswers, _ slowAnswers: SlowAnswers) -> Double {
    let failed = answers.failedShare(patienceHours: patienceHours, slowAnswers) / downFromShare
    return max(failed, ownSlowCalls?.pressure(answers, slowAnswers) ?? 0)
  }

  /// From which pressure on chance may open a breaker before long.
  static let opensByChance = 0.5

  /// The plans of all edges of a graph.
  static func all(_ graph: CompiledGraph) -> [CalleePlan] {
    zip(graph.edges, Patience.all(graph.edges)).map { CalleePlan($0, graph, $1) }
  }
}

/// The slow calls by which a breaker opens.
struct SlowThreshold: Equatable {
  /// Calls are slow that take longer.
  let longerThanHours: Double
  /// The share of them at which it opens, and that of failures.
  let share: Double
  let failures: Double

  /// `nil` where slow calls open no breaker; those given up sooner are none.
  init?(_ policies: EdgePolicies) {
    guard let threshold = policies.breaker?.trip.threshold, let slow = threshold.slow,
      slow.longerThan.hours < policies.timeout?.hours ?? .infinity
    else { return nil }
    (longerThanHours, share, failures) = (
      slow.longerThan.hours, slow.share.value, threshold.failures.value
    )
  }

  /// How much of the share at which it opens is slow; 1: it opens.
  func pressure(_ answers: SerialAnswers, _ slowAnswers: SlowAnswers) -> Double {
    answers.answeredShare * answers.lateShare(longerThanHours, slowAnswers) / share
  }

  /// The share of failures that is as bad.
  func asFailedShare(_ answers: SerialAnswers, _ slowAnswers: SlowAnswers) -> Double {
    pressure(answers, slowAnswers) * failures
  }
}

/// What lateness makes a difference to the calls of a dependency, and to those of which they are made.
private struct Patience: Equatable {
  var shortestHours: Double
  var lateFromHours: Double
  var slowCalls: SlowThreshold?
  /// Whether they wait for several answers, which are late together however little each is.
  let addsUp: Bool

  init(_ edge: CompiledEdge) {
    let policies = edge.policies
    let countsTime =
      policies.callerPool != nil || policies.bulkhead != nil || policies.breaker?.trip.threshold?.slow != nil
    shortestHours = policies.timeout?.hours ?? .infinity
    lateFromHours = countsTime ? 0 : shortestHours
    slowCalls = SlowThreshold(policies)
    addsUp = edge.further.contains { $0.edges.count + $0.alternatives.count > 1 }
  }

  /// That of each of some dependencies: those further down hear from those above.
  static func all(_ edges: [CompiledEdge]) -> [Patience] {
    var found = edges.map { Patience($0) }
    let furtherEdges = edges.map(\.furtherEdges)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for edge in edges.indices {
        for further in furtherEdges[edge] where found[further].hears(found[edge]) { hasChanged = true }
      }
    }
    return found
  }

  /// Takes over what makes a difference to calls of which these are made; whether that is news.
  private mutating func hears(_ above: Patience) -> Bool {
    let before = self
    shortestHours = min(shortestHours, above.shortestHours)
    lateFromHours = above.addsUp ? 0 : min(lateFromHours, above.lateFromHours)
    if let slow = above.slowCalls, slow.longerThanHours < slowCalls?.longerThanHours ?? .infinity {
      slowCalls = slow
    }
    return self != before
  }
}

extension CompiledEdge {
  /// The dependencies that decide what becomes of its calls.
  fileprivate var furtherEdges: [Int] { Set(further.flatMap(\.edges)).sorted() }
}
