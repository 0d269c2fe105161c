internal import ServiceGraph

/// Leaves outages out that can do nothing, before anybody sorts them: each takes one input from a gate that can spare one, while
/// nothing is under way that could take another of that gate's inputs, or do anything else.
///
/// The horizon is cut into slices. Each gate has a bit for every slice in which an outage of one of its inputs is under way, and
/// one for every slice in which several are. An outage that has its slices to itself does nothing. One that shares a slice may do
/// nothing all the same; it stays, and is looked at exactly. A gate with several may go down, which takes an input from those
/// above it: they have several too.
struct HarmlessOutages: ~Copyable {
  /// Slices for each outage that a gate expects. More of them find more, and take more memory.
  private static let slicesPerOutage = 12.0
  /// The most 64-bit words of slices of one gate, and of all gates.
  private static let mostWords = 64
  private static let mostMemory = 1 << 16
  /// Outages of a replication below which looking for them does not pay.
  private static let fewest = 8.0

  /// Where the slices of each process's gate begin in `marks`; 0 for processes that may do something.
  private let lines: FixedArray<Int32>
  /// By line and word, two words in turn: the slices with an outage and those with several. The first line is of all that may
  /// do something, the second has several everywhere.
  private let marks: FixedArray<UInt64>
  /// Words of slices of a line.
  private let words: Int
  /// Lines of gates that others stand on, each with one of those, lowest gates first.
  private let above: [(line: Int, user: Int)]
  /// Slices for each tick, times 2⁴⁸.
  private let factor: UInt64
  private let horizon: Int64
  /// For each outage in hand, the word with its slices, and those.
  private var places = FixedArray<Int32>(repeating: 0, count: 0)
  private var slices = FixedArray<UInt64>(repeating: 0, count: 0)

  init(_ layout: SimulationLayout, _ facts: borrowing FixedArray<ProcessFacts>) {
    horizon = layout.horizon
    var expected: [Int32: Double] = [:]
    for (number, process) in layout.graph.processes.enumerated() where facts[number].sparingGate >= 0 {
      let outages = (process.frequencyPerHour ?? 0) * Ticks.hours(Double(layout.horizon))
      expected[facts[number].sparingGate, default: 0] += outages
    }
    let isWorthIt =
      layout.isSettledThroughout && expected.values.reduce(0, +) >= HarmlessOutages.fewest
    let wanted = ((expected.values.max() ?? 0) * HarmlessOutages.slicesPerOutage / 64).rounded(.up)
    let lineCount = expected.count + 2
    // With less room they would all share slices.
    let room = min(HarmlessOutages.mostWords, HarmlessOutages.mostMemory / (2 * lineCount))
    guard isWorthIt, wanted <= Double(room) else {
      lines = FixedArray([])
      marks = FixedArray([])
      (words, factor, above) = (0, 0, [])
      return
    }
    words = max(1, Int(wanted))
    var lineOfGate: [Int32: Int32] = [:]
    for gate in expected.keys.sorted() { lineOfGate[gate] = Int32((lineOfGate.count + 2) * words) }
    lines = FixedArray(layout.graph.processes.indices.map { lineOfGate[facts[$0].sparingGate] ?? 0 })
    above = HarmlessOutages.usersOfLines(lineOfGate, layout.graph.gates)
    marks = FixedArray(repeating: 0, count: lineCount * 2 * words)
    factor = (UInt64(words * 64) << 48) / UInt64(layout.horizon + 1)
  }

  /// Each line with that of a gate that stands on its own, over any gates between; a line comes before those above it.
  private static func usersOfLines(_ lineOfGate: [Int32: Int32], _ gates: [Gate]) -> [(line: Int, user: Int)]
  {
    var pairs: [(gate: Int, line: Int, user: Int)] = []
    for (user, line) in lineOfGate {
      for gate in gates.reachable(from: Int(user)) where gate != Int(user) {
        if let own = lineOfGate[Int32(gate)] { pairs.append((gate, Int(own), Int(line))) }
      }
    }
    return pairs.sorted { ($0.gate, $0.user) < ($1.gate, $1.user) }.map { ($0.line, $0.user) }
  }

  /// Whether it does not pay to look for any.
  var isIdle: Bool { words == 0 }

  /// Takes out those that can do nothing; the others stay in their order.
  mutating func leaveOut(from outages: inout OutageList, and made: inout CycleDraws) {
    let listed = outages.count
    reserve(listed + made.count)
    marks.fill(with: 0)
    for word in words..<2 * words { marks[2 * word + 1] = ~0 }
    for place in 0..<listed {
      let outage = outages[place]
      mark(place, outage.process, from: outage.start, to: outage.end)
    }
    for place in 0..<made.count {
      mark(listed &+ place, made.process(place), from: made.start(place), to: made.end(place))
    }
    spreadOthers()
    spreadUpwards()
    outages.keep { stays($0) }
    made.keep { stays(listed &+ $0) }
  }

  private mutating func reserve(_ count: Int) {
    guard count > places.count else { return }
    places = FixedArray(repeating: 0, count: 2 * count)
    slices = FixedArray(repeating: 0, count: 2 * count)
  }

  /// Marks the slices of an outage.
  @inline(__always)
  private func mark(_ place: Int, _ process: Int32, from start: Int64, to end: Int64) {
    let line = Int(lines[Int(process)])
    let first = slice(start)
    let last = slice(min(max(start, end), horizon))
    let from = ~UInt64(0) &<< UInt64(truncatingIfNeeded: first & 63)
    let upTo = ~UInt64(0) &>> UInt64(truncatingIfNeeded: 63 &- last & 63)
    guard line > 0, first &>> 6 == last &>> 6 else {
      // It stays: the second line has several outages everywhere.
      places[place] = Int32(truncatingIfNeeded: words)
      slices[place] = ~0
      return markLong(line, first, last, from, upTo)
    }
    let word = line &+ first &>> 6
    places[place] = Int32(truncatingIfNeeded: word)
    slices[place] = from & upTo
    mark(word, from & upTo)
  }

  /// Marks slices in several words.
  private func markLong(_ line: Int, _ first: Int, _ last: Int, _ from: UInt64, _ upTo: UInt64) {
    for word in first &>> 6...last &>> 6 {
      mark(line &+ word, (word == first &>> 6 ? from : ~0) & (word == last &>> 6 ? upTo : ~0))
    }
  }

  @inline(__always)
  private func mark(_ word: Int, _ slices: UInt64) {
    let before = marks[2 &* word]
    marks[2 &* word &+ 1] |= before & slices
    marks[2 &* word] = before | slices
  }

  /// Where something else is under way, every gate has several.
  private func spreadOthers() {
    for word in 0..<words where marks[2 &* word] != 0 {
      let others = marks[2 &* word]
      for line in stride(from: 2 &* words, to: marks.count / 2, by: words) {
        marks[2 &* (line &+ word) &+ 1] |= others
      }
    }
  }

  /// Where a gate may be down, those above it have several.
  private func spreadUpwards() {
    for (line, user) in above {
      for word in 0..<words { marks[2 &* (user &+ word) &+ 1] |= marks[2 &* (line &+ word) &+ 1] }
    }
  }

  /// 1 for an outage that may do something, else 0. Which it is can not be foreseen by a processor, so there is no branch.
  @inline(__always)
  private func stays(_ place: Int) -> Int {
    let shared = marks[2 &* Int(places[place]) &+ 1] & slices[place]
    return Int(truncatingIfNeeded: (shared | (0 &- shared)) &>> 63)
  }

  @inline(__always)
  private func slice(_ tick: Int64) -> Int {
    Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: tick) &* factor) &>> 48)
  }
}
