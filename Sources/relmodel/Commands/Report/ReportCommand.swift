import ArgumentParser

/// `relmodel report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "A page to sign, to review or to read once a month, with all that its numbers rest on.",
    discussion: """
      One HTML file that loads nothing and runs no script; --format markdown is a comment for a pull request, pdf paper \
      (with an installed Chromium), csv the tables and json everything.

        relmodel report approver base.relmodel.yaml option.relmodel.yaml -o decision.html
        relmodel report architecture base.relmodel.yaml --with components/api/replicas/count=3 -o review.html
        relmodel report monthly base.relmodel.yaml --month 2024-12 -o december.pdf --format pdf
      """,
    subcommands: [ReportApprover.self, ReportArchitecture.self, ReportMonthly.self])
}
