internal import Quantities
internal import ServiceModel

extension CompiledGraph {
  /// What an answer that knows no events takes in place of operating clocks that a capability feels.
  func clockNote(ofCapability index: Int, _ question: Question) -> String? {
    let needed = unitsNeeded(byCapability: index)
    var names: [String] = []
    for process in processes where isApproximated(process.situation.clock, question) {
      guard !needed.isDisjoint(with: process.units), !names.contains(causes[process.cause]) else { continue }
      names.append(causes[process.cause])
    }
    guard let named = names.brief() else { return nil }
    return "clock of \(named): as if by the calendar, so more failures than on the operating clock; "
      + "relmodel simulate lets it stand still"
  }

  private func isApproximated(_ clock: AgeingClock, _ question: Question) -> Bool {
    switch clock {
    case .calendar, .alone: false
    case .exclusive: question == .overTime
    case .hindered: true
    }
  }

  /// The same for units that leave nodes which are down.
  func reschedulingNote(ofCapability index: Int) -> String? {
    let needed = unitsNeeded(byCapability: index)
    let own = rescheduling.filter { !needed.isDisjoint(with: $0.units) }
    guard !own.isEmpty else { return nil }
    let names = own.map { model.components[$0.component].name }.joined(separator: ", ")
    let stays = processes.indices.contains { number in
      holdsToTheEnd(number) && own.contains { !Set($0.units).isDisjoint(with: processes[number].units) }
    }
    return
      "reschedule of \(names): each unit is on the node where it begins, and its losses last until it would have left"
      + (stays ? "; of a place with units that stay, until its outage ends" : "")
      + (own.contains { isRuled($0) }
        ? "; as if no rule about nodes and zones left it pending" : "")
      + "; relmodel simulate follows every unit"
  }

  /// Whether a process is the failure of a place, and units that leave it are down until it ends: they hold roles, or the
  /// process is one of several that depend on each other.
  private func holdsToTheEnd(_ number: Int) -> Bool {
    let process = processes[number]
    guard process.takesDown, let place = process.situation.place, place.component == nil,
      process.situation.boundShare == 1
    else { return false }
    let left = Set(process.situation.leaving.flatMap(\.units))
    return left.isEmpty || dependentGroups.contains { $0.processes.contains(number) }
      || movingRoles.contains { !left.isDisjoint(with: $0.units) }
  }

  /// Whether a rule may keep units of a component from nodes.
  private func isRuled(_ own: ReschedulingComponent) -> Bool {
    PlaceRules(of: 0, among: [own.component], on: Set(own.nodes.joined()).sorted(), in: model).areAny
      || model.components.contains { other in
        other.placement.from.contains { $0.component == own.component && $0.rules.isRequired }
      }
  }
}
