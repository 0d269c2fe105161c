import ArgumentParser

/// `relmodel plan`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "What to run, where, how much of it, and what to change first.",
    subcommands: [PlanAllocation.self, PlanPlacement.self, PlanPurchase.self],
    defaultSubcommand: PlanAllocation.self)
}
