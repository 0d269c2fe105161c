public import FoundationEssentials

extension Charge {
  /// The charge of so many equal things, such as the nodes of a group.
  public func times(_ count: Decimal) -> Charge {
    guard case .known(let one) = quantity else { return self }
    return with(label: label, quantity: .known(one * count))
  }

  /// The charge under a label that says which of several equal parts it belongs to.
  public func labelled(of part: String) -> Charge {
    with(label: "\(part): \(label)", quantity: quantity)
  }

  private func with(label: String, quantity: Quantity) -> Charge {
    Charge(
      label, pricing, quantity, unit: unit, isCommittable: isCommittable, region: region, stated: stated)
  }
}
