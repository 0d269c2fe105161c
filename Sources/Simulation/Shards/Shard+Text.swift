/// A shard that can not be made of what was written and of what the environment says.
public struct ShardProblem: Error, Sendable, Hashable {
  /// What was found and what was expected, in the user's words.
  public let message: String
}

extension Shard {
  /// Reads `3/8`, or `auto/8` and `auto`, which take from the environment what they do not say.
  ///
  /// The number comes from the index that a batch system gives each task of an array. Slurm's is the number itself, so
  /// that an array is `--array=1-8` and the shards that are missing are `--array=3,7`; Kubernetes and AWS Batch count
  /// from 0. Slurm and AWS Batch also say how many there are, so `auto` is enough there.
  ///
  /// - Parameter environment: the variables of the process.
  public init(parsing text: String, environment: [String: String]) throws(ShardProblem) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isAutomatic = parts[0] == "auto"
    guard parts.count == 2 || (isAutomatic && parts.count == 1) else { throw Shard.malformed(text) }
    let stated = parts.count == 2 ? try Shard.whole(parts[1], in: text) : nil
    let task = isAutomatic ? try ArrayTask(environment: environment) : nil
    let (number, count): (Int, Int)
    if let task {
      number = task.number
      if let stated { count = stated } else { count = try task.count() }
    } else {
      number = try Shard.whole(parts[0], in: text)
      count = stated ?? 0
    }
    guard let shard = Shard(number, of: count) else {
      let why = task?.origin ?? "they are numbered from 1, and at most \(Shard.countLimit)"
      throw ShardProblem(message: "there is no shard \(number) of \(count): \(why)")
    }
    self = shard
  }

  private static func whole(_ digits: String, in text: String) throws(ShardProblem) -> Int {
    guard let value = wholeNumber(digits) else { throw malformed(text) }
    return value
  }

  /// The number that digits alone make, if it is no larger than any shard's could be.
  fileprivate static func wholeNumber(_ digits: String) -> Int? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(digits),
      value <= Int(UInt32.max)
    else { return nil }
    return value
  }

  private static func malformed(_ text: String) -> ShardProblem {
    ShardProblem(message: "which shard of how many, such as 3/8 or auto/8, found “\(text)”")
  }
}

/// A task of an array as a batch system describes it to the task.
private struct ArrayTask {
  /// A batch system that numbers the tasks of an array.
  private struct System {
    let name: String
    let index: String
    /// What its first index is.
    let first: Int
  }

  private static let systems = [
    System(name: "Slurm", index: "SLURM_ARRAY_TASK_ID", first: 1),
    System(name: "Kubernetes", index: "JOB_COMPLETION_INDEX", first: 0),
    System(name: "AWS Batch", index: "AWS_BATCH_JOB_ARRAY_INDEX", first: 0),
  ]

  private let system: System
  private let environment: [String: String]
  /// The shard's number, from 1.
  let number: Int
  /// Where the number comes from.
  let origin: String

  init(environment: [String: String]) throws(ShardProblem) {
    let found = ArrayTask.systems.filter { environment[$0.index] != nil }
    guard found.count <= 1 else {
      throw ShardProblem(
        message:
          "auto: \(found.map(\.index).joined(separator: " and ")) are both set; state the number, such as 3/8"
      )
    }
    guard let system = found.first, let text = environment[system.index] else {
      throw ShardProblem(
        message:
          "auto: this is no task of an array, \(ArrayTask.systems.map(\.index).joined(separator: ", ")) are not set"
      )
    }
    self.system = system
    self.environment = environment
    number = try ArrayTask.whole(text, of: system.index, from: system.first) - system.first + 1
    origin = "\(system.index) is \(text), and \(system.name) counts from \(system.first)"
    try refuseSlurmFromZero()
  }

  /// The whole number that a variable holds; anything else is told with the variable's name.
  private static func whole(_ text: String, of variable: String, from first: Int) throws(ShardProblem) -> Int
  {
    guard let value = Shard.wholeNumber(text) else {
      let found = text.isEmpty ? "empty" : "“\(text)”"
      throw ShardProblem(message: "auto: \(variable) is \(found); expected a whole number from \(first) on")
    }
    return value
  }

  /// Told to every task of such an array, and not only to the first.
  private func refuseSlurmFromZero() throws(ShardProblem) {
    guard system.first == 1, environment["SLURM_ARRAY_TASK_MIN"] == "0" || number == 0 else { return }
    throw ShardProblem(
      message: "auto: the array begins at 0, and shards are numbered from 1: sbatch --array=1-8")
  }

  /// How many tasks the array has, where that is how many shards there are.
  func count() throws(ShardProblem) -> Int {
    switch system.index {
    case "SLURM_ARRAY_TASK_ID":
      let (low, high) = (environment["SLURM_ARRAY_TASK_MIN"], environment["SLURM_ARRAY_TASK_MAX"])
      guard let high, low == "1", high == environment["SLURM_ARRAY_TASK_COUNT"] else { break }
      return try ArrayTask.whole(high, of: "SLURM_ARRAY_TASK_MAX", from: 1)
    case "AWS_BATCH_JOB_ARRAY_INDEX":
      guard let size = environment["AWS_BATCH_JOB_ARRAY_SIZE"] else { break }
      return try ArrayTask.whole(size, of: "AWS_BATCH_JOB_ARRAY_SIZE", from: 1)
    default: break
    }
    throw ShardProblem(
      message: "auto: \(system.name) does not say here how many shards there are; say it: auto/8")
  }
}
