internal import Resilience
internal import ServiceGraph

/// What makes a callee treat calls as it does, as far as one thing of that can end without another.
indirect enum CalleeMakeup: Sendable {
  /// One thing alone.
  case part(CalleePart)
  /// Several calls, and the lanes in which each is made.
  case calls([(makeup: CalleeMakeup, lanes: [Int])], CallOrder)
  /// The best that are needed among some, at once.
  case best(Int, [CalleeMakeup])
  /// The worst alone of several.
  case worst([CalleePart])
  /// What answers nothing while a gate is down, and else is as something makes it.
  case gate(Int, CalleeMakeup)

  /// Nothing: calls are answered as usual.
  static let usual = CalleeMakeup.calls([], .serial)
}

/// What has to do with how a callee treats calls.
enum EffectSource: BitwiseCopyable, Sendable {
  case edge(Int)
  case process(Int)
}

/// One of several things that together make of calls what becomes of them.
struct CalleePart: Sendable {
  let source: EffectSource
  /// How late answers are for it.
  var lateness = Lateness()
  /// The share of calls that it fails.
  var failedShare = 0.0

  init(source: EffectSource, lateness: Lateness, failedShare: Double) {
    (self.source, self.lateness, self.failedShare) = (source, lateness, failedShare)
  }

  /// What an effect is as one thing.
  init(_ effect: CalleeEffect, _ failures: CalleeFailures) {
    let hours = effect.manner.lateHours(failures)
    source = effect.source
    lateness = Lateness(hours: hours, laws: hours > 0 && hours.isFinite ? effect.manner.laws : [])
    failedShare = effect.manner.errors(failures).share
  }
}

/// What makes each callee treat calls as it does, where that is several things together.
///
/// A class, since it stands among the states of units that the event loop holds in place.
final class CalleeMakeups {
  private(set) var ofEdges: [CalleeMakeup?]

  init(count: Int) { ofEdges = [CalleeMakeup?](repeating: nil, count: count) }

  func set(_ makeup: CalleeMakeup?, of edge: Int) { ofEdges[edge] = makeup }

  func reset() { for edge in ofEdges.indices where ofEdges[edge] != nil { ofEdges[edge] = nil } }
}
