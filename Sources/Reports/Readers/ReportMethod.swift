public import Quantities

/// How a report's numbers were found, so that anybody can find them again.
public struct ReportMethod: ReportSection {
  /// The key under which programs find it.
  public let key = "method"
  private let first: String
  private let others: [String]
  private let command: String
  private let seed: UInt64?
  private let replications: Int?
  private let blocksBelow: [Document.Block]

  /// A method.
  ///
  /// - Parameters:
  ///   - first: the engine and what it did, in a sentence.
  ///   - others: conventions, formulas and checks.
  ///   - command: what was typed.
  ///   - seed: that of every random stream; `nil` where nothing was drawn.
  ///   - replications: how many; `nil` where nothing was simulated.
  ///   - blocks: tables that belong to it, such as what the history said.
  public init(
    _ first: String, _ others: [String], command: String, seed: UInt64?, replications: Int?,
    blocks: [Document.Block] = []
  ) {
    self.first = first
    self.others = others
    self.command = command
    self.seed = seed
    self.replications = replications
    blocksBelow = blocks
  }

  /// What people read.
  public var blocks: [Document.Block] {
    let drawn = [
      replications.map { Document.Fact("Replications", grouped($0), number: .init(Double($0))) },
      seed.map { Document.Fact("Seed", "\($0)", ["the same seed gives the same numbers"]) },
    ].compactMap { $0 }
    let how = drawn.isEmpty ? [Document.Fact("Seed", "none", ["nothing was drawn at random"])] : drawn
    return [.part("How it was computed"), .facts(how + [Document.Fact("Command", command)]), .note(first)]
      + others.map { .note($0) } + blocksBelow
  }

  /// What programs read.
  public var json: JSONValue {
    [
      "command": .string(command), "seed": seed.map { .string("\($0)") } ?? .null,
      "replications": replications.map { .integer($0) } ?? .null,
      "notes": .array(([first] + others).map { .string($0) }),
    ]
  }
}
