internal import FoundationEssentials
internal import Quantities

/// A time to four digits in the unit that suits it: `30 ms`, `7.836 s`, `2.5 h`.
func waitText(_ hours: Double) -> String {
  let seconds = hours * 3600
  let (value, unit): (Double, String) =
    switch seconds {
    case ..<1e-3: (seconds * 1e6, "µs")
    case ..<1: (seconds * 1e3, "ms")
    case ..<120: (seconds, "s")
    case ..<7200: (seconds / 60, "min")
    default: (hours, "h")
    }
  return seconds < 1e-12 ? "0 s" : "\(significant(value, digits: 4).trimmingZeros) \(unit)"
}

/// A rate in the unit that suits it: `50 /s`, `200 /h`.
func perTimeText(_ perHour: Double) -> String {
  perHour >= 3600 ? "\(amountText(perHour / 3600)) /s" : "\(amountText(perHour)) /h"
}

/// A number to four digits.
func amountText(_ value: Double) -> String { significant(value, digits: 4).trimmingZeros }

/// A labelled time, in seconds for programs.
func waitFact(_ label: String, _ hours: Double, _ remarks: [String] = []) -> Document.Fact {
  Document.Fact(label, waitText(hours), remarks, number: Document.Number(hours * 3600, "s"))
}

/// A day, counted from 1 January 1970, as a date; where a series has no dates, as its step.
func dayText(_ day: Double, isDated: Bool) -> String {
  guard isDated else { return "step \(significant(day, digits: 4).trimmingZeros)" }
  guard abs(day) < 2_900_000 else { return "after the year 9000" }
  return Date(timeIntervalSince1970: (day * 86_400).rounded()).formatted(.iso8601.year().month().day())
}

/// The numbers among facts for programs, under their labels as keys: `Mean wait` is `meanWait`.
func factsJSON(_ facts: [Document.Fact]) -> JSONValue {
  let members = facts.compactMap { fact -> (String, JSONValue)? in
    guard let number = fact.number else { return nil }
    let words = fact.label.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let key = words.enumerated().map {
      $0 == 0 ? $1.lowercased() : $1.prefix(1).uppercased() + $1.dropFirst()
    }
    return (key.joined(), ["value": .number(number.value), "unit": .string(number.unit)])
  }
  return .object(Dictionary(members) { first, _ in first })
}
