internal import Quantities
internal import ServiceModel
internal import Stochastics

/// How long units start after the outages of processes, on average, for answers that know no events; see `StartTimes`.
struct StartDelays {
  private let model: Model
  private let times: StartTimes

  init(_ model: Model) {
    self.model = model
    times = StartTimes(model)
  }

  /// The processes with the times after them until the units that they took down have started.
  func lengthening(_ processes: [RenewalProcess], firstUnit: [Int]) -> [RenewalProcess] {
    guard !times.isEmpty else { return processes }
    let componentOfUnit = model.components.enumerated().flatMap { index, component in
      component.units.map { _ in index }
    }
    let lengths = startLengths(processes, componentOfUnit)
    var known: [StartTimes.Hit: [Double]] = [:]
    return processes.map { process in
      guard process.takesDown, process.restartsUnits, process.uptime != nil, process.meanOutageHours != nil,
        process.units.contains(where: { model.components[componentOfUnit[$0]].start != nil })
      else { return process }
      var hit = StartTimes.Hit()
      for unit in process.units {
        let component = componentOfUnit[unit]
        guard model.components[component].start != nil else { continue }
        times.add(unit - firstUnit[component], of: component, to: &hit)
      }
      let hours = known[hit] ?? times.hours(restarting: hit, lengths).units
      known[hit] = hours
      let after = process.units.map { hours[componentOfUnit[$0]] }
      // Where units leave a place while others stay, the last start counts for all that it holds.
      guard process.situation.leaving.isEmpty else {
        return process.starting(after: [after.max() ?? 0], isApart: false)
      }
      // What the chain of a role shares with others is the outage alone: it follows the starts itself.
      let hitsRoles = process.units.contains { !model.components[componentOfUnit[$0]].failovers.isEmpty }
      return process.starting(
        after: after, isApart: hitsRoles && Set(process.units.map { componentOfUnit[$0] }).count > 1)
    }
  }

  /// For each component: how long a start takes, in hours; where it varies, the fixed time that as many starts survive.
  ///
  /// Of starts S of a unit that fails at a rate Λ, of all that takes it down, E[e^(−ΛS)] come to their end: as many as
  /// of those of −ln E[e^(−ΛS)] / Λ, which is the mean where failures are rare.
  private func startLengths(_ processes: [RenewalProcess], _ componentOfUnit: [Int]) -> [Double] {
    var rates = [Double](repeating: 0, count: componentOfUnit.count)
    for process in processes where process.takesDown && process.restartsUnits {
      guard process.situation.clock == .calendar, let uptime = process.uptime, uptime.mean > 0 else {
        continue
      }
      for unit in process.units { rates[unit] += 1 / uptime.mean }
    }
    var highest = [Double](repeating: 0, count: model.components.count)
    for (component, rate) in zip(componentOfUnit, rates) {
      highest[component] = max(highest[component], rate)
    }
    return zip(model.components, highest).map { component, rate in
      component.start?.takes.map { StartDelays.length($0, rate: rate, name: component.name) } ?? 0
    }
  }

  private static func length(_ takes: any Distribution, rate: Double, name: String) -> Double {
    guard takes.variance > 0, rate > 0, let next = try? Exponential(mean: 1 / rate) else { return takes.mean }
    // 1 − E[e^(−ΛS)] = Λ E[min(S, a time of rate Λ)].
    let missed = rate * MeanMinimum.value([next], [takes], streamName: "\(name)/start-mean")
    return min(takes.mean, -portableLog1p(-min(missed, 1 - 1e-12)) / rate)
  }
}
