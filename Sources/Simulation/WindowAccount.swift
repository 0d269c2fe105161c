/// The downtime of one replication in the windows of every plan, side by side in memory.
struct WindowAccount: ~Copyable {
  /// Where the windows of a plan are, and whether planned work does not count in them.
  struct Place: BitwiseCopyable {
    let first: Int
    let end: Int
    let excludesPlanned: Bool
    let areMonths: Bool
    /// Whether all windows allow the same downtime.
    let isEven: Bool
  }

  private let places: FixedArray<Place>
  /// The ends of all windows, the downtime that each allows, and the downtime in it, in ticks.
  private let ends: FixedArray<Int64>
  private let allowed: FixedArray<Int64>
  private let downtime: FixedArray<Int64>
  /// What makes the downtime of a window comparable with that of others of its plan, and that downtime.
  private let scales: FixedArray<Double>
  private let scaled: FixedArray<Int64>
  /// How many outages the downtime of each window is of.
  private let outages: FixedArray<Int64>
  /// Until when the last downtime lasted that counts in a plan.
  private let lastEnd: FixedArray<Int64>
  /// The window of each plan that time has come to.
  private let position: FixedArray<Int>
  /// The plans of each capability, from `planStarts[c]` to `planStarts[c + 1]` in `planList`.
  private let planStarts: FixedArray<Int>
  private let planList: FixedArray<Int>

  init(_ plans: [WindowPlan], capabilities: Int) {
    var places: [Place] = []
    for plan in plans {
      let first = places.last?.end ?? 0
      places.append(
        Place(
          first: first, end: first + plan.ends.count, excludesPlanned: plan.excludesPlanned,
          areMonths: plan.isMonths, isEven: plan.budgetScales.allSatisfy { $0 == 1 }))
    }
    self.places = FixedArray(places)
    ends = FixedArray(plans.flatMap(\.ends))
    allowed = FixedArray(plans.flatMap(\.allowed))
    downtime = FixedArray(repeating: 0, count: ends.count)
    scales = FixedArray(plans.flatMap(\.budgetScales))
    scaled = FixedArray(repeating: 0, count: ends.count)
    outages = FixedArray(repeating: 0, count: ends.count)
    lastEnd = FixedArray(repeating: -1, count: places.count)
    position = FixedArray(places.map(\.first))
    let own = (0..<capabilities).map { capability in
      plans.indices.filter { plans[$0].capability == capability }
    }
    planStarts = FixedArray(own.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    planList = FixedArray(own.flatMap { $0 })
  }

  /// Starts a replication.
  func open() {
    for plan in 0..<places.count { position[plan] = places[plan].first }
    downtime.fill(with: 0)
    outages.fill(with: 0)
    lastEnd.fill(with: -1)
  }

  /// Splits a stretch of downtime of a capability over the windows it lies in.
  @inline(__always)
  func charge(_ capability: Int, isPlanned: Bool, from start: Int64, to end: Int64) {
    for place in planStarts[capability]..<planStarts[capability + 1] {
      let plan = planList[place]
      if !(isPlanned && places[plan].excludesPlanned) { charge(plan: plan, from: start, to: end) }
    }
  }

  @inline(__always)
  private func charge(plan: Int, from start: Int64, to end: Int64) {
    let last = places[plan].end
    var window = position[plan]
    while window < last, ends[window] <= start { window += 1 }
    position[plan] = window
    let begins = start != lastEnd[plan]
    lastEnd[plan] = end
    var from = start
    while window < last, from < end {
      let to = min(end, ends[window])
      if begins || downtime[window] == 0 { outages[window] += 1 }
      downtime[window] += to - from
      from = to
      window += 1
    }
  }

  /// How many windows of a plan had more downtime than they allow; no month has more than all of it.
  func missed(_ plan: Int) -> Int64 {
    guard !places[plan].areMonths else { return 0 }
    var missed: Int64 = 0
    for window in places[plan].first..<places[plan].end where certain(window) > allowed[window] {
      missed += 1
    }
    return missed
  }

  /// Adds the replication to the tallies of the plans.
  func close(into tallies: inout [Tally.PerWindows]) {
    for plan in 0..<places.count {
      tallies[plan].add(comparable(plan), missed: missed(plan), areMonths: places[plan].areMonths)
    }
  }

  /// The downtime in each window of a plan, so that the same share of what each allows is the same.
  private func comparable(_ plan: Int) -> UnsafeMutableBufferPointer<Int64> {
    guard !places[plan].isEven else { return buffer(plan) }
    for window in places[plan].first..<places[plan].end {
      scaled[window] = Int64((Double(downtime[window]) * scales[window]).rounded())
    }
    return buffer(plan, of: scaled)
  }

  /// The downtime in each window of a plan, in ticks.
  func lengths(_ plan: Int) -> [Int64] { Array(buffer(plan)) }

  /// The same without what may be rounding, to be held against what a promise allows.
  func certainLengths(_ plan: Int) -> [Int64] { (places[plan].first..<places[plan].end).map { certain($0) } }

  /// The downtime in a window without what may be the rounding of its outages; any downtime is at least a tick.
  private func certain(_ window: Int) -> Int64 {
    let ticks = downtime[window]
    return max(min(1, ticks), ticks - Ticks.rounding(ofSum: ticks, outages: outages[window]))
  }

  private func buffer(_ plan: Int) -> UnsafeMutableBufferPointer<Int64> { buffer(plan, of: downtime) }

  private func buffer(
    _ plan: Int, of numbers: borrowing FixedArray<Int64>
  ) -> UnsafeMutableBufferPointer<Int64> {
    UnsafeMutableBufferPointer(rebasing: numbers.buffer[places[plan].first..<places[plan].end])
  }
}
