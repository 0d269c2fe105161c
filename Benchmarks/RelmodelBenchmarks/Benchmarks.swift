import RelModelKit

/// Prints what relmodel's simulation takes, beside baselines measured in the same run.
@main
enum Benchmarks {
  static func main() throws {
    switch CommandLine.arguments.dropFirst().first {
    case "--diagram":
      return try DecisionDiagrams.solve(
        CommandLine.arguments[2], size: CommandLine.arguments.last.flatMap { Int($0) } ?? 0)
    case "--services": return try DecisionDiagrams.reportServices()
    default: break
    }
    let root = CommandLine.arguments.dropFirst().first ?? "."
    try ThirtyComponents(root: root).report()
    print()
    try ThirtyExactly(root: root).report()
    print()
    try JivsTarget(root: root).report()
  }
}
