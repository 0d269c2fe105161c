public import Stochastics

/// A component that takes time to start and waits for others before it does.
public struct StartingComponent: Sendable {
  /// Its name, unique within the start order.
  public let name: String
  /// How long it takes to start once it may, in hours.
  public let takes: any Distribution
  /// What must be ready before it starts, and makes no difference afterwards.
  public let startsAfter: [String]
  /// What must be ready before it starts, and without which it is not ready either while it runs.
  public let readyWith: [String]

  /// A component; one that is named twice among those it waits for counts once.
  public init(
    name: String, takes: any Distribution, startsAfter: [String] = [], readyWith: [String] = []
  ) {
    self.name = name
    self.takes = takes
    self.startsAfter = startsAfter
    self.readyWith = readyWith
  }
}

/// In which order components start, and when each is ready.
public struct StartOrder: Sendable {
  /// The components, as written.
  public let components: [StartingComponent]
  private let waiting: WaitingOrder
  private let gates: [[Int]]

  /// - Throws: everything that is wrong: no components, two of one name, an unknown one, or gates that wait for
  ///   themselves (with the path).
  public init(_ components: [StartingComponent]) throws(InvalidRecovery) {
    self.components = components
    let names = components.map(\.name)
    waiting = try WaitingOrder(
      names: names, waitsFor: components.map { $0.startsAfter + $0.readyWith }, kind: "component",
      owner: "start order")
    gates = components.map { component in names.indices.filter { component.readyWith.contains(names[$0]) } }
  }

  /// What one component does while others start.
  public struct Readiness: Hashable, Sendable {
    /// Why it is not ready at once.
    public enum Reason: Hashable, Sendable {
      /// It starts, after waiting so long for its gates, in hours.
      case starts(waitHours: Double)
      /// It runs, and what it is ready with is not.
      case waits(for: [String])
      /// It runs on as if nothing had happened.
      case ready
    }

    /// Its name.
    public let name: String
    /// When it is ready, in hours from the beginning.
    public let readyHours: Double
    /// Why it was not before.
    public let reason: Reason
    /// Whether everything would be ready later if it started more slowly.
    public let isCritical: Bool
  }

  /// When each is ready after all are down at once, with mean starting times.
  public var afterEverythingIsDown: [Readiness] {
    readiness(restarting: Set(components.map(\.name)))
  }

  /// When each is ready after these have to start again, with mean or given starting times, in hours.
  ///
  /// A component that runs does not start again because one that it started after does; it is not ready while one
  /// that it is ready with is not.
  ///
  /// - Parameter hours: the starting time of each component, as many as there are components.
  public func readiness(restarting names: Set<String>, hours: [Double]? = nil) -> [Readiness] {
    let hours = hours ?? components.map(\.takes.mean)
    let times = times(restarting: names, hours: hours)
    let binding = BindingSteps(
      starts: times.begin, finishes: times.ready, length: times.ready.max() ?? 0)
    let late = components.indices.filter { times.ready[$0] > 0 }
    let critical = binding.followed(from: late) { place in
      names.contains(components[place].name) ? waiting.predecessors[place] : gates[place]
    }.all
    return components.indices.map { place in
      Readiness(
        name: components[place].name, readyHours: times.ready[place],
        reason: reason(place, restarting: names, times), isCritical: critical.contains(place))
    }
  }

  /// The components one after another that decide when all are ready after everything is down.
  public var criticalPath: [String] {
    let times = times(restarting: Set(components.map(\.name)), hours: components.map(\.takes.mean))
    let binding = BindingSteps(
      starts: times.begin, finishes: times.ready, length: times.ready.max() ?? 0)
    return binding.followed(from: Array(components.indices)) { waiting.predecessors[$0] }.path
      .map { components[$0].name }
  }

  /// The components that would wait, now or at their own next start, while this one starts again: those not ready, and
  /// those that could not start.
  public func waiting(on name: String) -> (notReady: [String], couldNotStart: [String]) {
    let rows = readiness(restarting: [name])
    let late = Set(rows.filter { $0.readyHours > 0 && $0.name != name }.map(\.name))
    let blocked = components.filter { component in
      !late.contains(component.name)
        && (component.startsAfter + component.readyWith).contains { $0 == name || late.contains($0) }
    }
    return (rows.map(\.name).filter(late.contains), blocked.map(\.name))
  }

  /// A draw of when each is ready, as written, in hours. Every component draws, so that the draws do not depend on
  /// which have to start.
  public func sample(restarting names: Set<String>, using stream: inout RandomStream) -> [Double] {
    let hours = components.map { $0.takes.sample(using: &stream) }
    return times(restarting: names, hours: hours).ready
  }

  /// The law of when one is ready, in hours; `nil` for a name that is not there. Exact where every starting time is
  /// fixed.
  public func readyLaw(
    of name: String, restarting names: Set<String>, _ plan: SamplingPlan = SamplingPlan()
  ) -> OutcomeLaw? {
    guard let place = components.firstIndex(where: { $0.name == name }) else { return nil }
    if components.allSatisfy({ $0.takes is Deterministic }) {
      return .exact(.always(readiness(restarting: names)[place].readyHours))
    }
    return .sampled(plan.law("start") { sample(restarting: names, using: &$0)[place] })
  }

  private func times(restarting names: Set<String>, hours: [Double]) -> (begin: [Double], ready: [Double]) {
    var begin = [Double](repeating: 0, count: components.count)
    var ready = begin
    for place in waiting.order {
      let starts = names.contains(components[place].name)
      begin[place] = (starts ? waiting.predecessors : gates)[place].map { ready[$0] }.max() ?? 0
      ready[place] = begin[place] + (starts ? hours[place] : 0)
    }
    return (begin, ready)
  }

  private func reason(
    _ place: Int, restarting names: Set<String>, _ times: (begin: [Double], ready: [Double])
  ) -> Readiness.Reason {
    if names.contains(components[place].name) { return .starts(waitHours: times.begin[place]) }
    guard times.ready[place] > 0 else { return .ready }
    return .waits(for: gates[place].filter { times.ready[$0] > 0 }.map { components[$0].name })
  }
}
