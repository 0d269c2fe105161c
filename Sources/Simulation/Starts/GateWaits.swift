internal import ServiceGraph

/// About how long gates are down at a time, on average, as if what they stand on failed independently.
///
/// A unit that several processes hit is up with probability Π (1 − U), and goes down Π (1 − U) · Σ f / (1 − U) times an
/// hour. A gate goes down as often as one of its inputs does while just enough are up: Σ f Birnbaum's importance (Barlow and
/// Proschan, *Statistical theory of reliability and life testing*, 1975, chapter 7). Its mean time down is 1 − A over that.
struct GateWaits {
  /// How something stands in the long run.
  private struct Standing: Hashable {
    /// The share of time it is up.
    var up = 1.0
    /// How often it goes down, per hour.
    var losses = 0.0

    /// The mean time down, in hours; ∞ where it is never up.
    var hoursDown: Double { up >= 1 ? 0 : losses > 0 ? (1 - up) / losses : .infinity }
  }

  private var standings: [Standing] = []

  init(_ graph: CompiledGraph) {
    let units = GateWaits.units(graph)
    for gate in graph.gates {
      switch gate {
      case .up: standings.append(Standing())
      case .unit(let unit): standings.append(units[unit])
      case .atLeast(let required, let inputs):
        standings.append(GateWaits.atLeast(required, of: inputs.map { standings[$0] }))
      case .movingRole(_, let settled): standings.append(standings[settled])
      }
    }
  }

  /// The mean time that one of some gates is down, in hours.
  func hours(untilUp gates: [Int]) -> Double {
    GateWaits.atLeast(gates.count, of: gates.map { standings[$0] }).hoursDown
  }

  private static func units(_ graph: CompiledGraph) -> [Standing] {
    var units = [Standing](repeating: Standing(), count: graph.unitNames.count)
    for process in graph.processes where process.takesDown {
      let up = 1 - process.unavailability
      for unit in process.units {
        units[unit].losses = units[unit].losses * up + units[unit].up * (process.outagesPerHour ?? 0)
        units[unit].up *= up
      }
    }
    return units
  }

  /// What one gate may take to be worked out, in terms; larger ones count as up.
  private static let mostTerms = 4_000_000

  /// Inputs that are alike count once.
  private static func atLeast(_ required: Int, of inputs: [Standing]) -> Standing {
    guard required > 0 else { return Standing() }
    var alike: [Standing: Int] = [:]
    for input in inputs { alike[input, default: 0] += 1 }
    guard inputs.count * required <= mostTerms / (alike.count + 1) else { return Standing() }
    let distinct = alike.keys.sorted { ($0.up, $0.losses) < ($1.up, $1.losses) }
    let counts = chances(inputs.map(\.up), atMost: required)
    let up = max(0, 1 - counts[..<required].reduce(0, +))
    let losses = distinct.reduce(0) { sum, input in
      var others = inputs
      if let place = others.firstIndex(of: input) { others.remove(at: place) }
      let just = chances(others.map(\.up), atMost: required)[required - 1]
      return sum + Double(alike[input] ?? 0) * input.losses * just
    }
    return Standing(up: up, losses: losses)
  }

  /// The probabilities that 0, 1, …, fewer than `most` + 1 of independent inputs are up.
  private static func chances(_ ups: [Double], atMost most: Int) -> [Double] {
    var chances = [Double](repeating: 0, count: most + 1)
    chances[0] = 1
    for up in ups {
      for count in stride(from: most, to: 0, by: -1) {
        chances[count] = chances[count] * (1 - up) + chances[count - 1] * up
      }
      chances[0] *= 1 - up
    }
    return chances
  }
}
