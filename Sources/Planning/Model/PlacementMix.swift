public import ServiceModel

/// What is asked of the cheapest nodes for all pods of a plan, in place of those that there are.
///
/// Pods may be on any of them, but for those whose volumes are in a zone.
public struct MixQuestion: Sendable {
  /// The pods with their rules.
  public let pods: PlacementProblem
  /// What can be bought.
  public let types: [NodeType]
  /// In how many zones.
  public let zones: Int
  /// What must be survived.
  public let loss: NodeMix.Loss

  /// The cheapest nodes found; `nil` where no number of nodes was.
  ///
  /// - Parameter effort: how many sets of nodes are looked at.
  public func answer(effort: Int) -> NodeMix? {
    NodeMix(pods, types: types, zones: zones, surviving: loss, effort: effort)
  }

  /// The question for a solver of one's own.
  ///
  /// - Parameter price: a price that is enough.
  public func programme(price: Int) -> NodeMixProgramme {
    NodeMixProgramme(pods, types: types, zones: zones, surviving: loss, price: price)
  }
}

extension PlacementPlan {
  /// What is asked of the cheapest nodes for its pods.
  public func mix(_ model: Model, of offers: [NodeOffer], surviving loss: NodeMix.Loss) -> MixQuestion {
    var pods = placement.problem
    for group in pods.groups.indices { pods.groups[group].kinds = nil }
    let types = offers.map { offer in
      NodeType(
        name: offer.name, room: model.room(of: offer, like: placement.domains.first),
        price: offer.microsPerHour)
    }
    let zones = max(1, placement.zones.compactMap(\.self).count)
    return MixQuestion(pods: pods, types: types, zones: zones, loss: loss)
  }
}
