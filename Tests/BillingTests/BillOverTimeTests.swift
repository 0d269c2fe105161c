import Billing
import CloudCost
import Foundation
import Testing

@Suite struct BillOverTimeTests {
  let book = BilledModel.book([
    BilledModel.price("ec2", "instance/m5.large", "0.10", unit: "hour"),
    BilledModel.price(
      "ec2", "instance/m5.large", "0.03", unit: "hour", purchase: "reserved-1y-partial-upfront",
      upfront: "240"),
    BilledModel.price("ebs", "gp3", "0.08", unit: "GB-month"),
  ])

  /// 100 GB that grow by a fifth a year: Σ 8 · 1.2^(m/12), and after a year exactly a fifth more.
  @Test func growthIsGeometric() throws {
    let model = try BilledModel.costing("disk: {aws-ebs: {size: 100 GB}}")
    let projection = try BillProjection(of: model, at: book, years: 2, growth: Growth(perYear: 0.2))
    #expect(projection.months[0].amortised == 8)
    #expect(abs(projection.months[12].amortised - BilledModel.dollars("9.6")) < BilledModel.dollars("1e-12"))
    let sum = (0..<24).map { 8 * pow(1.2, Double($0) / 12) }.reduce(0, +)
    #expect(abs(Double("\(projection.total)")! - sum) < 1e-9)
    #expect(projection.years.map(\.amortised).reduce(0, +) == projection.total)
  }

  /// What is paid at the start leaves in months 1 and 13; every month bears a twelfth of it.
  @Test func commitmentsAreRenewed() throws {
    let model = try BilledModel.costing(
      "vm: {aws-ec2: {type: m5.large}, bought: reserved-1y-partial-upfront}")
    let projection = try BillProjection(of: model, at: book, years: 2, growth: Growth(perYear: 0))
    let recurring = BilledModel.dollars("21.9")
    #expect(projection.months.map(\.cash).filter { $0 != recurring } == [recurring + 240, recurring + 240])
    #expect(projection.months.allSatisfy { $0.amortised == recurring + 20 })
    #expect(projection.years.map(\.cash) == projection.years.map(\.amortised))
  }

  /// A lognormal size between 50 GB and 200 GB (90 %): its median is 100 GB, its P90 100 · 4^(1.2816 / (2 · 1.6449)).
  @Test func percentilesHoldTheLaw() throws {
    let model = try BilledModel.costing(
      "disk: {aws-ebs: {size: {value: 100 GB, uncertain: {low: 50 GB, high: 200 GB}}}}")
    let drawn = try #require(try UncertainBill.drawing(2_000, of: model, at: book, seed: 7))
    for (probability, z) in [(0.1, -1.2815516), (0.5, 0), (0.9, 1.2815516)] {
      let law = 8 * pow(4, z / (2 * 1.6448536))
      let interval = drawn.interval(of: probability)
      #expect(Double("\(interval.low)")! < law && law < Double("\(interval.high)")!, "P\(probability)")
    }
    let again = try #require(try UncertainBill.drawing(2_000, of: model, at: book, seed: 7))
    #expect(again.draws == drawn.draws)
  }

  /// Between 2 and 6 nodes, drawn evenly: the mean is 4, within three standard errors.
  @Test func openCountsAreDrawn() throws {
    let model = try BilledModel.model(
      """
      domains:
        workers:
          kind: pool
          nodes: {count: 3}
          allocatable: {cpu: 4, memory: 8 GB}
          autoscaling: {min: 2, max: 6}
          costs: {vm: {aws-ec2: {type: m5.large}, per: node}}
      capabilities: {service: {depends-on: {api: hard}, demand: {api: 1}}}
      components:
        api:
          replicas: {count: 2, required: 1, spread: workers}
          requests: {cpu: 1, memory: 1 GB}
          autoscaling: {min: 2, max: 6, target: 70 %}
      """)
    let drawn = try #require(try UncertainBill.drawing(2_000, of: model, at: book, seed: 1))
    let error = 73 * 4 / (12.0 * 2_000).squareRoot()
    #expect(abs(Double("\(drawn.mean)")! - 4 * 73) < 3 * error)
    #expect(drawn.draws.first! >= 146 && drawn.draws.last! <= 438)
  }

  @Test func nothingUncertainIsNotDrawn() throws {
    let model = try BilledModel.costing("disk: {aws-ebs: {size: 100 GB}}")
    #expect(try UncertainBill.drawing(10, of: model, at: book, seed: 1) == nil)
  }

  @Test(arguments: [
    ["0.005", "0.005", "0.005"], ["1.234", "2.345", "-0.001"], ["10", "0.333", "0.333", "0.334"], [],
  ]) func printedPartsAddUp(_ amounts: [String]) {
    let exact = amounts.map(BilledModel.dollars)
    let parts = Cents.parts(exact)
    #expect(parts.reduce(0, +) == Cents.rounded(exact.reduce(0, +)))
    #expect(zip(parts, exact).allSatisfy { abs($0 - $1) < BilledModel.dollars("0.01") })
  }
}
