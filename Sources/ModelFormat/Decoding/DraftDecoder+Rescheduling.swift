internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// How long a unit is bound to a node that is down.
  func reschedule(_ reading: Reading?) -> Located<TimeSpan>? {
    reading.flatMap { own in own.duration.map { Located($0, at: own.location) } }
  }

  /// Which time a failure mode ages by.
  func clock(_ reading: Reading?) -> Located<FailureMode.Clock>? {
    reading?.locatedText.flatMap { text in
      FailureMode.Clock(rawValue: text.value).map { Located($0, at: text.location) }
    }
  }
}
