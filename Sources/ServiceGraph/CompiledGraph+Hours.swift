internal import ServiceModel

extension CompiledGraph {
  /// The failures that a capability feels and that come, or are repaired, rather at some hours than at others, in the order
  /// of the model.
  public func causesThatKeepHours(ofCapability index: Int) -> [String] {
    let needed = unitsNeeded(byCapability: index)
    let responding = Set(watched.filter { $0.tier != nil }.map(\.process))
    var found: [String] = []
    for (number, process) in processes.enumerated() {
      guard process.season != nil || process.overload != nil || responding.contains(number) else { continue }
      let cause = causes[process.cause]
      if !needed.isDisjoint(with: process.units), !found.contains(cause) { found.append(cause) }
    }
    return found
  }
}
