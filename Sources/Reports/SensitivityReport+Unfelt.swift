public import ServiceGraph

extension SensitivityReport {
  /// What the numbers of a model decide that the exact engine does not follow, so that varying them shows nothing of it.
  public static func unfelt(by graph: CompiledGraph) -> [String] {
    var notes: [String] = []
    for index in graph.capabilities.indices {
      let own =
        graph.policiesLeftOut(ofCapability: index) + graph.simulatedOnly(ofCapability: index, .variation)
      for text in own where !notes.contains(text) { notes.append(text) }
    }
    if !graph.queues.isEmpty {
      notes.append("queues change no availability, so their numbers are not varied")
    }
    return notes.map { "Not felt here: \($0)." }
  }
}
