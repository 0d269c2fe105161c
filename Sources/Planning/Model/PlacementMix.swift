public import ServiceModel

extension PlacementPlan {
  /// The cheapest nodes found for all pods, in place of those that there are.
  ///
  /// Pods may be on any of them, but for those whose volumes are in a zone.
  public func mix(_ model: Model, of offers: [NodeOffer], surviving loss: NodeMix.Loss, effort: Int)
    -> NodeMix?
  {
    var pods = placement.problem
    for group in pods.groups.indices { pods.groups[group].kinds = nil }
    let types = offers.map { offer in
      NodeType(
        name: offer.name, room: model.room(of: offer, like: placement.domains.first),
        price: offer.microsPerHour)
    }
    let zones = max(1, placement.zones.compactMap(\.self).count)
    return NodeMix(pods, types: types, zones: zones, surviving: loss, effort: effort)
  }
}
