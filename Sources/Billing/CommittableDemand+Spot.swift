internal import CloudCost
internal import FoundationEssentials
internal import Quantities
internal import ServiceModel

extension CommittableDemand {
  /// What a model and its book say of spare capacity of a kind.
  public struct SpareCapacity: Hashable, Sendable {
    /// What the book asks for an hour; `nil`: it has no such price.
    public let perHour: Double?
    /// How often a unit that is bought so is taken back, per hour; `nil`: the model does not say.
    public let interruptionsPerHour: Double?
    /// The failure modes that say so, as `component/mode`.
    public let modes: [String]

    /// What is known.
    public init(perHour: Double?, interruptionsPerHour: Double?, modes: [String]) {
      (self.perHour, self.interruptionsPerHour, self.modes) = (perHour, interruptionsPerHour, modes)
    }
  }

  /// How often units bought spot are taken back, by the `interrupted:` of what is bought: the mean over its units.
  ///
  /// The mode of a component or node is thinned by the share that is bought spot; this is the rate of a spot unit itself.
  static func spare(_ entries: [CostEntry], in model: Model, perHour: Double?) -> SpareCapacity {
    var (weighted, weight, modes) = (0.0, 0.0, [String]())
    for entry in entries {
      guard let mode = interruption(of: entry, in: model),
        case .meanTimeBetweenFailures(let span) = mode.occurrence
      else { continue }
      let share = entry.mix.reduce(0) { $0 + ($1.purchase == .spot ? Double("\($1.share)") ?? 0 : 0) }
      guard share > 0, span.hours > 0 else { continue }
      let units = RunningCount.behind(entry, in: model).likely
      let count = Double("\(units)") ?? 1
      weighted += count / (span.hours * share)
      weight += count
      modes.append("\(entry.ownerName)/\(mode.name)")
    }
    return SpareCapacity(
      perHour: perHour, interruptionsPerHour: weight > 0 ? weighted / weight : nil, modes: modes)
  }

  private static func interruption(of entry: CostEntry, in model: Model) -> FailureMode? {
    let name = "\(entry.name)-interruption"
    switch entry.owner {
    case .component(let index): return model.components[index].modes.first { $0.name == name }
    case .domain(let index):
      let own = [index] + model.domains.nodes(of: index)
      return own.lazy.compactMap { model.domains[$0].modes.first { $0.name == name } }.first
    case .model: return nil
    }
  }
}
