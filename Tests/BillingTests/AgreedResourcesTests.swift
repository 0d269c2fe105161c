import Billing
import CloudCost
import Foundation
import ServiceModel
import Testing

@Suite("Resources under service level agreements")
struct AgreedResourcesTests {
  static func agreed(
    _ body: String, places: (Model) -> [String: CostEntry.Owner] = { _ in [:] }
  ) throws -> AgreedResources {
    let model = try BilledModel.model(body)
    let table = try PriceShelf(folder: BilledModel.root.appending(path: "datasets").path)
      .agreements(named: "aws-slas")
    return AgreedResources(
      of: model, bill: try Bill(of: model, at: BilledModel.book("aws-prices/2026-11-22", for: model)),
      agreements: table, places: places(model))
  }

  static let body = """
    domains: {zone: {kind: zone, costs: {key: {aws-kms: {}}}}, pool: {kind: pool, nodes: {count: 2}, costs: {disk: {aws-ebs: {size: 10 GB}, per: node}}}}
    costs: {plane: {aws-eks: {}}}
    components:
      control:
        costs:
          plane:
            aws-eks:
              node-groups: [{type: m5.large, count: 3}]
      db: {costs: {server: {aws-rds: {class: db.r5.large, deployment: multi-az}}, support: {fixed: {price: "$9/month"}}}}
      web: {replicas: 2, costs: {machine: {aws-ec2: {type: m5.large}, per: unit}}}
      two: {replicas: 2, costs: {machine: {aws-ec2: {type: m5.large}, count: 3}}}
      one: {costs: {machine: {aws-ec2: {type: m5.large}}}}
      three: {costs: {bucket: {aws-s3: {class: standard-ia, size: 1 TB}}}}
      four: {costs: {bucket: {aws-s3: {standard: {size: 1 TB}, standard-ia: {size: 1 TB}}}}}
      door: {costs: {gateway: {aws-nat: {}}}}
    capabilities: {service: {depends-on: {db: hard}}}
    """

  @Test("charges are those of the service that the agreement is about, and open lines are named")
  func charges() throws {
    let agreed = try Self.agreed(Self.body)
    #expect(
      agreed.followed.map(\.name) == [
        "zone/key", "pool/disk", "control/plane", "db/server", "web/machine", "one/machine", "three/bucket",
      ])
    func resource(_ name: String) throws -> AgreedResources.Resource {
      try #require(agreed.followed.first { $0.name == name })
    }
    // $0.10 an hour, 730 h a month; the nodes are under an agreement of their own.
    #expect(try resource("control/plane").monthly == 73)
    #expect(try resource("control/plane").agreement.name == "eks/standard")
    #expect(try resource("control/plane").openLines.isEmpty)
    #expect(try !resource("db/server").openLines.isEmpty)
    #expect(try resource("zone/key").monthly == 1)
    let probe = try #require(agreed.probes.first { $0.name == "control/plane" })
    #expect(probe.refunds.map { "\($0.below) \($0.amount)" } == ["99.95 % $7.30", "99 % $18.25", "95 % $73"])
  }

  @Test("why others are not followed")
  func exceptions() throws {
    let reasons = try Self.agreed(Self.body).exceptions.map { "\($0.name): \($0.reason)" }
    #expect(
      reasons == [
        "plane: it belongs to no component, so nothing says when it is down; --of plane=COMPONENT does",
        "two/machine: each is promised by itself, and nothing says which of the 3 is which of the 2 units of two",
        "four/bucket: no agreement of the table is about its uptime",
        "door/gateway: no agreement of the table is about its uptime",
      ])
  }

  @Test("each unit and node is followed by itself, with its share of the month")
  func members() throws {
    let agreed = try Self.agreed(Self.body)
    let web = try #require(agreed.followed.first { $0.name == "web/machine" })
    #expect(web.isOfEach)
    #expect(web.members.map(\.name) == ["web/machine/1", "web/machine/2"])
    #expect(web.members.map(\.unit) == [0, 1])
    let probes = agreed.probes.filter { $0.name.hasPrefix("web/machine/") }
    // $0.096 an hour: a tenth, three tenths and all of $70.08.
    #expect(
      probes.map { $0.refunds.map { "\($0.amount)" } } == [
        ["$7.008", "$21.024", "$70.08"], ["$7.008", "$21.024", "$70.08"],
      ])
    let disk = try #require(agreed.followed.first { $0.name == "pool/disk" })
    #expect(disk.members.map(\.name) == ["pool/disk/pool-1", "pool/disk/pool-2"])
    #expect(disk.members.allSatisfy { $0.unit == nil })
    #expect(
      try #require(agreed.followed.first { $0.name == "three/bucket" }).agreement.name == "s3/infrequent")
  }

  @Test("a resource of the model as a whole is followed where somebody says what it is up with")
  func places() throws {
    let agreed = try Self.agreed(Self.body) { _ in ["plane": .component(0)] }
    let plane = try #require(agreed.followed.first { $0.name == "plane" })
    #expect(plane.members == [AgreedMember(name: "plane", owner: .component(0), unit: nil)])
  }
}
