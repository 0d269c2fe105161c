internal import Quantities
internal import Stochastics

extension Estimate {
  /// `{value, low, high, confidence, unit}`; a bound that is not finite is left out.
  func json(unit: String) -> JSONValue {
    var members: [String: JSONValue] = ["value": .number(value), "unit": .string(unit)]
    members["low"] = low.isFinite ? .number(low) : nil
    members["high"] = high.isFinite ? .number(high) : nil
    members["confidence"] = .number(confidence)
    return .object(members)
  }
}

extension Estimate {
  /// Money a year as strings, exact to the cent.
  func moneyJSON(perYear currency: String) -> JSONValue {
    [
      "value": .string(String(format: value)), "low": .string(String(format: low)),
      "high": .string(String(format: high)), "confidence": .number(confidence),
      "unit": .string("\(currency)/y"),
    ]
  }
}

/// `{value, unit}`.
func exactJSON(_ value: Double, unit: String) -> JSONValue {
  ["value": .number(value), "unit": .string(unit)]
}

/// `{unknown: why}`.
func unknownJSON(_ reason: String) -> JSONValue { ["unknown": .string(reason)] }
