import ArgumentParser
import Diagnostics
import Planning

/// `relmodel capacity`.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "What there is only so much of: used now, after a loss, and until when it lasts.",
    subcommands: [
      CapacityOfModel.self, CapacityQueue.self, CapacityForecast.self, CapacityNetwork.self,
      CapacityScalability.self,
      CapacityStaffing.self, CapacityRetries.self,
    ],
    defaultSubcommand: CapacityOfModel.self)
}

extension InvalidQuestion {
  /// The same as findings.
  var asFindings: Findings {
    Findings(findings.map { Diagnostic(slug: $0.slug, $0.message, at: nil, help: $0.help) })
  }
}
