internal import Resilience
internal import ServiceGraph

/// What several calls make of those for which they are made.
struct CallSeries {
  private(set) var answers = SerialAnswers()
  private let failures: CalleeFailures
  private let order: CallOrder
  private var times: LaneTimes?
  private var alone: CalleeEffect?
  private var hanging: CalleeEffect?
  private var failed: [AttemptErrors.Part] = []
  private var worst: (share: Double, source: EffectSource)?
  private var latest: (hours: Double, source: EffectSource)?
  private var maskedHours = Double.infinity
  private var waiting: [Int] = []
  private var makeups: [(makeup: CalleeMakeup, lanes: [Int])] = []
  private var isSeveral = false

  /// - Parameter order: which of them are made at once.
  init(_ failures: CalleeFailures, _ order: CallOrder) {
    (self.failures, self.order) = (failures, order)
    times = order.isSerial ? nil : LaneTimes(order)
  }

  /// - Parameters:
  ///   - lanes: those in which the calls are made.
  ///   - isSeveral: whether several things below make that of the calls.
  mutating func add(_ effect: CalleeEffect, lanes: [Int], isSeveral: Bool = false) {
    alone = answers.hours == 0 && answers.answeredShare == 1 && hanging == nil ? effect : nil
    let part = CalleePart(effect, failures)
    makeups.append((effect.makeup ?? .part(part), lanes))
    self.isSeveral = self.isSeveral || isSeveral || effect.makeup != nil || makeups.count > 1
    guard part.lateness.hours.isFinite else {
      hanging = effect
      return
    }
    let errors = effect.manner.errors(failures)
    answers.add(errorShare: errors.share, part.lateness)
    times?.add(part.lateness, in: lanes)
    failed += errors.parts
    if errors.share > worst?.share ?? 0 { worst = (errors.share, effect.source) }
    guard part.lateness.hours > 0 else { return }
    if part.lateness.hours >= latest?.hours ?? 0 { latest = (part.lateness.hours, effect.source) }
    waiting += effect.waiting
    // Who tries again is answered at once when what is down has come back.
    if effect.manner.maskedHours > 0 { maskedHours = min(maskedHours, effect.manner.maskedHours) }
  }

  /// Works out how late the answers are together, once all calls are added.
  mutating func close(_ slowAnswers: SlowAnswers) {
    if let times, answers.hours > 0 { answers.set(times.together(slowAnswers)) }
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
  ///   - lateShare: the share of the answers that is too late for one of them, or what is as bad as such a share.
  func effect(feelsLateness: Bool, lateShare: Double) -> CalleeEffect? {
    let errors = errors
    let isLate = answers.hours > 0 && feelsLateness && errors.share < 1
    guard
      var effect = hanging ?? (isLate || answers.hours == 0 ? alone : nil)
        ?? together(isLate, errors, lateShare)
    else { return nil }
    effect.makeup = isSeveral ? .calls(makeups, order) : nil
    return effect
  }

  private func together(_ isLate: Bool, _ errors: AttemptErrors, _ lateShare: Double) -> CalleeEffect? {
    guard isLate, let latest else {
      return worst.map { CalleeEffect(manner: .errors(errors), source: $0.source) }
    }
    let source = lateShare >= errors.share ? latest.source : worst?.source
    return CalleeEffect(
      manner: .late(
        hours: answers.hours, maskedHours: maskedHours.isFinite ? maskedHours : 0, laws: answers.laws,
        errors: errors),
      source: source ?? latest.source, waiting: waiting)
  }
}
