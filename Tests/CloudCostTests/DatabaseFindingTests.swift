import CloudCost
import Diagnostics
import Foundation
import Testing

/// Statements about databases, caches and brokers that contradict themselves or name nothing.
@Suite struct DatabaseFindingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let kind: String
    let stated: Stated
    let slugs: [String]
    let testDescription: String

    init(_ kind: String, _ stated: KeyValuePairs<String, String>, _ slugs: String...) {
      self.kind = kind
      self.stated = .map(stated.map { ($0.key, .text($0.value)) })
      self.slugs = slugs
      testDescription = "\(kind) \(stated.map { "\($0.key): \($0.value)" }.joined(separator: ", "))"
    }
  }

  static let rows: [Row] = [
    Row("aws-rds", ["class": "db.r5.lage", "storage": "10 GB"], "unknown-class"),
    Row("aws-rds", ["class": "db.r5.large", "storage-type": "gp2", "iops": "4000"], "not-of-this-type"),
    Row("aws-rds", ["class": "db.r5.large", "storage-type": "io1", "throughput": "300"], "not-of-this-type"),
    Row("aws-rds", ["class": "db.r5.large", "requests": "5 /s"], "not-of-this-type"),
    Row("aws-rds", ["class": "db.r5.large", "license": "included"], "not-of-this-type"),
    Row(
      "aws-rds", ["class": "db.t3.large", "engine": "oracle-ee", "license": "included"],
      "license-not-sold"),
    Row("aws-rds", ["class": "db.r5.large", "cpu-credits": "60 /month"], "no-cpu-credits"),
    Row("aws-rds", ["class": "db.r5.large", "version": "twelve"], "unknown-version"),
    Row(
      "aws-rds", ["class": "db.r5.large", "engine": "mariadb", "extended-support": "year-1"],
      "not-of-this-type"),
    Row(
      "aws-rds", ["class": "db.t3.large", "engine": "oracle-se2", "deployment": "multi-az-cluster"],
      "no-multi-az-cluster"),
    Row("aws-aurora", ["storage": "10 GB"], "missing-key"),
    Row("aws-aurora", ["mode": "serverless-v2", "class": "db.r5.large"], "not-of-this-type"),
    Row("aws-aurora", ["class": "db.r5.large", "acu": "4"], "not-of-this-type"),
    Row(
      "aws-aurora", ["class": "db.r5.large", "configuration": "io-optimized", "requests": "20 /s"],
      "not-of-this-type"),
    Row(
      "aws-aurora", ["class": "db.r5.large", "backtrack-records": "1 /s", "backtrack-window": "24 h"],
      "not-of-this-type", "not-of-this-type"),
    Row(
      "aws-aurora", ["class": "db.r5.large", "engine": "mysql", "backtrack-window": "24 h"], "missing-key"),
    Row("aws-elasticache", ["nodes": "3"], "missing-key"),
    Row("aws-elasticache", ["class": "cache.r5.larg"], "unknown-class"),
    Row("aws-elasticache", ["class": "cache.r5.large", "nodes": "3", "shards": "2"], "counted-twice"),
    Row(
      "aws-elasticache", ["class": "cache.r5.large", "engine": "memcached", "replicas": "2"],
      "not-of-this-type"),
    Row("aws-elasticache", ["mode": "serverless", "class": "cache.r5.large"], "not-of-this-type"),
    Row("aws-elasticache", ["class": "cache.r5.large", "data": "5 GB"], "not-of-this-type"),
    Row("aws-elasticache", ["class": "cache.r5.large", "snapshots": "3"], "missing-key"),
    Row("aws-opensearch", ["class": "t3.small.search", "iops": "3000"], "not-of-this-type"),
    Row("aws-opensearch", ["class": "t3.small.search", "masters": "3"], "missing-key"),
    Row("aws-opensearch", ["class": "t3.smal.search"], "unknown-class"),
    Row("aws-mq", ["class": "mq.m5.large", "deployment": "active-standby"], "not-of-this-engine"),
    Row(
      "aws-mq", ["class": "mq.m5.large", "engine": "activemq", "deployment": "cluster"],
      "not-of-this-engine"),
    Row("aws-mq", ["class": "mq.m5.large", "storage-type": "efs"], "not-of-this-engine"),
    Row("aws-msk", ["brokers": "3"], "missing-key"),
    Row("aws-msk", ["mode": "serverless", "brokers": "3"], "not-of-this-type"),
    Row(
      "aws-msk", ["class": "kafka.m5.large", "brokers": "3", "data-in": "1 TB/month"], "not-of-this-type"),
  ]

  @Test(arguments: rows) func isSaidWithItsPlace(_ row: Row) throws {
    let findings = try DatabasePrices.priced(row.kind, row.stated).findings
    #expect(findings.map(\.slug) == row.slugs)
    #expect(findings.allSatisfy { $0.location != nil })
  }

  /// A misspelt class is told which was probably meant.
  @Test func nearClassesAreNamed() throws {
    let finding = try #require(try DatabasePrices.priced("aws-rds", ["class": "db.r5.2xlrge"]).findings.first)
    #expect(finding.help == "db.r5.2xlarge")
  }

  /// What no price is known of is unknown, never 0.
  @Test(
    arguments: [
      ("aws-rds", ["class": "db.r5.large", "deployment": "multi-az-cluster"], "Database instance"),
      (
        "aws-rds", ["class": "db.r5.large", "throughput": "300", "storage": "100 GB"],
        "Provisioned throughput"
      ),
      ("aws-msk", ["mode": "serverless", "data-in": "1 TB/month"], "Data in"),
    ] as [(String, [String: String], String)])
  func missingPricesStayUnknown(_ kind: String, _ stated: [String: String], _ label: String) throws {
    let pairs = stated.sorted { $0.key < $1.key }.map { ($0.key, Stated.text($0.value)) }
    let line = try #require(
      try DatabasePrices.priced(kind, .map(pairs)).lines.first { $0.label.hasPrefix(label) })
    guard case .unknown = line.amount else {
      Issue.record("\(line.amount)")
      return
    }
  }
}
