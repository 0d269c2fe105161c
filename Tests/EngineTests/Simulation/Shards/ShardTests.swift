import Simulation
import Testing

@Suite("Shards")
struct ShardTests {
  @Test(
    "shards cover every replication once, in order, and differ by at most one",
    arguments: [(10, 3), (7, 7), (403, 8), (10_000, 16), (4_294_967_295, 9_973)])
  func shares(_ replications: Int, _ count: Int) {
    let shares = (1...count).compactMap { Shard($0, of: count)?.replications(of: replications) }
    #expect(shares.count == count)
    #expect(shares.first?.lowerBound == 0 && shares.last?.upperBound == replications)
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(Set(shares.map(\.count)).isSubset(of: [replications / count, replications / count + 1]))
  }

  @Test(
    "a number beyond the count makes no shard", arguments: [(0, 3), (4, 3), (-1, 3), (1, 0), (1, 1_000_001)])
  func noShard(_ number: Int, _ count: Int) { #expect(Shard(number, of: count) == nil) }

  struct Reading: Sendable, CustomTestStringConvertible {
    let text: String
    let environment: [String: String]
    /// As it is written, or a part of what is said of it.
    let expected: String
    var testDescription: String { "\(text) \(environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })" }

    init(_ text: String, _ environment: [String: String] = [:], _ expected: String) {
      (self.text, self.environment, self.expected) = (text, environment, expected)
    }
  }

  static let slurm = [
    "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "8",
    "SLURM_ARRAY_TASK_COUNT": "8",
  ]
  static let aws = ["AWS_BATCH_JOB_ARRAY_INDEX": "2", "AWS_BATCH_JOB_ARRAY_SIZE": "8"]

  /// What each system counts from — Slurm: sbatch(1), `--array`; Kubernetes: "Indexed Job", from 0 to completions − 1;
  /// AWS Batch: "Array jobs", from 0.
  @Test(
    "numbers are stated, or come from the task of an array",
    arguments: [
      Reading("3/8", "3/8"), Reading("1/1", slurm, "1/1"), Reading("auto/8", slurm, "3/8"),
      Reading("auto", slurm, "3/8"), Reading("auto/8", ["JOB_COMPLETION_INDEX": "0"], "1/8"),
      Reading("auto/8", ["JOB_COMPLETION_INDEX": "7"], "8/8"), Reading("auto", aws, "3/8"),
      Reading("auto/9", aws, "3/9"),
      // The shards that were missing, again: the array begins and ends elsewhere.
      Reading("auto/8", slurm.merging(["SLURM_ARRAY_TASK_MIN": "3"]) { $1 }, "3/8"),
    ])
  func readings(_ row: Reading) throws {
    #expect("\(try Shard(parsing: row.text, environment: row.environment))" == row.expected)
  }

  @Test(
    "what is no shard is told",
    arguments: [
      Reading("", "such as 3/8"), Reading("3", "such as 3/8"), Reading("3/", "such as 3/8"),
      Reading("/8", "such as 3/8"), Reading("a/8", "such as 3/8"), Reading("-1/8", "such as 3/8"),
      Reading("1/2/3", "such as 3/8"), Reading("3/99999999999999999999", "such as 3/8"),
      Reading("0/8", "numbered from 1"), Reading("9/8", "no shard 9 of 8"),
      Reading("auto/8", "no task of an array"),
      Reading("auto", ["JOB_COMPLETION_INDEX": "0"], "auto/8"),
      Reading("auto/8", ["JOB_COMPLETION_INDEX": "8"], "counts from 0"),
      Reading(
        "auto/8", ["JOB_COMPLETION_INDEX": "-1"],
        "JOB_COMPLETION_INDEX is “-1”; expected a whole number from 0 on"),
      Reading(
        "auto/8", ["JOB_COMPLETION_INDEX": "abc"],
        "JOB_COMPLETION_INDEX is “abc”; expected a whole number from 0 on"),
      Reading(
        "auto/8", ["JOB_COMPLETION_INDEX": ""],
        "JOB_COMPLETION_INDEX is empty; expected a whole number from 0 on"),
      Reading(
        "auto", aws.merging(["AWS_BATCH_JOB_ARRAY_SIZE": "many"]) { $1 },
        "AWS_BATCH_JOB_ARRAY_SIZE is “many”; expected a whole number from 1 on"),
      Reading("auto/8", ["SLURM_ARRAY_TASK_ID": "0"], "--array=1-8"),
      Reading("auto/8", slurm.merging(["SLURM_ARRAY_TASK_MIN": "0"]) { $1 }, "--array=1-8"),
      Reading("auto", slurm.merging(["SLURM_ARRAY_TASK_MIN": "3"]) { $1 }, "auto/8"),
      Reading("auto", slurm.merging(["SLURM_ARRAY_TASK_COUNT": "4"]) { $1 }, "auto/8"),
      Reading("auto/8", slurm.merging(aws) { $1 }, "both set"),
    ])
  func refusals(_ row: Reading) {
    let problem = #expect(throws: ShardProblem.self) {
      try Shard(parsing: row.text, environment: row.environment)
    }
    #expect(problem?.message.contains(row.expected) == true, "\(problem?.message ?? "")")
  }
}

extension ShardTests.Reading {
  init(_ text: String, _ expected: String) { self.init(text, [:], expected) }
}
