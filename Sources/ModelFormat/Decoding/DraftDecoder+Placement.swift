internal import Diagnostics
internal import ServiceModel

extension DraftDecoder {
  /// Where the units of a component may be beside each other.
  func placement(of component: Reading) -> PlacementDraft {
    var draft = PlacementDraft()
    if let reading = component["anti-affinity"] {
      draft.apart = Located(separation(reading), at: reading.location)
      draft.from =
        reading["from"]?.entries.map { ComponentSeparationDraft($0.name, separation($0.value)) } ?? []
    }
    draft.spreads = TopologySpread.Topology.allCases.compactMap { topology in
      component["topology-spread"]?[topology.rawValue].flatMap { spread(over: topology, $0) }
    }
    draft.volumesInZones =
      component["data"]?["volumes"]?.entries.compactMap { entry in
        entry.value["reach"]?.text == "zone" ? entry.name : nil
      } ?? []
    draft.limits = resources(component["limits"])
    return draft
  }

  private func separation(_ reading: Reading) -> SeparationRules {
    var rules = SeparationRules()
    rules.nodes = reading["nodes"]?.text.flatMap(SeparationRules.Strength.init)
    rules.zones = reading["zones"]?.text.flatMap(SeparationRules.Strength.init)
    return rules
  }

  private func spread(over topology: TopologySpread.Topology, _ reading: Reading) -> TopologySpreadDraft? {
    guard let maxSkew = reading["max-skew"]?.integer else { return nil }
    var draft = TopologySpreadDraft(topology: Located(topology, at: reading.location), maxSkew: maxSkew)
    draft.minDomains = reading["min-domains"]?.integer
    draft.whenUnsatisfiable = reading["when-unsatisfiable"]?.text.flatMap(TopologySpread.Unsatisfiable.init)
    return draft
  }

  /// What a node is, or each node of a pool.
  func shape(of domain: Reading) -> NodeShapeDraft {
    var draft = NodeShapeDraft()
    draft.machine = domain["machine"]?.locatedText
    draft.capacity = resources(domain["capacity"])
    draft.reserved = resources(domain["reserved"])
    draft.daemons = resources(domain["daemons"])
    draft.mostUnits = domain["max-pods"]?.integer
    draft.cpuAlert = alert(domain["alert"]?["cpu"])
    draft.memoryAlert = alert(domain["alert"]?["memory"])
    return draft
  }
}
