internal import Diagnostics
internal import Stochastics

extension ModelResolver {
  /// What the units of a component need and take to start; `nil` when they are up at once.
  mutating func resolveStart(of component: ComponentDraft) -> StartRule? {
    guard let start = component.start else { return nil }
    if component.standby != nil || component.loadSharing != nil {
      report(
        "start-with-standby",
        "\(component.name.value) states a start, and its replicas stand by or share their load; the two together are "
          + "not supported", at: start.location, help: "leave start: out, or count the start into recover:")
    }
    var gates: [StartGate] = []
    for gate in start.value.gates {
      guard let targets = resolve(gate.dependency) else { continue }
      gates.append(
        StartGate(
          label: targets.label, requirement: targets.requirement,
          isNeededAfterwards: gate.isNeededAfterwards))
    }
    for name in start.value.readyWhen {
      guard let target = resolve(name) else { continue }
      gates.append(StartGate(label: name.value, requirement: .one(target), isNeededAfterwards: true))
    }
    return StartRule(takes: start.value.takes, gates: gates)
  }

  /// What a component needs hard because its readiness check asks for it.
  func readinessDependencies(of component: ComponentDraft, _ start: StartRule?) -> [Dependency<Target>] {
    let asked = Set(component.start?.value.readyWhen.map(\.value) ?? [])
    let stated = Set(component.dependencies.filter { $0.strength == .hard }.map(\.label))
    return (start?.gates ?? []).filter { asked.contains($0.label) && !stated.contains($0.label) }.map {
      Dependency(label: $0.label, requirement: $0.requirement, strength: .hard)
    }
  }

  /// What starts after something that waits for it would never start.
  mutating func checkStartCycles(_ components: [Component]) {
    let hard = components.map { component in
      component.dependencies.filter { $0.strength == .hard }.flatMap(\.requirement.references).map(
        \.component)
    }
    guard firstCycle(hard) == nil else { return }
    let edges = components.indices.map { index in
      hard[index] + (components[index].start?.gates ?? []).flatMap(\.requirement.references).map(\.component)
    }
    guard let cycle = firstCycle(edges) else { return }
    let names = (cycle + [cycle[0]]).map { components[$0].name }
    let shown = names.count > 14 ? names.prefix(7) + ["…"] + names.suffix(6) : names[...]
    report(
      "start-cycle", "what is needed to start runs in a circle: \(shown.joined(separator: " → "))",
      at: draft.components[cycle[0]].name.location,
      help: "after a loss of them all none could start; leave one of the start: gates out")
  }
}
