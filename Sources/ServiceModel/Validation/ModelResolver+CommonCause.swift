internal import Diagnostics
internal import Quantities
internal import Stochastics

extension ModelResolver {
  /// A common cause needs several units, a constant rate to split, and as many factors as there are units.
  mutating func checkCommonCause(_ mode: FailureModeDraft, scope: FailureMode.Scope, owner: ModeOwner) {
    guard let cause = mode.commonCause else { return }
    guard case .component(_, let units, _) = owner, scope == .unit, units >= 2 else {
      report(
        "common-cause-scope",
        "a common cause joins failures of several units; \(mode.name.value) has none to join",
        at: cause.location, help: "scope: unit on a component with replicas: 2 or more")
      return
    }
    if case .lifetime(let law) = mode.frequency, !(law is Exponential) {
      report(
        "common-cause-lifetime", "a common cause splits a constant rate; \(law) has none", at: cause.location,
        help: "mtbf: 720 h")
    }
    checkFactors(cause, units: units)
  }

  private mutating func checkFactors(_ cause: Located<CommonCause>, units: Int) {
    switch cause.value {
    case .beta: break
    case .multipleGreekLetters(let letters):
      checkCount(
        letters.count, expected: units - 1, units: units, "multiple-greek-letters", at: cause.location)
    case .alpha(let factors, _):
      checkCount(factors.count, expected: units, units: units, "alpha", at: cause.location)
      checkSum(factors, "alpha", at: cause.location)
    case .phi(let factors):
      checkCount(factors.count, expected: units, units: units, "phi", at: cause.location)
      checkSum(factors, "phi", at: cause.location)
    }
  }

  private mutating func checkCount(
    _ count: Int, expected: Int, units: Int, _ key: String, at location: SourceLocation
  ) {
    guard count != expected else { return }
    report(
      "common-cause-count",
      "\(key): \(count) factors for \(units) units; expected \(expected)", at: location,
      help: count < expected ? "write 0 % for what does not happen" : nil)
  }

  /// Published factors are rounded; more than a thousandth off is a mistake.
  private mutating func checkSum(_ factors: [Probability], _ key: String, at location: SourceLocation) {
    let total = factors.reduce(0) { $0 + $1.value }
    guard abs(total - 1) > 1.001e-3 else { return }
    report(
      "common-cause-sum",
      "the \(key) factors add up to \(significant(total * 100, digits: 4)) %; expected 100 %", at: location)
  }
}
