internal import Quantities
internal import ServiceGraph
internal import Simulation

extension SimulateReport {
  /// The roles whose beginning is not that of the long run.
  private var rolesBegunInPlace: [String] {
    result.plan.start == .steady && header.graph.rolePast == nil ? header.graph.rolesOfUnequalUnits : []
  }

  var roleNote: [Document.Block] {
    let roles = rolesBegunInPlace
    guard !roles.isEmpty else { return [] }
    let worked = header.graph.planned.isEmpty ? "" : ", or are worked on while others are not"
    return [
      .note(
        "At the beginning \(roles.joined(separator: ", ")) \(roles.count == 1 ? "is" : "are") where the model says; some units "
          + "that can take over fail more often than others\(worked), so that the first years are not quite the long run."
      )
    ]
  }

  /// The roles whose moves under way at the beginning are left out.
  var moveNote: [Document.Block] {
    guard result.plan.start == .steady else { return [] }
    let roles = header.graph.rolesBegunWithoutMoves(horizonHours: result.plan.years * 8760)
    guard !roles.isEmpty else { return [] }
    return [
      .note(
        "Moves of \(roles.joined(separator: ", ")) are taken as done at the beginning; those that are under way then in the long "
          + "run are left out.")
    ]
  }

  /// The same for programs.
  var roleJSON: [String: JSONValue] {
    let roles = rolesBegunInPlace
    return roles.isEmpty ? [:] : ["rolesBegunInPlace": .array(roles.map { .string($0) })]
  }
}
