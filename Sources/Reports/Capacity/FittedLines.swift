internal import Planning
internal import Quantities
internal import Stochastics

/// The straight lines of a forecast, told at days that somebody asks about.
struct FittedLines {
  private let line: LinearTrend
  private let robust: TheilSenTrend?

  /// `nil` where no line was fitted.
  init?(_ forecast: LimitForecast) {
    guard let line = forecast.forecasts.lazy.compactMap(\.line).first else { return nil }
    self.line = line
    robust = forecast.forecasts.lazy.compactMap(\.theilSen).first
  }

  /// Value and intervals at each day.
  func table(at days: [Double], named name: (Double) -> String) -> Document.Table {
    Document.Table(
      columns: [
        "At", "straight line", "95 % of values", "95 % of means", "Theil–Sen line", "95 % of values",
      ],
      cells: days.map { day in
        let (value, mean) = (line.value(at: day), line.mean(at: day))
        let other = robust?.value(at: day)
        return [
          Document.Cell(name(day)), Document.Cell(amountText(value.value), number: value.value),
          interval(value), interval(mean),
          other.map { Document.Cell(amountText($0.value), number: $0.value) } ?? "",
          other.map(interval) ?? "",
        ]
      })
  }

  private func interval(_ estimate: Estimate) -> Document.Cell {
    Document.Cell("\(amountText(estimate.low)) – \(amountText(estimate.high))")
  }

  /// The same for programs.
  func json(at days: [Double], named name: (Double) -> String) -> JSONValue {
    .array(
      days.map { day in
        let value = line.value(at: day)
        return [
          "at": .string(name(day)), "day": .number(day), "value": json(value),
          "mean": json(line.mean(at: day)),
          "theilSen": robust.map { json($0.value(at: day)) } ?? .null,
        ]
      })
  }

  private func json(_ estimate: Estimate) -> JSONValue {
    [
      "value": .number(estimate.value), "low": .number(estimate.low), "high": .number(estimate.high),
      "confidence": .number(estimate.confidence),
    ]
  }
}
