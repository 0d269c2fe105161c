import CloudCost
import Diagnostics
import Foundation
import Quantities
import Testing

@Suite("Service level agreements of providers")
struct AgreementTests {
  static let datasets = URL(filePath: ShippedBook.folder).deletingLastPathComponent()
    .deletingLastPathComponent().path

  static func shipped() throws -> AgreementTable {
    try PriceShelf(folder: datasets).agreements(named: "aws-slas")
  }

  /// The pages of AWS named in the table.
  @Test(
    "what AWS promises, and gives back below it",
    arguments: [
      ("eks/standard", "99.95", ["99.95": "10", "99": "25", "95": "100"]),
      ("rds/multi-az", "99.95", ["99.95": "10", "99": "25", "95": "100"]),
      ("rds/single-az", "99.5", ["99.5": "10", "99": "25", "95": "100"]),
      ("aurora/multi-az", "99.99", ["99.99": "10", "99": "25", "95": "100"]),
      ("elb/multi-az", "99.99", ["99.99": "10", "99": "30", "95": "100"]),
      ("ebs/volume", "99.9", ["99.9": "10", "99": "30", "95": "100"]),
      ("s3/infrequent", "99", ["99": "10", "98": "25", "95": "100"]),
      ("kms/region", "99.999", ["99.999": "10", "99": "25", "95": "100"]),
    ])
  func published(name: String, commitment: String, steps: [String: String]) throws {
    let agreement = try #require(try Self.shipped().agreement(named: name))
    #expect("\(agreement.commitment)" == "\(commitment) %")
    #expect(agreement.steps.count == steps.count)
    for step in agreement.steps {
      let below = "\(step.below)".replacing(" %", with: "")
      #expect(Decimal(string: steps[below] ?? "") == step.share * 100, "\(step)")
    }
    #expect(agreement.origin.standing == .published)
  }

  @Test("every agreement of the table holds together")
  func consistent() throws {
    let table = try Self.shipped()
    #expect(table.name == "aws-slas 2026-11-22")
    #expect(table.agreements.count == 29)
    for agreement in table.agreements {
      if let first = agreement.steps.first {
        #expect(first.below == agreement.commitment, "\(agreement.name)")
      }
      for (better, worse) in zip(agreement.steps, agreement.steps.dropFirst()) {
        #expect(better.below.unavailability < worse.below.unavailability, "\(agreement.name)")
        #expect(better.share < worse.share, "\(agreement.name)")
      }
      #expect(agreement.name.hasPrefix("\(agreement.priceService)/"))
    }
    #expect(table.agreements.count { $0.origin.standing == .unverified } == 6)
    #expect(table.agreements.count { $0.origin.standing == .derived } == 4)
    #expect(table.agreements.filter(\.steps.isEmpty).count == 4)
    #expect(
      table.agreements.filter(\.isOfEach).map(\.name) == ["ec2/instance", "ebs/volume", "rds/single-az"])
  }

  @Test("a table of agreements is no price book, and a price book no table of agreements")
  func shelf() throws {
    let shelf = PriceShelf(folder: Self.datasets)
    #expect(!shelf.layers.contains { $0.name.hasPrefix("aws-slas") })
    #expect(shelf.layers.contains { $0.name.hasPrefix("aws-prices") })
    #expect(!shelf.holds("aws-slas"))
    #expect(throws: Findings.self) { try shelf.agreements(named: "aws-promises") }
    #expect(throws: Findings.self) { try PriceShelf(folder: nil).agreements(named: "aws-slas") }
  }

  @Test(
    "the agreement that a resource falls under",
    arguments: [
      ("aws-rds", ["class": "db.r5.large"], "rds/single-az"),
      ("aws-rds", ["class": "db.r5.large", "deployment": "multi-az"], "rds/multi-az"),
      ("aws-rds", ["class": "db.r5.large", "deployment": "multi-az-cluster"], "rds/multi-az"),
      ("aws-aurora", ["class": "db.r6g.large"], "aurora/single-az"),
      ("aws-aurora", ["class": "db.r6g.large", "instances": "3"], "aurora/multi-az"),
      ("aws-elasticache", ["class": "cache.r5.large"], "elasticache/single-az"),
      ("aws-elasticache", ["class": "cache.r5.large", "replicas": "1"], "elasticache/multi-az"),
      ("aws-elasticache", ["mode": "serverless"], "elasticache/multi-az"),
      ("aws-elb", [:], "elb/multi-az"), ("aws-elb", ["kind": "nlb"], nil),
      ("aws-elb", ["kind": "gateway"], "elb/single-az"), ("aws-eks", [:], "eks/standard"),
      ("aws-ec2", ["type": "m5.large"], "ec2/instance"), ("aws-ebs", ["size": "1 GB"], "ebs/volume"),
      ("aws-mq", ["class": "mq.m5.large"], nil),
      ("aws-mq", ["class": "mq.m5.large", "deployment": "cluster"], "mq/multi-az"),
      ("aws-opensearch", ["class": "r6g.large.search", "nodes": "3"], "opensearch/multi-az"),
      ("aws-opensearch", ["class": "r6g.large.search"], nil), ("aws-nat", [:], nil), ("fixed", [:], nil),
    ] as [(String, [String: String], String?)])
  func ofResource(kind: String, keys: [String: String], agreement: String?) throws {
    let type = try #require(ResourceCatalog.kind(named: kind))
    let stated = Stated.map(keys.sorted { $0.key < $1.key }.map { ($0.key, Stated.text($0.value)) })
    var findings: [Diagnostic] = []
    let resource = type.init(
      StatedResource(stated.declaration, path: kind, conventions: CostConventions()), findings: &findings)
    #expect(resource.agreement == agreement)
    if let agreement { #expect(try Self.shipped().agreement(named: agreement) != nil) }
  }

  @Test(
    "a row that can not be read is told with its line",
    arguments: ["99.95", "whole,", "published", "10 %", "99.0 %"], ["", "lots"])
  func badRows(old: String, new: String) throws {
    let rows = """
      agreement,service,scope,counts,commitment,below,credit,standing,source,date,note
      a/b,A,all,whole,99.9 %,99.9 %,10 %,published,s,2022,
      a/c,A,all,whole,99.95 %,99.0 %,10 %,published,s,2022,
      """
    let last = try #require(rows.range(of: old, options: .backwards))
    let path = FileManager.default.temporaryDirectory.appending(path: "agreements-\(UUID()).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try rows.replacingCharacters(in: last, with: new).write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: Findings.self) { try AgreementTable(name: "t", path: path) }
    #expect(error?.diagnostics.count == 1)
    #expect(error?.diagnostics.first?.location?.line == 3)
  }
}
