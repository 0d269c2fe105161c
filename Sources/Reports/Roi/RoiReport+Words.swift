internal import Economics
internal import Quantities
internal import Reliability

extension RoiReport {
  /// What an input is called.
  func label(_ input: OptionReturn.Input) -> String {
    switch input {
    case .downtimePrice: "price of an hour down"
    case .effectiveness: "effect on downtime"
    case .once: "paid once"
    case .running: "running a month"
    }
  }

  /// What programs measure it in.
  func unit(_ input: OptionReturn.Input) -> String {
    switch input {
    case .downtimePrice, .effectiveness: "1"
    case .once: frame.currency
    case .running: "\(frame.currency)/month"
    }
  }

  /// A value of it as people read it.
  func words(of input: OptionReturn.Input, _ number: Double) -> String {
    switch input {
    case .downtimePrice:
      hourPrice.map { "\(money($0 * number))/h" } ?? "\(significant(number, digits: 3)) times what is stated"
    case .effectiveness: "\(significant(number * 100, digits: 3)) %"
    case .once, .running: money(number)
    }
  }

  /// What an input of any kind is called.
  func label(_ kind: DecisionInput.Kind) -> String {
    switch kind {
    case .linear(let input): label(input)
    case .discountRate: "rate of discount"
    case .horizonMonths: "horizon"
    case .implementationHours: "time until it is done"
    case .number(let name): name
    }
  }

  /// What programs measure it in.
  func unit(_ kind: DecisionInput.Kind) -> String {
    switch kind {
    case .linear(let input): unit(input)
    case .discountRate: "1/y"
    case .horizonMonths: "months"
    case .implementationHours: "h"
    case .number: "1"
    }
  }

  /// A value of it as people read it.
  func words(of kind: DecisionInput.Kind, _ number: Double) -> String {
    switch kind {
    case .linear(let input): words(of: input, number)
    case .discountRate: "\(significant(number * 100, digits: 3).trimmingZeros) %"
    case .horizonMonths: "\(significant(number, digits: 3).trimmingZeros) months"
    case .implementationHours: duration(max(0, number.rounded()))
    case .number(let name):
      frame.stated[name].map { $0.text(min($0.maximum, $0.value * number)) }
        ?? "× \(significant(number, digits: 3).trimmingZeros)"
    }
  }

  /// In one unit where that is short, else as times are read.
  private func duration(_ hours: Double) -> String {
    guard let span = TimeSpan(hours: hours) else { return "–" }
    return span.exactText.hasSuffix(" h") && hours >= 100 ? span.description : span.exactText
  }

  /// A relative change with its sign.
  func moved(_ change: Double) -> String {
    "\(change < 0 ? "−" : "+")\(significant(abs(change) * 100, digits: 3)) %"
  }
}
