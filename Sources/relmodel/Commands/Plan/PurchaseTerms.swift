import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import Planning
import Quantities

/// What is the same for everything that `relmodel plan purchase` plans to buy.
struct PurchaseTerms: ParsableArguments {
  @Option(help: "The longest promise in years, 1 or 3; also how far it is reckoned.")
  var years = 3

  @Flag(help: "Leave out what is paid at the start.")
  var noUpfront = false

  @Option(parsing: .upToNextOption, help: "What money costs in a year, for what is paid at the start; 0 %.")
  var capital: [String] = []

  @Option(
    parsing: .upToNextOption, help: "How likely use ends within a year, such as 20 %; promises are paid on.")
  var ends: [String] = []

  @Option(help: "An hour of spare capacity, such as $0.15/h.")
  var spot: String?

  @Option(parsing: .upToNextOption, help: "How often a spot unit is taken back, such as 2 /month.")
  var interrupted: [String] = []

  @Option(parsing: .upToNextOption, help: "How long another runs on demand in its place.")
  var replacedFor: [String] = []

  @Option(help: "What one interruption costs besides, such as $20.")
  var interruptionCosts: String?

  @Option(help: "So many units are never spot.")
  var firm = 0

  func validate() throws {
    guard years == 1 || years == 3 else { throw ValidationError("--years \(years): expected 1 or 3") }
    let needsSpot = !interrupted.isEmpty || !replacedFor.isEmpty || interruptionCosts != nil || firm != 0
    if spot == nil, needsSpot {
      throw ValidationError("interruptions and --firm need the price of spare capacity: --spot '$0.15/h'")
    }
    _ = try spotCapacity(CommittableDemand.SpareCapacity(perHour: nil, interruptionsPerHour: 0, modes: []))
    _ = try endsPerYear()
    _ = try capitalPerYear()
  }

  /// A question about offers of some terms; those that are too long are left out.
  ///
  /// - Parameter spare: what a model says of spare capacity, where options do not.
  func question(
    onDemand: Double, _ offers: [PurchaseQuestion.Commitment], hoursPerYear: Double = 8760,
    spare: CommittableDemand.SpareCapacity? = nil
  ) throws -> PurchaseQuestion {
    let capital = try capitalPerYear()
    let usable = offers.filter { $0.years <= years && !(noUpfront && $0.upfront > 0) }
      .map { $0.atCapitalCost(capital, hoursPerYear: hoursPerYear) }
    do {
      return try PurchaseQuestion(
        onDemand: onDemand, commitments: usable, spot: try spotCapacity(spare), firmUnits: firm,
        endsPerYear: try endsPerYear(), hoursPerYear: hoursPerYear)
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }

  private func endsPerYear() throws -> Double {
    ends.isEmpty ? 0 : try QuantityArgument.share("--ends", ends.joined(separator: " "))
  }

  private func capitalPerYear() throws -> Double {
    capital.isEmpty ? 0 : try QuantityArgument.probability("--capital", capital.joined(separator: " "))
  }

  /// Whether a model's own interruptions are what spare capacity is reckoned with.
  func takesInterruptions(of spare: CommittableDemand.SpareCapacity) -> Bool {
    interrupted.isEmpty && spare.interruptionsPerHour != nil && (spot != nil || spare.perHour != nil)
  }

  /// Spare capacity at the price of an option, else of the book where the model says how often it is taken back.
  private func spotCapacity(_ spare: CommittableDemand.SpareCapacity?) throws -> PurchaseQuestion.Spot? {
    let modelled = interrupted.isEmpty ? spare?.interruptionsPerHour : nil
    let stated = try spot.map { try PurchaseTerms.hourly("--spot", $0) }
    guard let perHour = stated ?? (modelled == nil ? nil : spare?.perHour) else { return nil }
    guard modelled != nil || !interrupted.isEmpty else {
      throw ValidationError(
        "--spot needs how often a unit is taken back: --interrupted '2 /month'"
          + (spare == nil
            ? "" : ", or interrupted: {rate: 2 /month, lasts: 3 min} beside bought: spot in the model"))
    }
    return PurchaseQuestion.Spot(
      perHour: perHour,
      interruptionsPerHour: try modelled
        ?? QuantityArgument.rate("--interrupted", interrupted.joined(separator: " ")).perHour,
      replacedHours: replacedFor.isEmpty
        ? 0 : try QuantityArgument.span("--replaced-for", replacedFor.joined(separator: " ")).hours,
      costEach: try interruptionCosts.map { text in
        do throws(QuantityError) { return try Money(parsing: text).double } catch {
          throw ValidationError("--interruption-costs: \(error.message)")
        }
      } ?? 0)
  }

  /// Money an hour.
  static func hourly(_ option: String, _ text: String) throws -> Double {
    do throws(QuantityError) {
      return try MoneyRate(parsing: text, currency: "USD").perHour
    } catch {
      throw ValidationError("\(option): \(error.message)\(error.help.map { "; for example \($0)" } ?? "")")
    }
  }
}

extension Price {
  /// As a promise: an hour with its part of what is paid at the start; `nil` where it is none.
  func promised(hoursPerYear: Double) -> PurchaseQuestion.Commitment? {
    guard let years = purchase.commitment?.years, unit == "hour" else { return nil }
    let start = Double("\(upfront)") ?? 0
    return PurchaseQuestion.Commitment(
      name: purchase.text, years: years,
      perHour: (Double("\(amount)") ?? 0) + start / (Double(years) * hoursPerYear), upfront: start)
  }
}
