import ArgumentParser
import Quantities
import Reports

/// The forms in which a check is printed: those of every result, and SARIF.
enum CheckFormat: ExpressibleByArgument {
  case result(OutputFormat)
  case sarif

  init?(argument: String) {
    if argument == "sarif" {
      self = .sarif
    } else if let format = OutputFormat(argument: argument) {
      self = .result(format)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { OutputFormat.allCases.map(\.rawValue) + ["sarif"] }
  var defaultValueDescription: String { "text" }
}

/// The output options of `relmodel check`.
struct CheckOutput: ParsableArguments {
  @Option(name: .customLong("format"), help: "How to print the result; sarif for code hosts.")
  var format = CheckFormat.result(.text)

  @Option(name: .shortAndLong, help: "Write the result to this file instead of standard output.")
  var output: String?

  @Option(help: "Bold headings.")
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Only results and errors: no progress, no notes.")
  var quiet = false

  /// The same as every command's; SARIF is written as it is.
  var options: OutputOptions {
    var options = OutputOptions()
    if case .result(let format) = format { options.format = format } else { options.format = .json }
    options.output = output
    options.color = color
    options.quiet = quiet
    return options
  }

  /// Whether SARIF was asked for.
  var isSarif: Bool { if case .sarif = format { true } else { false } }
}
