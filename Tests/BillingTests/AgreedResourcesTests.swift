import Billing
import CloudCost
import Foundation
import ServiceModel
import Testing

@Suite("Resources under service level agreements")
struct AgreedResourcesTests {
  static func agreed(_ body: String) throws -> AgreedResources {
    let model = try BilledModel.model(body)
    let table = try PriceShelf(folder: BilledModel.root.appending(path: "datasets").path)
      .agreements(named: "aws-slas")
    return AgreedResources(
      of: model, bill: try Bill(of: model, at: BilledModel.book("aws-prices/2026-11-22", for: model)),
      agreements: table)
  }

  static let body = """
    domains: {zone: {kind: zone, costs: {key: {aws-kms: {}}}}, pool: {kind: pool, nodes: {count: 2}, costs: {disk: {aws-ebs: {size: 10 GB}}}}}
    costs: {plane: {aws-eks: {}}}
    components:
      control:
        costs:
          plane:
            aws-eks:
              node-groups: [{type: m5.large, count: 3}]
      db: {costs: {server: {aws-rds: {class: db.r5.large, deployment: multi-az}}, support: {fixed: {price: "$9/month"}}}}
      web: {replicas: 2, costs: {machine: {aws-ec2: {type: m5.large}, per: unit}}}
      one: {costs: {machine: {aws-ec2: {type: m5.large}}}}
      door: {costs: {gateway: {aws-nat: {}}}}
    capabilities: {service: {depends-on: {db: hard}}}
    """

  @Test("charges are those of the service that the agreement is about, and open lines are named")
  func charges() throws {
    let agreed = try Self.agreed(Self.body)
    #expect(agreed.followed.map(\.name) == ["zone/key", "control/plane", "db/server", "one/machine"])
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
        "plane: it belongs to no component, so nothing says when it is down",
        "pool/disk: it belongs to the nodes of a pool, which are not followed one by one",
        "web/machine: each of them is promised by itself, and units are not followed one by one",
        "door/gateway: no agreement of the table is about its uptime",
      ])
  }
}
