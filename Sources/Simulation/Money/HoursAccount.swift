/// The downtime of one replication in hours that have a price of their own, and the working time lost, by month.
struct HoursAccount: ~Copyable {
  /// The clocks of one capability and where their ticks are.
  struct Place {
    let clocks: [HourClock?]
    let refocus: Int64
    /// The ends of its complete months; what lies after them has a place of its own.
    let monthEnds: [Int64]
    let first: Int

    var count: Int { clocks.count * (monthEnds.count + 1) }
  }

  private let places: [Place]
  /// The place of each capability; −1: nothing of it depends on hours.
  private let ofCapability: FixedArray<Int>
  /// For each place, month and clock.
  private let ticks: FixedArray<Int64>

  init(_ prices: [DowntimePricing], windows: [WindowPlan], capabilities: Int) {
    var places: [Place] = []
    var ofCapability = [Int](repeating: -1, count: capabilities)
    for price in prices where !price.clocks.isEmpty {
      ofCapability[price.capability] = places.count
      places.append(
        Place(
          clocks: price.clocks, refocus: price.refocus,
          monthEnds: price.months.map { windows[$0].ends } ?? [],
          first: places.last.map { $0.first + $0.count } ?? 0))
    }
    self.places = places
    self.ofCapability = FixedArray(ofCapability)
    ticks = FixedArray(repeating: 0, count: places.last.map { $0.first + $0.count } ?? 0)
  }

  /// Starts a replication.
  func open() { ticks.fill(with: 0) }

  /// Whether anything of a capability depends on hours.
  @inline(__always)
  func counts(_ capability: Int) -> Bool { ofCapability[capability] >= 0 }

  /// Splits a stretch of downtime of a capability over months and hours.
  func charge(_ capability: Int, from start: Int64, to end: Int64) {
    let place = places[ofCapability[capability]]
    var month = place.month(at: start)
    var from = start
    while from < end {
      let to = month < place.monthEnds.count ? min(end, place.monthEnds[month]) : end
      for (number, clock) in place.clocks.enumerated() {
        ticks[place.first + month * place.clocks.count + number] += Place.ticks(of: clock, from: from, to: to)
      }
      (from, month) = (to, month + 1)
    }
  }

  /// Adds the time that an outage keeps people from work after its end, as far as they work then.
  func endOutage(_ capability: Int, at time: Int64) {
    let place = places[ofCapability[capability]]
    guard place.refocus > 0, let clock = place.clocks.last else { return }
    ticks[place.first + (place.month(at: time) + 1) * place.clocks.count - 1] +=
      Place.ticks(of: clock, from: time, to: time + place.refocus)
  }

  /// For each clock of a capability: its ticks in a month from 0, or in the whole replication.
  func ticks(ofCapability capability: Int, month: Int? = nil) -> [Int64] {
    guard counts(capability) else { return [] }
    let place = places[ofCapability[capability]]
    let months = month.map { $0..<($0 + 1) } ?? 0..<(place.monthEnds.count + 1)
    return place.clocks.indices.map { clock in
      months.reduce(0) { $0 + ticks[place.first + $1 * place.clocks.count + clock] }
    }
  }
}

extension HoursAccount.Place {
  /// The month that a time lies in; the count of complete ones when it is after them.
  fileprivate func month(at time: Int64) -> Int {
    var (low, high) = (0, monthEnds.count)
    while low < high {
      let middle = (low + high) / 2
      if monthEnds[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What a clock goes on by; one without hours always runs.
  fileprivate static func ticks(of clock: HourClock?, from start: Int64, to end: Int64) -> Int64 {
    clock.map { $0.reading(at: end) - $0.reading(at: start) } ?? (end - start)
  }
}
