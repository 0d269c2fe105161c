import ArgumentParser
import Quantities

/// Quantities among the options of a command: what is wrong with one is told with the option's name.
enum QuantityArgument {
  static func span(_ option: String, _ text: String) throws -> TimeSpan {
    try parsed(option, text) { text throws(QuantityError) in try TimeSpan(parsing: text) }
  }

  static func rate(_ option: String, _ text: String) throws -> Rate {
    try parsed(option, text) { text throws(QuantityError) in try Rate(parsing: text) }
  }

  static func probability(_ option: String, _ text: String) throws -> Double {
    try parsed(option, text) { text throws(QuantityError) in try Probability(parsing: text) }.value
  }

  /// A share greater than 0 and less than 1.
  static func share(_ option: String, _ text: String) throws -> Double {
    let value = try probability(option, text)
    guard value > 0, value < 1 else {
      throw ValidationError("\(option): expected more than 0 % and less than 100 %")
    }
    return value
  }

  private static func parsed<Value>(
    _ option: String, _ text: String, _ parse: (String) throws(QuantityError) -> Value
  ) throws -> Value {
    do throws(QuantityError) {
      return try parse(text)
    } catch {
      throw ValidationError("\(option): \(error.message)\(error.help.map { "; for example \($0)" } ?? "")")
    }
  }
}
