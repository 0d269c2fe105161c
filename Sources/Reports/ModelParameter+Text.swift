internal import Quantities
internal import Reliability

extension ModelParameter {
  /// A value of it as the model writes it.
  func text(_ value: Double) -> String {
    switch quantity {
    case .hours: TimeSpan(hours: value)?.description ?? ""
    case .perHour: Rate(perHour: value)?.description ?? ""
    case .unavailability: Availability(unavailability: value)?.text(digits: 3) ?? ""
    case .failureProbability, .share: percentage(written(value))
    }
  }
}
