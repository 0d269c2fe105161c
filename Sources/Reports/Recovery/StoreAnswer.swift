internal import Quantities
internal import Recovery
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What one failure takes of one component's data, worked out once for all sections.
struct StoreAnswer {
  let failure: StoreFailure
  let store: String
  let outcome: RecoveryScenario.Outcome
  let results: [RecoveryObjective.Result]
  /// How often it happens in a year of the model; `nil`: not known.
  let perYear: Double?

  /// One for each failure that takes data, in the order of the model.
  static func all(_ graph: CompiledGraph) -> [StoreAnswer] {
    let (losses, moves) = (graph.dataLosses, graph.dataMoves)
    let failures = graph.model.storeFailures
    return failures.indices.map { number in
      let failure = failures[number]
      let outcome = failure.scenario.outcome()
      let own =
        losses.filter { $0.failure == number }.map { graph.processes[$0.process].frequencyPerHour }
        + moves.filter { $0.failure == number && $0.hitsHolder }.map {
          frequencyPerHour(graph.processes[$0.process], outcome)
        }
      let isKnown = !own.isEmpty && own.allSatisfy { $0 != nil }
      let perHour = own.reduce(0) { $0 + ($1 ?? 0) }
      return StoreAnswer(
        failure: failure, store: graph.model.components[failure.component].name, outcome: outcome,
        results: failure.objectives.map { $0.result(of: failure.scenario) },
        perYear: isKnown ? perHour * graph.model.conventions.hoursPerYear : nil)
    }
  }

  /// How often a process takes down whoever holds a role, in an hour: 1 / (mean up time + mean time without the role), since
  /// another unit holds it while the first is repaired. Exact for exponential up times of alike units of which one is up.
  private static func frequencyPerHour(
    _ process: RenewalProcess, _ outcome: RecoveryScenario.Outcome
  ) -> Double? {
    guard let uptime = process.uptime, let outage = process.meanOutageHours else { return nil }
    return 1 / (uptime.mean + min(outage, outcome.recovery.mean()?.value ?? outage))
  }

  /// Hours of writes lost in a year on average, without losses of everything: how often × the mean of what is lost.
  var lostHoursPerYear: Double? {
    guard let perYear, let some = outcome.loss.probabilityOfValue() else { return nil }
    guard some.value > 0 else { return nil }
    return outcome.loss.mean().map { perYear * some.value * $0.value }
  }

  /// What it is restored from, with shares where there are several.
  var sources: String {
    let used = outcome.sources.filter { $0.share.value > 0 }
    guard let first = used.first else { return "nothing is left" }
    return used.count == 1
      ? first.name : used.map { "\($0.name) \(percentage($0.share.value))" }.joined(separator: ", ")
  }
}

/// A time, or what stands for one that never comes.
func spanText(_ hours: Double, never: String = "never") -> String {
  hours.isFinite ? TimeSpan(hours: hours)?.description ?? never : never
}

extension TimeSpan {
  /// What is promised: as a person says it where that is all of it, else in one unit.
  var promiseText: String { (try? TimeSpan(parsing: description)) == self ? description : exactText }
}

extension Distribution {
  /// What is lost by a law in hours: itself where it is always the same, else its mean.
  var lossText: String {
    let text = TimeSpan(hours: mean)?.description ?? "all"
    return self is Deterministic ? text : "\(text) on average"
  }
}
