import ArgumentParser
import Diagnostics
import Economics
import FoundationEssentials
import Quantities

/// What `relmodel roi` can be asked besides what an option is worth.
struct RoiOptions: ParsableArguments {
  @Option(help: "The effective rate of discount of a year.")
  var rate = "8 %"

  @Option(
    help: ArgumentHelp(
      "Draws of what is uncertain, four replications each: numbers stated with uncertain:, and those bound to the history; 0 "
        + "takes all as stated. Without it 500, and at most a tenth of the replications.", valueName: "number"
    ))
  var draws: Int?

  @Flag(
    help:
      "Also what each input does to the NPV, from its low to its high value, and where it would flip the decision."
  )
  var sensitivity = false

  @Option(
    help: ArgumentHelp(
      "Also what must be true for a goal: npv=$50,000, roi=500%, roi-pv=300%, benefit-cost=3, irr=20% or payback=12 months.",
      valueName: "goal"))
  var target: String?

  @Flag(
    help:
      "Also savings and costs by every reckoning: as the plan states them, by the incident log, by the model, at list and own prices."
  )
  var basis = false

  @Option(
    help: ArgumentHelp(
      "Also with benefits lowered and costs raised by shares, such as benefits=10%,costs=5%.",
      valueName: "shares"))
  var risk: String?

  func validate() throws {
    if let draws, draws != 0, !(2...100_000).contains(draws) {
      throw ValidationError("--draws: 0, or 2 to 100,000")
    }
    _ = try (discountRate(), goal(), riskAdjustment())
  }

  func discountRate() throws -> DiscountRate { try DiscountRate(option: rate) }

  // MARK: Goal

  /// The goal; `nil` where none was asked for.
  ///
  /// - Parameter currency: what its amount has to be in; `nil`: any.
  func goal(in currency: String? = nil) throws -> Goal? {
    guard let target else { return nil }
    let parts = target.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks }
    guard parts.count == 2, let measure = measure(parts[0], parts[1]) else {
      throw ValidationError(
        "--target: “\(target)” is no goal; expected npv=$50,000, roi=500%, roi-pv=300%, benefit-cost=3, irr=20% or "
          + "payback=12 months")
    }
    if let currency, let amount = try? Money(parsing: parts[1]), amount.currency != currency {
      throw Findings([
        Diagnostic(
          slug: "mixed-currencies",
          "--target: \(parts[1]) is in \(amount.currency), and everything else in \(currency); nothing says what one is in "
            + "the other", at: nil, help: "--target npv=…, in \(currency)")
      ])
    }
    return Goal(measure)
  }

  private func measure(_ name: String, _ text: String) -> Goal.Measure? {
    switch name {
    case "npv": (try? Money(parsing: text)).map { .netPresentValue($0.double) }
    case "roi": share(text).map { .returnOnInvestment($0) }
    case "roi-pv": share(text).map { .returnOnPresentValues($0) }
    case "benefit-cost": share(text).flatMap { $0 >= 0 ? .benefitCostRatio($0) : nil }
    case "irr": share(text).flatMap { DiscountRate(perYear: $0) }.map { .internalRate($0) }
    case "payback": months(text).map { .payback(months: $0) }
    default: nil
    }
  }

  private func months(_ text: String) -> Int? {
    guard let span = try? TimeSpan(parsing: text), span.hours >= 730, span.hours <= 30 * 8760 else {
      return nil
    }
    return Int((span.hours / 730 + 1e-9).rounded(.down))
  }

  // MARK: Risk

  /// The risk adjustment; `nil` where none was asked for.
  func riskAdjustment() throws -> RiskAdjustment? {
    guard let risk else { return nil }
    var shares: [String: Double] = [:]
    for part in risk.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks }
      guard pair.count == 2, ["benefits", "costs"].contains(pair[0]), shares[pair[0]] == nil,
        let share = share(pair[1])
      else { throw riskError(risk) }
      shares[pair[0]] = share
    }
    guard !shares.isEmpty,
      let found = RiskAdjustment(
        benefitsLowered: shares["benefits"] ?? 0, costsRaised: shares["costs"] ?? 0)
    else { throw riskError(risk) }
    return found
  }

  private func riskError(_ risk: String) -> ValidationError {
    ValidationError(
      "--risk: “\(risk)” does not lower benefits by at most 100 % and raise costs; expected benefits=10%,costs=5%"
    )
  }

  /// A share, as 8 % or 0.08.
  private func share(_ text: String) -> Double? {
    guard let number = NumberText(prefixOf: text[...]), number.rest == "%" || number.rest.isEmpty,
      number.double.isFinite
    else { return nil }
    return number.rest == "%" ? number.double / 100 : number.double
  }
}

extension Substring {
  /// Without blanks at both ends.
  fileprivate var trimmingBlanks: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}
