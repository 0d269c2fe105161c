/// When each of a fixed number of clocks runs out, soonest first: a binary heap that knows where each clock stands, so
/// that a time that changes leaves nothing behind.
struct LiveSchedule: ~Copyable {
  private let heap: FixedArray<Int32>
  private let places: FixedArray<Int32>
  private let hours: FixedArray<Double>
  private let isEnd: FixedArray<Bool>

  init(count: Int) {
    heap = FixedArray((0..<count).map(Int32.init))
    places = FixedArray((0..<count).map(Int32.init))
    hours = FixedArray(repeating: .infinity, count: count)
    isEnd = FixedArray(repeating: false, count: count)
  }

  /// The clock that runs out first.
  var next: Int { Int(heap[0]) }

  /// When it does; ∞ when none runs.
  var nextHours: Double { heap.count == 0 ? .infinity : hours[Int(heap[0])] }

  func reset() { hours.fill(with: .infinity) }

  /// Sets the time of a clock; at one time ends come first, then the order of the clocks.
  func set(_ clock: Int, hours time: Double, isEnd: Bool) {
    hours[clock] = time
    self.isEnd[clock] = isEnd
    siftDown(clock, from: siftUp(clock, from: Int(places[clock])))
  }

  private func siftUp(_ clock: Int, from start: Int) -> Int {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard precedes(clock, Int(heap[parent])) else { break }
      put(Int(heap[parent]), at: place)
      place = parent
    }
    put(clock, at: place)
    return place
  }

  private func siftDown(_ clock: Int, from start: Int) {
    var place = start
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, precedes(Int(heap[child + 1]), Int(heap[child])) { child += 1 }
      guard precedes(Int(heap[child]), clock) else { break }
      put(Int(heap[child]), at: place)
      place = child
    }
    put(clock, at: place)
  }

  @inline(__always)
  private func put(_ clock: Int, at place: Int) {
    heap[place] = Int32(clock)
    places[clock] = Int32(place)
  }

  @inline(__always)
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    if hours[left] != hours[right] { return hours[left] < hours[right] }
    if isEnd[left] != isEnd[right] { return isEnd[left] }
    return left < right
  }
}
