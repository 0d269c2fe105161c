import Diagnostics
import Economics
import ModelFormat
import Reports

extension PlannedChange {
  /// What the last file that says so takes off benefits and puts on costs; `nil` where nothing says.
  var risk: OptionRisk? {
    guard let margins = margins.last?.margins else { return nil }
    var shares: [RiskAdjustment.Category: Double] = [:]
    for margin in margins { for category in margin.categories { shares[category] = margin.share } }
    var places: [String] = []
    for margin in margins where !places.contains(margin.place) { places.append(margin.place) }
    return RiskAdjustment(shares).map { OptionRisk($0, statedBy: places) }
  }
}

extension RiskMargins.Margin {
  /// The kinds of benefits or costs that it is about.
  fileprivate var categories: [RiskAdjustment.Category] {
    guard let kind else { return RiskAdjustment.Category.allCases.filter { $0.isBenefit == isBenefit } }
    guard kind != "running" else { return [isBenefit ? .runningLess : .runningMore] }
    return RiskAdjustment.Category(rawValue: kind).map { [$0] } ?? []
  }

  /// Where it stands, and where it is from.
  fileprivate var place: String {
    "\(location.file):\(location.line)" + (source.map { " (\($0))" } ?? "")
  }
}
