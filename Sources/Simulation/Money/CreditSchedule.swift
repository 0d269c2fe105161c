internal import Quantities
internal import ServiceModel

/// What a calendar month below a promise pays back, in whole ten-thousandths.
struct CreditSchedule: Sendable {
  /// A step of the schedule in a month of one length.
  private struct Step {
    /// A month with more downtime than this pays.
    let allowedTicks: Int64
    let pays: Int64
  }

  /// For each month of the year.
  private let steps: [[Step]]

  init(_ credits: [CreditStep]) {
    steps = CalendarMonth.allCases.map { month in
      credits.map { step in
        Step(
          allowedTicks: Int64(
            (month.lengthHours * Ticks.perHour * step.below.unavailability).rounded(.down)),
          pays: DowntimePricing.amount(step.pays.double * DowntimePricing.perUnit))
      }
    }
  }

  var isEmpty: Bool { steps[0].isEmpty }

  /// What a month with so much downtime pays back: the highest step alone.
  ///
  /// - Parameters:
  ///   - downtime: without what may be rounding.
  ///   - number: the month of the horizon, from 0, which is a January.
  func credit(_ downtime: Int64, inMonth number: Int) -> Int64 {
    steps[number % 12].reduce(0) { downtime > $1.allowedTicks ? max($0, $1.pays) : $0 }
  }
}
