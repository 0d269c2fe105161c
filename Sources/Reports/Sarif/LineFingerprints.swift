/// What a code host knows a line by when lines above it come and go: a hash of a hundred characters from its beginning, blanks
/// left out, and how many lines up to it have the same.
///
/// It is the `primaryLocationLineHash` of GitHub code scanning to the digit: an upload that works it out from the file and one
/// that finds it in the log mean the same alert.
///
/// Source: R. M. Karp, M. O. Rabin, *Efficient randomized pattern-matching algorithms*, IBM J. Res. Dev. 31 (1987), with base
/// 37 modulo 2⁶⁴ over UTF-16 code units.
struct LineFingerprints {
  /// One for each line; `\n`, `\r\n` and `\r` end a line.
  let lines: [String]

  private static let length = 100
  private static let base: UInt64 = 37
  private static let (tab, lineFeed, carriageReturn, blank, end) = (
    UInt16(0x09), UInt16(0x0A), UInt16(0x0D), UInt16(0x20), UInt16.max
  )

  init(_ text: String) {
    let (units, starts) = LineFingerprints.units(of: text)
    var counts: [UInt64: Int] = [:]
    lines = starts.map { start in
      let hash = LineFingerprints.hash(units.dropFirst(start).prefix(LineFingerprints.length))
      counts[hash, default: 0] += 1
      return "\(String(hash, radix: 16)):\(counts[hash] ?? 1)"
    }
  }

  /// The code units without blanks, ended by one that no text has, and where lines begin among them.
  private static func units(of text: String) -> (units: [UInt16], starts: [Int]) {
    var units: [UInt16] = []
    var starts: [Int] = []
    var (isStart, isAfterReturn) = (true, false)
    for unit in Array(text.utf16) + [end] {
      let isSkipped = unit == blank || unit == tab || (isAfterReturn && unit == lineFeed)
      isAfterReturn = unit == carriageReturn
      guard !isSkipped else { continue }
      if isStart { starts.append(units.count) }
      let plain = unit == carriageReturn ? lineFeed : unit
      isStart = plain == lineFeed
      units.append(plain)
    }
    return (units, starts)
  }

  /// Σ cᵢ 37^(99 − i) modulo 2⁶⁴, with zeros where the text ends before.
  private static func hash(_ units: ArraySlice<UInt16>) -> UInt64 {
    let hash = units.reduce(UInt64(0)) { $0 &* base &+ UInt64($1) }
    return (units.count..<length).reduce(hash) { hash, _ in hash &* base }
  }
}
