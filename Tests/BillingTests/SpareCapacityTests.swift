import Billing
import CloudCost
import Testing

@Suite("What a model says of spare capacity")
struct SpareCapacityTests {
  private static let prices = [
    BilledModel.price("ec2", "instance/m5.large", "0.096", unit: "hour"),
    BilledModel.price("ec2", "instance/m5.large", "0.060", unit: "hour", purchase: "reserved-1y-no-upfront"),
  ]
  private static let spot = BilledModel.price(
    "ec2", "instance/m5.large", "0.035", unit: "hour", purchase: "spot")

  private static func spare(_ costs: String, replicas: String = "1", _ more: [Price] = []) throws
    -> CommittableDemand.SpareCapacity?
  {
    let model = try BilledModel.costing(costs, replicas: replicas)
    return try CommittableDemand.all(of: model, at: BilledModel.book(prices + more)).first?.spare
  }

  /// The mode of the component is thinned by the 40 % that is spot; a spot unit has the whole rate, 2 in 730 h.
  @Test(
    "The rate is that of a unit that is bought so, whatever share is",
    arguments: ["spot", "{on-demand: 60 %, spot: 40 %}"])
  func rate(bought: String) throws {
    let spare = try #require(
      try Self.spare(
        "vm: {aws-ec2: {type: m5.large}, bought: \(bought), interrupted: {mtbf: 365 h, lasts: 3 min}}",
        replicas: "3", [Self.spot]))
    let perHour = try #require(spare.interruptionsPerHour)
    #expect(abs(perHour - 1.0 / 365) < 1e-12)
    #expect(spare.perHour == 0.035)
    #expect(spare.modes == ["api/vm-interruption"])
  }

  @Test("What says nothing is unknown")
  func unknown() throws {
    let spare = try #require(try Self.spare("vm: {aws-ec2: {type: m5.large}}"))
    #expect(spare.interruptionsPerHour == nil && spare.perHour == nil && spare.modes.isEmpty)
  }
}
