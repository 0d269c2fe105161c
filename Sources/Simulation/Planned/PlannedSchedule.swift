internal import ServiceGraph
internal import Stochastics

/// How far planned work has come in a replication.
///
/// An occasion comes when it is due, or when the window opens then or next. It goes through its waves; what is left of
/// it when the next comes is given up, and the wave under way is still finished.
struct PlannedSchedule: ~Copyable {
  /// How far one kind of work is.
  struct State {
    /// When the next occasion is due.
    var due: Int64
    /// When it comes.
    var occasion: Int64
    /// The next wave to begin; as many as there are: nothing is left.
    var wave: Int
    /// The wave under way, or −1, and when it ends.
    var underWay = -1
    var end = Int64.max
    /// When the window opens for the next wave, if it waits for that.
    var opens = Int64.max
    /// Since when the next wave waits for a budget, or −1.
    var waitsSince = Int64(-1)
    /// Whether it has since before time 0.
    var hasWaited = false

    /// When something happens next that does not depend on units.
    var next: Int64 { min(occasion, min(end, opens)) }
  }

  let layout: PlannedLayout
  private(set) var states: [State] = []
  /// What has happened since time 0.
  private(set) var counts: [PlannedCounts] = []
  private var streams: [RandomStream] = []
  /// For each kind of work: the wave whose nodes are closed to units, or −1.
  var cordoned: [Int] = []
  /// How long before time 0 each kind of work bears on how that begins, in hours.
  private let pastHours: [Double]
  /// Whether what such work did is played in this replication.
  private var hasPast = false

  init(_ layout: PlannedLayout, _ past: PastLayout?) {
    self.layout = layout
    pastHours = past?.hoursOfWorks ?? layout.works.map { _ in 0 }
  }

  /// Starts a replication: at time 0 in the long run, or at the beginning of the first round.
  ///
  /// - Parameter withPast: whether work that bears on how it begins waits to be played before time 0.
  mutating func begin(seed: UInt64, replication: UInt32, isNew: Bool, withPast: Bool) {
    guard !layout.isEmpty else { return }
    hasPast = withPast
    streams = layout.works.map { RandomStream(seed: seed, process: $0.key, replication: replication) }
    counts = layout.works.map { _ in PlannedCounts() }
    cordoned = layout.works.map { _ in -1 }
    states.removeAll(keepingCapacity: true)
    for number in layout.works.indices {
      let work = layout.works[number]
      let due = isNew ? work.every : firstDue(number)
      states.append(
        State(due: due, occasion: work.opening(notBefore: due), wave: work.waves.count))
      if isPlayedBeforeTime0(number) { continue }
      while states[number].next < 0 { playBeforeStart(number) }
    }
  }

  /// A due time early enough for what is under way at time 0, and for roles that it moves: the phase is uniform.
  private mutating func firstDue(_ number: Int) -> Int64 {
    let work = layout.works[number]
    let phase = Int64(streams[number].uniform() * Double(work.every))
    let week = Ticks.from(hours: 168)
    var rounds = work.window == nil ? 2 : 2 + (week + work.every - 1) / work.every
    if pastHours[number] > 0 { rounds += Ticks.from(hours: pastHours[number]) / work.every }
    return phase - rounds * work.every
  }

  /// Lets the next thing happen before time 0, with nothing else down.
  private mutating func playBeforeStart(_ number: Int) {
    let time = states[number].next
    if states[number].end == time { _ = end(number) }
    guard mayBeginBeforeTime0(number, at: time) else { return }
    if isBorneWithAllUp(number) { begin(number, at: time) } else { waitsBeforeTime0(number) }
  }

  /// When something happens next that does not depend on units.
  var nextTime: Int64 {
    var next = Int64.max
    for state in states { next = min(next, state.next) }
    return next
  }

  /// Whether a wave might begin now but for a budget, or for room on other nodes: any outage may let it.
  var awaitsUnits: Bool {
    states.indices.contains {
      states[$0].underWay < 0 && states[$0].wave < layout.works[$0].waves.count && states[$0].opens == .max
    }
  }

  // MARK: Before time 0

  /// Whether a kind of work bears on how a replication begins, beside what else happens before time 0.
  func isPlayedBeforeTime0(_ number: Int) -> Bool { hasPast && pastHours[number] > 0 }

  /// When something happens next to work that does; before time 0, where anything is left to be played.
  var nextTimeBefore0: Int64 {
    var next = Int64.max
    for number in states.indices where isPlayedBeforeTime0(number) { next = min(next, states[number].next) }
    return next
  }

  /// Lets an occasion come that is due.
  ///
  /// - Returns: whether the next wave may begin, as far as the clock says.
  mutating func mayBeginBeforeTime0(_ number: Int, at time: Int64) -> Bool {
    if states[number].occasion <= time { comes(number, at: time) }
    opened(number)
    return mayBegin(number, at: time)
  }

  /// Whether every budget bears the next wave with all units up.
  func isBorneWithAllUp(_ number: Int) -> Bool {
    layout.works[number].waves[states[number].wave].budgets.allSatisfy { budget in
      let own = layout.budgets[budget.number]
      return own.units.count - budget.units.count >= own.kept
    }
  }

  // MARK: Occasions

  /// An occasion comes.
  ///
  /// - Returns: whether it cuts the last one short.
  @discardableResult
  mutating func comes(_ number: Int, at time: Int64) -> Bool {
    let work = layout.works[number]
    let cutsShort = states[number].wave < work.waves.count
    if time >= 0 {
      counts[number].occasions += 1
      if cutsShort { counts[number].cutShort += 1 }
      stopWaiting(number, at: time)
    }
    (states[number].wave, states[number].hasWaited) = (0, false)
    let due = states[number].due
    states[number].due = due + ((time - due) / work.every + 1) * work.every
    states[number].occasion = work.opening(notBefore: states[number].due)
    return cutsShort
  }

  // MARK: Waves

  /// Whether the next wave may begin, as far as the clock says; if not, it waits for the window to open.
  mutating func mayBegin(_ number: Int, at time: Int64) -> Bool {
    let work = layout.works[number]
    guard states[number].underWay < 0, states[number].wave < work.waves.count else { return false }
    guard let window = work.window, !window.isOpen(at: time) else { return true }
    states[number].opens = window.opening(notBefore: time)
    return false
  }

  /// The next wave waits for a budget.
  ///
  /// - Returns: whether it has only begun to.
  mutating func waits(_ number: Int, at time: Int64) -> Bool {
    guard states[number].waitsSince < 0 else { return false }
    states[number].waitsSince = time
    if !states[number].hasWaited { counts[number].waits += 1 }
    return true
  }

  /// The next wave waits for a budget before time 0; what began there is not counted.
  mutating func waitsBeforeTime0(_ number: Int) { states[number].hasWaited = true }

  private mutating func stopWaiting(_ number: Int, at time: Int64) {
    guard states[number].waitsSince >= 0 else { return }
    counts[number].waited += time - states[number].waitsSince
    states[number].waitsSince = -1
  }

  /// The next wave is none, since its units do not run.
  mutating func passOver(_ number: Int) {
    states[number].wave += 1
    states[number].hasWaited = false
  }

  /// The next wave begins.
  mutating func begin(_ number: Int, at time: Int64) {
    if time >= 0 {
      stopWaiting(number, at: time)
      counts[number].waves += 1
    }
    states[number].underWay = states[number].wave
    states[number].wave += 1
    states[number].hasWaited = false
    let hours = layout.works[number].takes.sample(&streams[number])
    states[number].end = time + Ticks.from(hours: hours)
  }

  /// The wave under way ends.
  ///
  /// - Returns: which it was.
  mutating func end(_ number: Int) -> Int {
    let wave = states[number].underWay
    states[number].underWay = -1
    states[number].end = .max
    return wave
  }

  /// The window has opened.
  mutating func opened(_ number: Int) { states[number].opens = .max }

  /// Ends the replication: waves that wait have waited so far.
  mutating func close(at time: Int64, into tally: inout PlannedTally) {
    for number in states.indices {
      stopWaiting(number, at: time)
      tally.add(counts[number], ofWork: number)
    }
  }
}

extension PlannedLayout.Work {
  /// When an occasion comes that is due at a time.
  func opening(notBefore time: Int64) -> Int64 { window?.opening(notBefore: time) ?? time }
}
