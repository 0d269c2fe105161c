internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

extension CompiledGraph {
  /// How long a process runs before time 0 beyond its outages, until it does not matter any more that every unit was at
  /// home and every age new: ten times the mean time between losses of a node, and ten mean up times on an operating
  /// clock, as the calendar counts them.
  func forgettingHours(of number: Int) -> Double {
    max(placeHours(of: number), clockHours(of: number))
  }

  /// A unit's place is drawn anew when its node is lost.
  private func placeHours(of number: Int) -> Double {
    guard !rescheduling.isEmpty, processes[number].situation.place != nil else { return 0 }
    let nodes = Set(rescheduling.filter(\.afterHours.isFinite).flatMap { $0.nodes.joined() })
    return nodes.sorted().reduce(0) { longest, node in
      let chain = model.domains.chain(from: node)
      let perHour = processes.reduce(0) { total, process in
        guard process.takesDown, let place = process.situation.place, place.component == nil,
          chain.contains(place.domain)
        else { return total }
        return total + (process.frequencyPerHour ?? 0)
      }
      return perHour > 0 ? max(longest, 10 / perHour) : longest
    }
  }

  /// Of a process whose units age on an operating clock by a law that remembers.
  private func clockHours(of number: Int) -> Double {
    let hit = unitsEverHit(byProcess: number)
    return processes.indices.reduce(0) { longest, other in
      guard processes[other].situation.clock != .calendar, let uptime = processes[other].uptime,
        !(uptime is Exponential)
      else { return longest }
      let own = unitsEverHit(byProcess: other)
      return hit.isDisjoint(with: own) ? longest : max(longest, 10 * uptime.mean / shareUp(of: own))
    }
  }

  /// A bound from below on the share of time in which any of some units is up.
  private func shareUp(of units: Set<Int>) -> Double {
    let load = processes.reduce(0) { total, other in
      guard other.takesDown, !units.isDisjoint(with: other.units) else { return total }
      return total + other.unavailability / max(1e-6, 1 - other.unavailability)
    }
    return 1 / (1 + load)
  }
}
