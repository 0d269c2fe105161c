import Billing
import CloudCost
import Diagnostics
import Foundation
import ServiceModel
import Testing

@Suite struct BillTests {
  let book = BilledModel.book([
    BilledModel.price("ec2", "instance/m5.large", "0.10", unit: "hour"),
    BilledModel.price(
      "ec2", "instance/m5.large", "0.06", unit: "hour", purchase: "reserved-1y-no-upfront"),
    BilledModel.price(
      "ec2", "instance/m5.large", "0.03", unit: "hour", purchase: "reserved-1y-partial-upfront",
      upfront: "240"),
    BilledModel.price(
      "ec2", "instance/m5.large", "0.05", unit: "hour", purchase: "compute-savings-1y-no-upfront"),
    BilledModel.price("ec2", "instance/c5.large", "0.08", unit: "hour"),
    BilledModel.price(
      "ec2", "instance/c5.large", "0.06", unit: "hour", purchase: "compute-savings-1y-no-upfront"),
    BilledModel.price("ebs", "gp3", "0.08", unit: "GB-month"),
    BilledModel.price("transfer", "cross-az", "0.01", unit: "GB"),
    BilledModel.price("transfer", "inter-region", "0.02", unit: "GB"),
    BilledModel.price("transfer", "internet-out", "0.09", unit: "GB"),
  ])

  @Test func unitsAndSharesMultiply() throws {
    let model = try BilledModel.costing(
      "vm: {aws-ec2: {type: m5.large}, count: 2, per: unit, bought: {reserved-1y-no-upfront: 25 %, on-demand: 75 %}}",
      replicas: "4")
    let bill = try Bill(of: model, at: book)
    // Eight machines: two at 0.06, six at 0.10.
    #expect(bill.monthly == 730 * BilledModel.dollars("0.72"))
    #expect(bill.lines.compactMap(\.monthly).reduce(0, +) == bill.monthly)
    #expect(bill.sums { $0.owner }.map(\.monthly).reduce(0, +) == bill.monthly)
  }

  /// A reservation is paid for every hour, also of a machine that runs half of them.
  @Test func reservationsArePaidWhetherUsedOrNot() throws {
    let model = try BilledModel.costing(
      "vm: {aws-ec2: {type: m5.large}, hours: 365, bought: reserved-1y-partial-upfront}")
    let bill = try Bill(of: model, at: book)
    #expect(bill.recurring == 730 * BilledModel.dollars("0.03"))
    #expect(bill.upfront == 240)
    #expect(bill.monthly == 730 * BilledModel.dollars("0.03") + 20)
  }

  @Test func autoscaledUnitsFollowTheDemand() throws {
    // 2.1 units' work at 70 % are 3 units from 08:00 to 20:00, half of it 2 else: 2.5 on average.
    let model = try BilledModel.model(
      """
      capabilities:
        service:
          depends-on: {api: hard}
          demand: {api: 2.1}
          profile: {day: [{from: "00:00", load: 50 %}, {from: "08:00", load: 100 %}, {from: "20:00", load: 50 %}]}
      components:
        api:
          replicas: {count: 3, required: 1}
          autoscaling: {min: 1, max: 10, target: 70 %}
          costs: {vm: {aws-ec2: {type: m5.large}, per: unit}}
      """)
    #expect(try Bill(of: model, at: book).monthly == BilledModel.dollars("2.5") * 73)
  }

  /// The same for readers, beside two writers that are always there.
  @Test func autoscaledRolesFollowTheirDemand() throws {
    let model = try BilledModel.model(
      """
      capabilities:
        service:
          depends-on: {db: hard}
          demand: {db/writer: 1.5, db/reader: 2.1}
          profile: {day: [{from: "00:00", load: 50 %}, {from: "08:00", load: 100 %}, {from: "20:00", load: 50 %}]}
      components:
        db:
          roles: {writer: {count: 2}, reader: {count: 3, required: 1}}
          autoscaling: {role: reader, min: 1, max: 10, target: 70 %}
          costs: {vm: {aws-ec2: {type: m5.large}, per: unit}}
      """)
    #expect(try Bill(of: model, at: book).monthly == BilledModel.dollars("4.5") * 73)
  }

  /// Two thirds of the calls cross zones, and each GB is charged at both ends; responses leave to users.
  @Test func transferFollowsThePlacement() throws {
    let model = try BilledModel.model(
      """
      domains:
        us-east-1a: {kind: zone}
        us-east-1b: {kind: zone}
        us-east-1c: {kind: zone}
      capabilities:
        service: {depends-on: {api: {traffic: {calls: 100 /s, bytes: {request: 1 kB, response: 10 kB}}}}}
      components:
        api:
          replicas: {count: 3, spread: zones}
          depends-on: {db: {traffic: {calls: 1000 /s, bytes: {request: 1 kB, response: 9 kB}}}}
        db: {in: us-east-1a}
      """)
    let bill = try Bill(of: model, at: book)
    let between = BilledModel.dollars("26280") * 2 / 3 * 2 * BilledModel.dollars("0.01")
    let users = BilledModel.dollars("2628") * BilledModel.dollars("0.09")
    #expect(abs(bill.monthly - between - users) < BilledModel.dollars("0.000001"))
  }

  @Test func transferBetweenRegionsIsPaidWhereItLeaves() throws {
    let model = try BilledModel.model(
      """
      domains:
        us-east-1a: {kind: zone}
        eu-west-1a: {kind: zone}
      capabilities: {service: {depends-on: {api: hard}}}
      components:
        api: {in: us-east-1a, depends-on: {db: {traffic: {calls: 1 /s, bytes: {request: 1 MB, response: 1 B}}}}}
        db: {in: eu-west-1a}
      """)
    let bill = try Bill(of: model, at: book)
    let legs = DerivedTransfer(of: model).flows.flatMap(\.betweenRegions)
    #expect(legs.map(\.from) == ["eu-west-1", "us-east-1"])
    #expect(bill.monthly == BilledModel.dollars("2628") * BilledModel.dollars("0.02"))
    #expect(bill.unknown.map(\.region) == ["eu-west-1"])
  }

  @Test(arguments: [
    ("vm: {aws-ec2: {type: m5.larg}}", "unknown-class"),
    ("vm: {aws-ec2: {type: m5.large}, region: us-east-9}", "unknown-name"),
    ("disk: {aws-ebs: {size: -5 GB}}", "bad-value"),
    ("vm: {aws-ec2: {type: m5.large}, bought: {spot: 50 %}}", "shares-of-purchase"),
    ("vm: {aws-ec2: {type: m5.large}, bought: reserved-2y}", "unknown-name"),
    ("vm: {aws-ec2: {type: m5.large}, hours: 800}", "hours-of-month"),
    ("vm: {aws-ec2: {type: m5.large}, per: node}", "scope-of-cost"),
    ("vm: {aws-ec2: {type: m5.large}, interrupted: {rate: 1 /month, lasts: 3 min}}", "nothing-to-interrupt"),
    ("vm: {count: 2}", "missing-key"),
    ("vm: {aws-ec2: {type: m5.large}, aws-ebs: {size: 1 GB}}", "either-or"),
  ]) func mistakesAreLocated(_ costs: String, slug: String) throws {
    do {
      _ = try Bill(of: try BilledModel.costing(costs), at: book)
      Issue.record("nothing was found in \(costs)")
    } catch let findings as Findings {
      #expect(findings.diagnostics.map(\.slug).contains(slug), "\(findings.diagnostics)")
      #expect(findings.diagnostics.allSatisfy { $0.location != nil })
    }
  }

  @Test func withoutARegionNothingIsPriced() throws {
    #expect(throws: Findings.self) {
      try BilledModel.costing("vm: {aws-ec2: {type: m5.large}}\nprices: {}")
    }
  }

  /// A pool that buys m5.2xlarge has 8 vCPU and 32 GiB for units on each node, unless it says what it has.
  @Test(arguments: [("", 8.0), ("allocatable: {cpu: 7, memory: 30 GB}", 7)])
  func machinesSayWhatTheyHave(_ stated: String, cpu: Double) throws {
    let model = try BilledModel.model(
      """
      domains:
        workers:
          kind: pool
          nodes: {count: 3}
          \(stated)
          costs: {vm: {aws-ec2: {type: m5.2xlarge}, per: node}}
      capabilities: {service: {depends-on: {api: hard}}}
      components: {api: {replicas: {count: 2, spread: workers}}}
      """)
    let (known, taken) = model.withRoomOfMachines(try BilledModel.book("aws-prices/2026-11-22", for: model))
    let room = try #require(known.domains.first { $0.name == "workers" }?.allocatable)
    #expect(room.cpu == cpu)
    #expect(room.bytes == (stated.isEmpty ? 32 * 1_073_741_824 : 30e9))
    #expect(taken.isEmpty == !stated.isEmpty)
  }

  // MARK: Commitments

  /// Two reserved and one running: half of what is paid is used, and all that could be covered is.
  @Test func unusedReservationsArePaid() throws {
    let model = try BilledModel.costing(
      "vm: {aws-ec2: {type: m5.large}}",
      more: "commitments: {r: {bought: reserved-1y-no-upfront, covers: [api/vm], count: 2}}")
    let bill = try Bill(of: model, at: book)
    let use = try #require(bill.commitments.first)
    #expect(bill.monthly == 1460 * BilledModel.dollars("0.06"))
    #expect(use.utilisation == BilledModel.dollars("0.5"))
    #expect(use.coverage == 1)
    #expect(use.saved == 73 - 1460 * BilledModel.dollars("0.06"))
  }

  /// A plan covers what saves most first: m5 at half price, then c5 at three quarters (AWS, Savings Plans user guide).
  @Test func savingsPlansCoverTheBestSavingFirst() throws {
    let model = try BilledModel.costing(
      "a: {aws-ec2: {type: c5.large}}\n      b: {aws-ec2: {type: m5.large}}",
      more: "commitments: {p: {bought: compute-savings-1y-no-upfront, commit: \"$0.08/h\"}}")
    let bill = try Bill(of: model, at: book)
    let use = try #require(bill.commitments.first)
    // 0.05 cover the m5, 0.03 half of the c5, whose other half stays on demand.
    #expect(bill.monthly == 730 * (BilledModel.dollars("0.08") + BilledModel.dollars("0.04")))
    #expect(use.utilisation == 1)
    #expect(use.onDemand == 730 * (BilledModel.dollars("0.10") + BilledModel.dollars("0.04")))
    #expect(use.saved == 730 * BilledModel.dollars("0.06"))
  }

  @Test func adviceBreaksEvenWhereTheFormulaSays() throws {
    let model = try BilledModel.costing("vm: {aws-ec2: {type: m5.large}}")
    let advice = CommitmentAdvice(for: try Bill(of: model, at: book), of: model, at: book)
    let offers = try #require(advice.subjects.first).offers
    let partial = try #require(offers.first { $0.purchase.text == "reserved-1y-partial-upfront" })
    // 73 a month on demand; 21.90 a month and 240 at the start: 240 / 51.10 = 4.7 months, 41.90 / 73 of the time.
    #expect(partial.breakEvenMonth == 5)
    #expect(partial.breakEvenUse == BilledModel.dollars("41.9") / 73)
  }
}
