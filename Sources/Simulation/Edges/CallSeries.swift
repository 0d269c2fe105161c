internal import Resilience
internal import ServiceGraph

/// Whether and when calls are answered for which others are made, one after the other.
struct SerialAnswers {
  /// The share that gets no error: Π (1 − eᵢ).
  private(set) var answeredShare = 1.0
  /// How late the answers are on average; ∞: they never come.
  private(set) var hours = 0.0
  /// The numbers of the laws that add up to that, with what is fixed.
  private(set) var laws: [Int] = []

  /// - Parameters:
  ///   - errorShare: the share of one of these calls that gets an error.
  ///   - hours: how late its answer is on average, as the laws have it that these are the numbers of.
  mutating func add(errorShare: Double, hours: Double, laws: [Int]) {
    answeredShare *= 1 - errorShare
    self.hours += hours
    self.laws += laws
  }

  /// The share that comes later than a time, of those that get no error.
  func lateShare(_ hours: Double, _ slowAnswers: SlowAnswers) -> Double {
    slowAnswers.survival(hours, meanHours: self.hours, laws: laws)
  }

  /// The share that gets an error or comes later than a time: 1 − Π (1 − eᵢ) P(Σ Aᵢ ≤ T).
  func failedShare(patienceHours: Double, _ slowAnswers: SlowAnswers) -> Double {
    1 - answeredShare * (1 - lateShare(patienceHours, slowAnswers))
  }
}

/// What several calls made one after the other make of those for which they are made.
struct CallSeries {
  private(set) var answers = SerialAnswers()
  private let failures: CalleeFailures
  private var alone: CalleeEffect?
  private var hanging: CalleeEffect?
  private var failed: [AttemptErrors.Part] = []
  private var worst: (share: Double, source: EffectSource)?
  private var lateSource: EffectSource?
  private var maskedHours = Double.infinity
  private var waiting: [Int] = []
  private var parts: [CalleePart] = []

  init(_ failures: CalleeFailures) { self.failures = failures }

  /// - Parameter parts: what makes this one up, where that is several things.
  mutating func add(_ effect: CalleeEffect, parts: [CalleePart]) {
    alone = answers.hours == 0 && answers.answeredShare == 1 && hanging == nil ? effect : nil
    let (errors, hours) = (effect.manner.errors(failures), effect.manner.lateHours(failures))
    let laws = hours > 0 && hours.isFinite ? effect.manner.laws : []
    self.parts +=
      parts.isEmpty
      ? [CalleePart(source: effect.source, hours: hours, law: laws.first ?? -1, failedShare: errors.share)]
      : parts
    guard hours.isFinite else {
      hanging = effect
      return
    }
    answers.add(errorShare: errors.share, hours: hours, laws: laws)
    failed += errors.parts
    if errors.share > worst?.share ?? 0 { worst = (errors.share, effect.source) }
    guard hours > 0 else { return }
    lateSource = effect.source
    waiting += effect.waiting
    // Who tries again is answered at once when what is down has come back.
    if effect.manner.maskedHours > 0 { maskedHours = min(maskedHours, effect.manner.maskedHours) }
  }

  /// The errors that they get together.
  private var errors: AttemptErrors {
    let share = 1 - answers.answeredShare
    guard share > 0 else { return .none }
    return AttemptErrors(failed).scaled(toShare: share > 1 - 1e-12 ? 1 : share)
  }

  /// What that is for those who wait for them; `nil` where it is nothing.
  ///
  /// - Parameters:
  ///   - feelsLateness: whether they feel it where answers are late.
  ///   - lateShare: the share of the answers that is too late for one of them.
  func effect(feelsLateness: Bool, lateShare: Double) -> CalleeEffect? {
    let errors = errors
    let isLate = answers.hours > 0 && feelsLateness && errors.share < 1
    guard
      var effect = hanging ?? (isLate || answers.hours == 0 ? alone : nil)
        ?? together(isLate, errors, lateShare)
    else { return nil }
    effect.parts = parts.count > 1 ? parts : []
    return effect
  }

  private func together(_ isLate: Bool, _ errors: AttemptErrors, _ lateShare: Double) -> CalleeEffect? {
    guard isLate, let lateSource else {
      return worst.map { CalleeEffect(manner: .errors(errors), source: $0.source) }
    }
    let source = lateShare >= errors.share ? lateSource : worst?.source
    return CalleeEffect(
      manner: .late(
        hours: answers.hours, maskedHours: maskedHours.isFinite ? maskedHours : 0, laws: answers.laws,
        errors: errors),
      source: source ?? lateSource, waiting: waiting)
  }
}
