internal import IncidentHistory
internal import Quantities
internal import Stochastics

/// The rates of similar classes, each drawn to what they have in common by as much as its own history is short.
struct PooledRatesSection {
  private let groups: [LossGroup]
  private let rates: PooledRates
  private let confidence: Double

  /// `nil` unless at least three classes were watched for a declared time.
  init?(_ statistics: IncidentStatistics) {
    var (groups, counts): ([LossGroup], [EventCount]) = ([], [])
    for group in statistics.groups {
      guard let seen = group.meanTime, seen.end == .time,
        let count = try? EventCount(events: seen.failures, exposure: seen.exposure)
      else { continue }
      groups.append(group)
      counts.append(count)
    }
    guard counts.count > 2, let rates = try? PooledRates(counts) else { return nil }
    (self.groups, self.rates, confidence) = (groups, rates, statistics.options.confidence)
  }

  var blocks: [Document.Block] {
    let rows = groups.indices.map { index -> [Document.Cell] in
      let (seen, pooled) = (
        groups[index].meanTime?.value, meanTime(rates.rateEstimate(index, confidence: confidence))
      )
      return [
        Document.Cell(groups[index].name),
        Document.Cell(seen.map { HistoryText.days($0) } ?? "unknown", number: seen),
        Document.Cell(HistoryText.days(pooled.value), number: pooled.value), interval(pooled),
        Document.Cell(percentage(rates.shrinkage(index)), number: rates.shrinkage(index)),
      ]
    }
    let next = meanTime(rates.newComponentEstimate(confidence: confidence))
    let another: [Document.Cell] = [
      "another such", "", Document.Cell(HistoryText.days(next.value), number: next.value), interval(next), "",
    ]
    let level = HistoryText.confidence(confidence)
    return [
      .heading("If these are similar: MTBF, pooled"),
      .table(
        Document.Table(
          columns: ["Class", "Seen", "Pooled", "\(level) interval", "Drawn to the mean"],
          cells: rows + [another])),
    ]
  }

  private func interval(_ estimate: Estimate) -> Document.Cell {
    Document.Cell("\(HistoryText.days(estimate.low)) – \(HistoryText.days(estimate.high))")
  }

  /// One over a rate, its limits exchanged.
  private func meanTime(_ rate: Estimate) -> Estimate {
    Estimate(
      value: 1 / rate.value, low: 1 / rate.high, high: rate.low > 0 ? 1 / rate.low : .infinity,
      confidence: rate.confidence)
  }

  var json: JSONValue {
    let members = groups.indices.map { index -> JSONValue in
      [
        "name": .string(groups[index].name),
        "mtbfHours": meanTime(rates.rateEstimate(index, confidence: confidence)).json(unit: "h"),
        "shrinkage": .number(rates.shrinkage(index)),
      ]
    }
    return [
      "groups": .array(members),
      "anotherMtbfHours": meanTime(rates.newComponentEstimate(confidence: confidence)).json(unit: "h"),
    ]
  }
}
