import ArgumentParser
import Diagnostics
@preconcurrency import Glibc

/// How the program ends.
enum Exit {
  static let gateMissed: Int32 = 1
  static let usage: Int32 = 64
  static let wrongInput: Int32 = 65
  static let bug: Int32 = 70
  static let inputOutput: Int32 = 74
  static let interrupted: Int32 = 130

  /// Ends with a code that is not a failure to be explained.
  struct Code: Error {
    let value: Int32
  }

  /// Prints what went wrong and ends the program.
  static func exit(for error: any Error) -> Never {
    switch error {
    case let code as Code: Glibc.exit(code.value)
    case let findings as Findings: exit(findings)
    case let failure as OutputFailure:
      Terminal.writeError("error[output]: \(failure.message)\n")
      Glibc.exit(inputOutput)
    default: exit(parsing: error)
    }
  }

  private static func exit(_ findings: Findings) -> Never {
    Terminal.writeError(FindingsRenderer().text(findings))
    let errors = findings.diagnostics.count { $0.severity == .error }
    Terminal.writeError("\n\(errors == 1 ? "1 error" : "\(errors) errors"); nothing was done.\n")
    Glibc.exit(wrongInput)
  }

  /// The command that a misspelt one was probably meant to be.
  private static var suggestion: String {
    let names = Relmodel.configuration.subcommands.map {
      $0.configuration.commandName ?? String(describing: $0).lowercased()
    }
    guard let first = CommandLine.arguments.dropFirst().first, !names.contains(first),
      let near = nearestName(to: first, among: names)
    else { return "" }
    return "  did you mean: relmodel \(near)\n"
  }

  /// Help and version are no failures; anything else that the parser throws is usage.
  private static func exit(parsing error: any Error) -> Never {
    let text = Relmodel.fullMessage(for: error)
    guard Relmodel.exitCode(for: error).isSuccess else {
      Terminal.writeError(text + "\n" + suggestion)
      Glibc.exit(Relmodel.exitCode(for: error) == .validationFailure ? usage : bug)
    }
    try? Terminal.writeOutput(text + "\n")
    Glibc.exit(0)
  }
}

/// Output that could not be written.
struct OutputFailure: Error {
  let message: String
}
