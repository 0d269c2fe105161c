internal import Recovery
internal import ServiceGraph

extension ResultHeader {
  /// Restores that a capability may feel and of which only a sample's mean is known to the exact engine.
  func sampledRestores(ofCapability index: Int) -> [String] {
    let sampled = graph.processes.compactMap { process -> (Set<Int>, String)? in
      process.outage.compactMap { $0 as? RestoreLaw }.first { !$0.isExact }.map {
        (Set(process.units), "the mean time of the \($0) is that of 20,000 seeded draws")
      }
    }
    guard !sampled.isEmpty else { return [] }
    let needed = graph.unitsNeeded(byCapability: index)
    var notes: [String] = []
    for (units, note) in sampled where !units.isDisjoint(with: needed) && !notes.contains(note) {
      notes.append(note)
    }
    return notes
  }
}
