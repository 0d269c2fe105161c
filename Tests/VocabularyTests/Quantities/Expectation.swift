import Quantities

/// Whether two numbers agree but for the last digits of a double.
func isClose(_ value: Double, _ expected: Double) -> Bool {
  abs(value - expected) <= 4e-16 * abs(expected)
}

/// What a parser says about text that it refuses; `nil` when it takes it.
func refusal<Value>(_ parse: () throws(QuantityError) -> Value) -> QuantityError? {
  do throws(QuantityError) {
    _ = try parse()
    return nil
  } catch {
    return error
  }
}
