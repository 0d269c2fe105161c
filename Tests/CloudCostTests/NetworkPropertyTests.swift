import CloudCost
import Diagnostics
import Foundation
import Testing

/// What holds of every machine, volume, cluster and piece of network, whatever it costs.
@Suite struct NetworkPropertyTests {
  static let rows =
    EC2PriceTests.rows + EBSPriceTests.rows + EKSPriceTests.rows + LoadBalancerPriceTests.rows
    + NetworkPriceTests.rows

  /// Twice the count is twice the money of every line that has no tiers; no line is negative; each cites its price.
  @Test(arguments: rows) func linesGrowWithTheCount(_ row: ExpectedLine) throws {
    var double = row
    double.count = 2 * row.count
    let (one, two) = (try row.priced().lines, try double.priced().lines)
    for line in one + two {
      #expect((line.monthly ?? 0) >= 0 && (line.quantity ?? 0) >= 0, "\(line.label)")
      if case .known(let amount) = line.amount {
        #expect(amount.amortised == amount.recurring + amount.upfrontShare)
        #expect(line.origin?.source.isEmpty == false)
      }
    }
    guard !(one + two).contains(where: { $0.tier != nil }) else { return }
    for (line, doubled) in zip(one, two) {
      guard let monthly = line.monthly, let twice = doubled.monthly else { continue }
      // The share of what is paid once is a fraction of 36 months, cut at the 38th digit.
      #expect(abs(2 * monthly - twice) < Decimal(sign: .plus, exponent: -20, significand: 1), "\(line.label)")
    }
    #expect(one.map { $0.monthly == nil } == two.map { $0.monthly == nil })
  }

  /// Every tier begins where the one before it ends, the first at 0 and the last without end; units of an item are equal.
  @Test(arguments: ["us-east-1", "eu-west-1", "eu-central-1", "ap-south-2", "sa-east-1", "us-gov-east-1"])
  func tablesAreWhole(_ region: String) throws {
    let book = try LoadedBook.of(region: region)
    for table in book.loaded {
      let items = Dictionary(grouping: table.prices) { "\($0.key.item) \($0.purchase.text)" }
      for (name, tiers) in items {
        let sorted = tiers.sorted { $0.tier.from < $1.tier.from }
        #expect(sorted.first?.tier.from == 0 && sorted.last?.tier.upTo == nil, "\(name)")
        for (lower, upper) in zip(sorted, sorted.dropFirst()) {
          #expect(lower.tier.upTo == upper.tier.from && lower.unit == upper.unit, "\(name)")
        }
      }
      for price in table.prices {
        #expect(price.origin.standing != .own, "\(price.key) cites no source of sources.csv")
        #expect(price.amount > 0 || price.upfront > 0, "\(price.key)")
        #expect(price.origin.standing == .unverified || !price.origin.date.isEmpty, "\(price.key)")
      }
    }
  }

  /// What capacity needs to know of the classes of the JiVS documents (AWS, Amazon EC2 instance types).
  @Test(arguments: [("m5.2xlarge", 8, "32"), ("t3.large", 2, "8"), ("m3.large", 2, "7.5")])
  func classesHaveFacts(_ name: String, _ vcpu: Int, _ memory: String) throws {
    let book = try LoadedBook.of(region: "us-east-1")
    let facts = try #require(book.facts(of: name, service: "ec2", in: "us-east-1"))
    #expect(facts.vcpu == Decimal(vcpu))
    #expect(facts.memoryGiB == Decimal(string: memory))
  }
}
