import ArgumentParser

/// The command line as it can be typed again.
enum CommandText {
  /// What was typed, quoted for a shell.
  static var typed: String { text(Array(CommandLine.arguments.dropFirst())) }

  /// The words that name the command that was called: `relmodel report approver`.
  static var called: String { called(Array(CommandLine.arguments.dropFirst())) }

  /// `relmodel` with those of the first arguments that name commands.
  static func called(_ arguments: [String]) -> String {
    var command: any ParsableCommand.Type = Relmodel.self
    var words = ["relmodel"]
    for argument in arguments {
      guard let next = command.configuration.subcommands.first(where: { $0._commandName == argument }) else {
        break
      }
      (command, words) = (next, words + [argument])
    }
    return words.joined(separator: " ")
  }

  /// The arguments, negative numbers joined to the options before them: `--years -1` as `--years=-1`, so that what is wrong with
  /// the number is told, and not that there is none.
  static func withNegativeValues(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for (place, argument) in arguments.enumerated() {
      if let option = joined.last, option.hasPrefix("--"), option.count > 2, !option.contains("="),
        !arguments[..<place].contains("--"), isNegativeNumber(argument)
      {
        joined[joined.count - 1] = "\(option)=\(argument)"
      } else {
        joined.append(argument)
      }
    }
    return joined
  }

  private static func isNegativeNumber(_ argument: String) -> Bool {
    guard argument.first == "-", let next = argument.dropFirst().first else { return false }
    return next.isNumber || next == "."
  }

  /// `relmodel` with arguments; those with anything but letters, digits and `_-./=:,%+@` stand in quotation marks.
  static func text(_ arguments: [String]) -> String {
    (["relmodel"] + arguments.map(quoted)).joined(separator: " ")
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        || "_-./=:,%+@".unicodeScalars.contains(scalar)
    }
    return isPlain && !argument.isEmpty ? argument : "'\(argument.replacing("'", with: "'\\''"))'"
  }
}
