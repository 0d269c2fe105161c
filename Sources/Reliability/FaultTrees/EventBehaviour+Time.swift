internal import ServiceGraph

extension EventBehaviour {
  /// Whether it fails once, at a random time.
  var isLifetime: Bool {
    switch self {
    case .nonRepairable: true
    case .repairable(_, let repairRate, _): repairRate == 0
    case .share(_, let whole): whole.isLifetime
    case .unknown, .constant, .tested, .timeDependent: false
    }
  }

  /// Whether it stays once it is there.
  var isMonotone: Bool {
    if case .constant = self { true } else { isLifetime }
  }

  /// Whether it ends at tests.
  var isTested: Bool {
    switch self {
    case .tested: true
    case .share(_, let whole): whole.isTested
    default: false
    }
  }

  /// The probability of an event that does not change with time.
  var constantShare: Double? {
    if case .constant(let probability) = self { probability } else { nil }
  }

  /// Whether it is known how often an event fails, and why not.
  enum FrequencyKnowledge {
    case known
    /// A probability that does not change.
    case constant
    /// Tests that take time.
    case test
  }

  /// Why it is not known how often an event of constant probability fails.
  static func constantReason(_ name: String) -> String {
    "\(name) has a constant probability, which does not tell how often it comes"
  }

  /// Whether it is known how often it fails.
  var frequencyKnowledge: FrequencyKnowledge {
    switch self {
    case .constant(let probability): probability == 0 || probability == 1 ? .known : .constant
    case .tested(let test): if case .full = test.repair { .test } else { .known }
    case .share(_, let whole): whole.frequencyKnowledge
    case .unknown, .nonRepairable, .repairable, .timeDependent: .known
    }
  }

  /// The phases it goes through in a Markov chain; `nil` for other laws.
  var cycle: FirstFailureChain.Cycle? {
    switch self {
    case .nonRepairable(.exponential(let rate)):
      return FirstFailureChain.Cycle(rates: [rate], upCount: 1, isRepaired: false)
    case .nonRepairable(.erlang(let rate, let phases)) where phases <= 20:
      let count = max(1, phases)
      return FirstFailureChain.Cycle(
        rates: [Double](repeating: rate, count: count), upCount: count, isRepaired: false)
    case .repairable(let failureRate, let repairRate, let demand):
      return FirstFailureChain.Cycle(rates: [failureRate, repairRate], upCount: 1, initialDown: demand)
    default: return nil
    }
  }
}
