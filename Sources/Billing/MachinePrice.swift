public import CloudCost
public import FoundationEssentials
public import ServiceModel

/// What an instance type has, and what an hour of it costs on demand.
public struct MachinePrice: Hashable, Sendable {
  /// The instance type.
  public let type: String
  /// All that it has.
  public let capacity: ComputeResources
  /// An hour on demand, with Linux, in the book's currency.
  public let perHour: Decimal

  /// What a book says of an instance type; `nil` where it does not price it or has no facts about it.
  public init?(_ type: String, in region: String, at book: PriceBook) {
    guard let facts = book.facts(of: type, service: "ec2", in: region),
      let capacity = ComputeResources(facts),
      let price = book.tiers(of: PriceKey("ec2", "instance/\(type)"), in: region, purchase: .onDemand).first,
      price.amount > 0
    else { return nil }
    (self.type, self.capacity, perHour) = (type, capacity, price.amount)
  }

  /// The types of the same generation that are for general use, for computing and for memory, from `large` to `4xlarge`:
  /// of `m5.2xlarge` m5, c5 and r5; a type that is none of these alone.
  public static func relatives(of type: String) -> [String] {
    let parts = type.split(separator: ".").map(String.init)
    guard parts.count == 2, let letter = parts[0].first, "mcr".contains(letter) else { return [type] }
    let sizes = ["large", "xlarge", "2xlarge", "4xlarge"]
    let related = ["m", "c", "r"].flatMap { family in sizes.map { "\(family)\(parts[0].dropFirst()).\($0)" } }
    return related.contains(type) ? related : [type] + related
  }
}
