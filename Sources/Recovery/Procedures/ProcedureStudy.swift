internal import Quantities
public import Stochastics

/// How long a procedure takes when its steps vary.
public struct ProcedureStudy: Sendable {
  /// One step's part in it.
  public struct Step: Sendable {
    /// Its name.
    public let name: String
    /// The mean time until it has worked, in hours.
    public let meanHours: Double
    /// The share of runs in which the service would be back later if it took longer: its criticality index.
    ///
    /// Source: Van Slyke, "Monte Carlo methods and the PERT problem", Operations Research 11 (1963).
    public let criticality: Estimate
  }

  /// The time until the service is back, in hours.
  public let service: OutcomeLaw
  /// The time until the last step ends, in hours.
  public let end: OutcomeLaw
  /// Each step, as written.
  public let steps: [Step]
  /// The schedule with every step at its mean: what a plan on paper shows.
  public let planned: CrewSchedule
}

/// One run of a procedure.
public struct ProcedureRun: Hashable, Sendable {
  /// When the service is back, in hours from the start.
  public let serviceHours: Double
  /// When the last step ends.
  public let endHours: Double
}

extension Procedure {
  /// A run with drawn lengths. Every step draws, in the order written, whatever the crews do.
  public func sample(using stream: inout RandomStream) -> ProcedureRun {
    let hours = steps.map { $0.sample(using: &stream) }
    var list = ListScheduling(self, hours: hours)
    list.run()
    var run = (service: 0.0, end: 0.0)
    for place in steps.indices {
      run.end = max(run.end, list.starts[place] + hours[place])
      if !steps[place].isBehind { run.service = max(run.service, list.starts[place] + hours[place]) }
    }
    return ProcedureRun(serviceHours: run.service, endHours: run.end)
  }

  /// Times and criticality: exact where every step is fixed or one follows the other, else from a sample.
  ///
  /// Each step has a stream of its own, so that two designs of one procedure see the same luck.
  ///
  /// - Complexity: O(n² draws) in the number of steps.
  public func study(_ plan: SamplingPlan = SamplingPlan(), confidence: Double = 0.95) -> ProcedureStudy {
    let planned = schedule()
    guard !steps.allSatisfy({ $0.isFixed }) else {
      return exactStudy(
        planned, service: .always(planned.serviceHours), end: .always(planned.endHours), confidence)
    }
    if isSerial, let service = serialLaw(of: .service), let end = serialLaw(of: .end) {
      return exactStudy(planned, service: service, end: end, confidence)
    }
    return sampledStudy(planned, plan, confidence)
  }

  private func exactStudy(
    _ planned: CrewSchedule, service: PiecewiseLaw, end: PiecewiseLaw, _ confidence: Double
  ) -> ProcedureStudy {
    let rows = steps.indices.map { place in
      let share = planned.steps[place].isCritical ? 1.0 : 0
      return ProcedureStudy.Step(
        name: steps[place].name, meanHours: steps[place].meanHours,
        criticality: Estimate(value: share, low: share, high: share, confidence: confidence))
    }
    return ProcedureStudy(service: .exact(service), end: .exact(end), steps: rows, planned: planned)
  }

  private func sampledStudy(
    _ planned: CrewSchedule, _ plan: SamplingPlan, _ confidence: Double
  ) -> ProcedureStudy {
    let lengths = steps.map { step in
      plan.draws("procedure/\(name)/\(step.name)") { step.sample(using: &$0) }
    }
    var critical = [Int](repeating: 0, count: steps.count)
    let runs = (0..<plan.count).map { replication in
      let drawn = schedule(hours: lengths.map { $0[replication] })
      for place in steps.indices where drawn.steps[place].isCritical { critical[place] += 1 }
      return ProcedureRun(serviceHours: drawn.serviceHours, endHours: drawn.endHours)
    }
    let rows = steps.indices.compactMap { place in
      proportionEstimate(successes: critical[place], trials: plan.count, confidence: confidence).map {
        ProcedureStudy.Step(name: steps[place].name, meanHours: steps[place].meanHours, criticality: $0)
      }
    }
    return ProcedureStudy(
      service: .sampled(SampledLaw(draws: runs.map(\.serviceHours))),
      end: .sampled(SampledLaw(draws: runs.map(\.endHours))), steps: rows, planned: planned)
  }

  /// Whether one step follows the other whatever their lengths: a chain, or a single crew that does everything.
  ///
  /// A single crew is never idle before the end, since a step that nothing else runs beside waits for nothing.
  private var isSerial: Bool {
    if crews == 1 && steps.allSatisfy({ $0.crewCount == 1 }) { return true }
    return zip(waiting.order, waiting.order.dropFirst()).allSatisfy { before, after in
      waiting.predecessors[after].contains(before)
    }
  }

  private func serialLaw(of goal: Goal, after start: PiecewiseLaw = .always(0)) -> PiecewiseLaw? {
    var law = start
    for place in steps.indices where isPart(place, of: goal) {
      guard let sum = law.adding(steps[place]) else { return nil }
      law = sum
    }
    return law
  }

  /// The law of a time and then this procedure until the service is back; `nil` when it has no exact law.
  func extending(_ law: PiecewiseLaw) -> PiecewiseLaw? {
    if steps.allSatisfy({ $0.isFixed }) { return law.adding(schedule().serviceHours) }
    return isSerial ? serialLaw(of: .service, after: law) : nil
  }
}

extension PiecewiseLaw {
  /// The law of this time and then a step; `nil` when the step has no exact law.
  func adding(_ step: ProcedureStep) -> PiecewiseLaw? {
    guard let attempts = step.attempts else { return adding(step.takes) }
    // From the last attempt back: it works, or the next one follows.
    var rest: (PiecewiseLaw) -> PiecewiseLaw? = { $0.adding(attempts.otherwise) }
    for number in (1...max(1, attempts.limit)).reversed() {
      let next = rest
      rest = { before in
        guard let worked = before.adding(step.takes) else { return nil }
        guard let failed = next(number == attempts.limit ? before : worked) else { return nil }
        return .mixture([(attempts.works.value, worked), (attempts.works.complement, failed)])
      }
    }
    return rest(self)
  }
}
