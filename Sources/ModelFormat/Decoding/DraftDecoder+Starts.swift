internal import Diagnostics
internal import ServiceModel

extension DraftDecoder {
  /// What a component takes and needs to start: its own start, and the dependencies that are gates of it.
  mutating func start(of component: Reading) -> Located<StartDraft>? {
    var draft = StartDraft()
    var place = component["start"]?.location
    draft.takes = component["start"]?["takes"].flatMap { laws.law($0) }
    draft.readyWhen = component["start"]?["ready-when"]?.items.compactMap(\.locatedText) ?? []
    for entry in component["depends-on"]?.entries ?? [] {
      guard let gate = entry.value["start"], let word = gate.text else { continue }
      refuseLoss(entry.name, entry.value, gate: word)
      let dependency = Dependency(
        label: entry.name.value, requirement: group(entry.value) ?? .one(entry.name), strength: .hard)
      draft.gates.append(StartDraft.Gate(dependency, isNeededAfterwards: word == "also"))
      place = place ?? gate.location
    }
    return place.map { Located(draft, at: $0) }
  }

  /// What is not needed after the start can not lose anything by being down.
  private mutating func refuseLoss(_ name: Located<String>, _ reading: Reading, gate: String) {
    guard gate == "only", let soft = reading["soft"] else { return }
    laws.findings.append(
      Diagnostic(
        slug: "start-only-and-soft",
        "\(name.value) is needed only to start, and yet something is lost while it is down",
        at: soft.location, help: "\(name.value): {soft: 20 %, start: also}"))
  }

  /// A capability is no process that starts.
  mutating func refuseStartGates(_ dependencies: Reading?) {
    for entry in dependencies?.entries ?? [] {
      guard let gate = entry.value["start"] else { continue }
      laws.findings.append(
        Diagnostic(
          slug: "start-of-capability",
          "a capability does not start; only components wait for \(entry.name.value)",
          at: gate.location, help: "\(entry.name.value): hard"))
    }
  }
}
