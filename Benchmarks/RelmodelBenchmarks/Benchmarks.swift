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
    case "--allocate": return try allocations(root: CommandLine.arguments.last ?? ".")
    case "--simulate": return try OneRun(Array(CommandLine.arguments.dropFirst(2)))?.report() ?? ()
    default: break
    }
    let root = CommandLine.arguments.dropFirst().first ?? "."
    print(
      "Thirty components in nine groups, one year; million component events (failures and repairs) a second")
    print(
      "| laws | relmodel | from the long run | C++, scan | C++, heap | ratio | two threads | unavailability |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for one in ThirtyComponents.cases { try ThirtyComponents(one).report() }
    print()
    try ManyComponents.report()
    print()
    try ThirtyExactly().report()
    print()
    try JivsTarget(root: root).report()
    print()
    try allocations(root: root)
  }

  private static func allocations(root: String) throws {
    try Allocations(root: root).report()
    print()
    var networks = GeneralNetworks()
    try networks.report()
  }
}
