/// How a file writes its times, such as `dd-MM-yyyy HH:mm` or `d/MMM/yy h:mm a`.
///
/// Letters as in Unicode's date patterns (UTS 35): `yyyy` or `yy` (2000 to 2069, 1970 to 1999), `M`, `MM` or `MMM`,
/// `d` or `dd`, `H` or `HH` (0 to 23), `h` or `hh` (1 to 12, with `a` for AM and PM), `m` or `mm`, `s` or `ss`,
/// `S` for a fraction of a second, `Z` for an offset or `Z`; anything else stands for itself. `unix` and `unix-ms` are
/// seconds and milliseconds since 1970 UTC.
package struct TimePattern: Sendable, Hashable {
  private enum Token: Hashable {
    case letters(Character, Int)
    case literal(Character)
    case unix(Double)
  }

  /// The pattern as written.
  package let text: String
  private let tokens: [Token]

  /// A pattern; `nil` when a letter means nothing here, or the year, month or day is missing.
  package init?(_ text: String) {
    self.text = text
    if let scale = ["unix": 1.0, "unix-ms": 1_000.0][text] {
      tokens = [.unix(scale)]
      return
    }
    var tokens: [Token] = []
    for character in text {
      if case .letters(character, let count)? = tokens.last {
        tokens[tokens.count - 1] = .letters(character, count + 1)
      } else {
        tokens.append(character.isLetter && character != "T" ? .letters(character, 1) : .literal(character))
      }
    }
    let letters = tokens.compactMap { if case .letters(let letter, _) = $0 { letter } else { nil } }
    guard Set("yMd").isSubset(of: letters), Set(letters).isSubset(of: "yMdHhmsSaZ") else { return nil }
    self.tokens = tokens
  }

  /// What a text of this pattern says; `nil` when it does not fit.
  func wallTime(_ text: String) -> WallTime? {
    var scanner = DigitScanner(text.utf8)
    var fields = Fields()
    for token in tokens {
      switch token {
      case .literal(let character): guard scanner.skip(character) else { return nil }
      case .letters(let letter, let count):
        guard fields.read(letter, width: count, from: &scanner) else { return nil }
      case .unix(let scale): return Self.unixTime(text, scale: scale)
      }
    }
    return scanner.isAtEnd ? fields.wallTime : nil
  }

  /// A count since 1970; up to the year 9999.
  private static func unixTime(_ text: String, scale: Double) -> WallTime? {
    guard let count = Double(text), (0...253_402_300_799).contains(count / scale) else { return nil }
    return WallTime(
      year: 1970, month: 1, day: 1, seconds: count / scale, hasTimeOfDay: true, offsetSeconds: 0)
  }

  /// The numbers found so far.
  private struct Fields {
    private var year = 0
    private var month = 0
    private var day = 0
    private var hour = 0
    private var twelveHours = false
    private var isAfternoon: Bool?
    private var seconds = 0.0
    private var offset: Int?
    private var hasTimeOfDay = false

    mutating func read(_ letter: Character, width: Int, from scanner: inout DigitScanner) -> Bool {
      let few = width > 1 ? 2 : 1
      switch letter {
      case "y":
        return set(\.year, width > 2 ? scanner.number(4) : scanner.number(2).map(Self.century), 1...9999)
      case "M":
        return set(\.month, width > 2 ? scanner.monthName() : scanner.number(from: few, to: 2), 1...12)
      case "d": return set(\.day, scanner.number(from: few, to: 2), 1...31)
      case "H":
        hasTimeOfDay = true
        return set(\.hour, scanner.number(from: few, to: 2), 0...23)
      case "h":
        (hasTimeOfDay, twelveHours) = (true, true)
        return set(\.hour, scanner.number(from: few, to: 2), 1...12)
      default: return readFraction(letter, few: few, from: &scanner)
      }
    }

    private mutating func readFraction(_ letter: Character, few: Int, from scanner: inout DigitScanner)
      -> Bool
    {
      switch letter {
      case "m": return add(scanner.number(from: few, to: 2), seconds: 60)
      case "s": return add(scanner.number(from: few, to: 2), seconds: 1)
      case "S": return scanner.fraction().map { seconds += $0 } != nil
      case "a":
        isAfternoon = scanner.dayHalf()
        return isAfternoon != nil
      case "Z":
        guard let found = scanner.offset(allowed: true) else { return false }
        offset = found
        return true
      default: return false
      }
    }

    private mutating func set(
      _ field: WritableKeyPath<Self, Int>, _ value: Int?, _ range: ClosedRange<Int>
    ) -> Bool {
      guard let value, range.contains(value) else { return false }
      self[keyPath: field] = value
      return true
    }

    private mutating func add(_ value: Int?, seconds unit: Double) -> Bool {
      guard let value, value < 60 else { return false }
      seconds += Double(value) * unit
      return true
    }

    private static func century(_ year: Int) -> Int { year < 70 ? 2_000 + year : 1_900 + year }

    var wallTime: WallTime? {
      guard twelveHours == (isAfternoon != nil) else { return nil }
      let clock = twelveHours ? hour % 12 + (isAfternoon == true ? 12 : 0) : hour
      return WallTime(
        year: year, month: month, day: day, seconds: Double(clock) * 3_600 + seconds,
        hasTimeOfDay: hasTimeOfDay, offsetSeconds: offset)
    }
  }
}

extension DigitScanner {
  /// The number of a month by its English name of three letters or in full.
  mutating func monthName() -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex(of: word().prefix(3).lowercased()).map { $0 + 1 }
  }

  /// Whether `PM` comes next, or `AM`.
  mutating func dayHalf() -> Bool? {
    switch word().lowercased() {
    case "am": false
    case "pm": true
    default: nil
    }
  }

  /// Digits behind the point, as a fraction.
  mutating func fraction() -> Double? {
    guard let first = number(1) else { return nil }
    var (fraction, scale) = (Double(first) / 10, 0.01)
    while let digit = number(1) {
      fraction += Double(digit) * scale
      scale /= 10
    }
    return fraction
  }
}
