internal import Billing
internal import CloudCost
internal import Economics
internal import FoundationEssentials
internal import IncidentHistory
internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// The bill, the change as an investment, the incident history and drills.
extension ClaimReader {
  // MARK: Bill

  func bill(_ word: ClaimWord) -> ClaimReading {
    if word == .once {
      return evidence.once.map { ClaimReading($0, .bill) }
        ?? .unknown("no file says what the change costs once: once:")
    }
    guard case .found(let bill) = evidence.bill else { return missing(evidence.bill) }
    switch word {
    case .yearly: return amount(bill, bill.yearly)
    case .upfront: return amount(bill, bill.upfront)
    case .monthly: return amount(bill, bill.monthly)
    default:
      guard case .found(let base) = evidence.baseBill else { return missing(evidence.baseBill) }
      guard base.currency == bill.currency else {
        return .unknown("the two bills are in \(base.currency) and \(bill.currency)")
      }
      return change(base, bill, word)
    }
  }

  private func missing<Value>(_ finding: ClaimEvidence.Finding<Value>) -> ClaimReading {
    if case .missing(let reason) = finding { .unknown(reason) } else { .unknown("there is none") }
  }

  /// A sum of known lines is the least that it can be while the price of others is not known. Lines that wait for their use
  /// to be stated are left out, as in every bill; the report names them.
  private func amount(_ bill: Bill, _ sum: Decimal) -> ClaimReading {
    let value = Money(sum, currency: bill.currency).double
    return .known(ClaimRange(value, low: value, high: bill.unknown.isEmpty ? value : .infinity), .bill)
  }

  /// A new line without a known price can only add, one that is gone only take away; one in both bills counts for nothing.
  private func change(_ before: Bill, _ after: Bill, _ word: ClaimWord) -> ClaimReading {
    let (old, new) = (Set(before.unknown.map(\.resource)), Set(after.unknown.map(\.resource)))
    let value = Money(after.monthly - before.monthly, currency: after.currency).double
    let range = ClaimRange(
      value, low: old.isSubset(of: new) ? value : -.infinity, high: new.isSubset(of: old) ? value : .infinity)
    guard word == .growth else { return .known(range, .bill) }
    let base = Money(before.monthly, currency: before.currency).double
    guard base > 0 else { return .unknown("the base costs nothing") }
    return ClaimReading.known(range, .bill).scaled(by: 1 / base)
  }

  func entryOfBill(_ entry: String) -> ClaimReading {
    guard case .found(let bill) = evidence.bill else { return missing(evidence.bill) }
    let lines = bill.lines.filter { $0.resource == entry || $0.resource.hasPrefix(entry + "/") }
    guard !lines.isEmpty else { return .unknown("no line of the bill is of it") }
    let value = Money(lines.compactMap(\.monthly).reduce(0, +), currency: bill.currency).double
    let isOpen = lines.contains { if case .unknown = $0.amount { true } else { false } }
    return .known(ClaimRange(value, low: value, high: isOpen ? .infinity : value), .bill)
  }

  // MARK: Investment

  func option(_ capability: Int?, _ word: ClaimWord) -> ClaimReading {
    let finding = evidence.options[capability] ?? .missing(ClaimEvidence.noBase)
    guard case .found(let option) = finding else { return missing(finding) }
    switch word {
    case .npv:
      return option.netPresentValue.map { ClaimReading($0, .simulated) } ?? .unknown("too few replications")
    case .returns: return returns(option)
    case .irr:
      if case .one(let rate) = option.internalRate { return ClaimReading(rate, .simulated) }
      return .unknown("there is no one rate")
    case .payback:
      return option.cashFlow.payback.map { ClaimReading($0 * 730, .simulated) }
        ?? .unknown("it does not pay back within the horizon")
    default: return yearly(option, word)
    }
  }

  /// (benefits − costs) / costs, as sure as the present value of the benefits is.
  private func returns(_ option: OptionReturn) -> ClaimReading {
    let found = option.returnOnInvestment
    guard let value = found.value(.netBenefitOverCost) else { return .unknown("nothing is paid") }
    let share = relativeHalfWidth(option)
    let margin = (value + 1) * share
    return .known(ClaimRange(value, low: value - margin, high: value + margin), .simulated)
  }

  /// Half the width of the interval of the present value, as a share of that of the benefits.
  private func relativeHalfWidth(_ option: OptionReturn) -> Double {
    let benefits = option.returnOnInvestment.benefits.present
    guard let width = option.netPresentValue?.halfWidth, benefits > 0 else { return 0 }
    return width / benefits
  }

  /// Of the last year of the horizon, by which the change has to be done; per hour.
  private func yearly(_ option: OptionReturn, _ word: ClaimWord) -> ClaimReading {
    let last = option.months.suffix(12)
    guard last.count == 12, option.plan.effectiveShares.suffix(12).allSatisfy({ $0 == 1 }) else {
      return .unknown("the change is not done a year before the horizon ends: --years")
    }
    let avoided = last.map(\.avoided.total).reduce(0, +)
    let running = word == .net ? last.map(\.running).reduce(0, +) : 0
    let margin = abs(avoided) * relativeHalfWidth(option)
    let value = avoided + running
    return ClaimReading.known(ClaimRange(value, low: value - margin, high: value + margin), .simulated)
      .scaled(by: 1 / 8760)
  }

  // MARK: History

  func history(_ component: String?, _ mode: String?, _ word: ClaimWord) -> ClaimReading {
    let scope = ClaimEvidence.Scope(component: component, mode: mode)
    guard let finding = evidence.history[scope] else { return .unknown(ClaimEvidence.noHistory) }
    guard case .found(let found) = finding else { return missing(finding) }
    switch word {
    case .incidents: return ClaimReading(Double(found.selection.events.count), .history)
    case .downtime: return ClaimReading(found.downtimeHours, .history)
    case .availability:
      guard let observed = found.availability else { return .unknown("no window of the history is recorded") }
      return observed.estimate.map { ClaimReading($0, .history) } ?? ClaimReading(observed.value, .history)
    case .mttr: return found.repair.mean.map { ClaimReading($0, .history) } ?? .unknown("no outage has ended")
    default:
      guard let time = found.failures.meanTime, let value = time.value else {
        return .unknown("nothing has failed")
      }
      let limits = time.limits(confidence: 0.95)
      return .known(ClaimRange(value, low: limits.low, high: limits.high ?? .infinity), .history)
    }
  }

  func drill(_ name: String, _ word: ClaimWord) -> ClaimReading {
    guard case .found(let all) = evidence.drills else { return missing(evidence.drills) }
    let own = all.filter { $0.name == name }
    if word == .held { return ClaimReading(Double(own.count), .history) }
    guard !own.isEmpty else {
      return .unknown("no drill of \(name) is on record: relmodel drill add \(name)")
    }
    guard own.allSatisfy(\.succeeded) else { return .unknown("a drill of \(name) did not recover") }
    let measured = own.compactMap { word == .rto ? $0.achievedRecoveryHours : $0.achievedLossHours }
    return measured.max().map { ClaimReading($0, .history) } ?? .unknown("no drill of \(name) measured it")
  }
}
