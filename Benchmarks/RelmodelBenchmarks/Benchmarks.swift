import RelModelKit

/// Prints what relmodel's simulation takes, beside baselines measured in the same run.
@main
enum Benchmarks {
  static func main() throws {
    let root = CommandLine.arguments.dropFirst().first ?? "."
    try ThirtyComponents(root: root).report()
    print()
    try JivsTarget(root: root).report()
  }
}
