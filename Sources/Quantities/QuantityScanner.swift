/// Reads a number with its unit from the front of a text, part by part.
struct QuantityScanner {
  private let text: String
  private var rest: Substring
  /// The number in units of `unit`.
  private(set) var total = 0.0
  /// What one more in the last digit is, in units of `unit`.
  private(set) var step = 1.0
  private(set) var unit = QuantityUnit()
  private(set) var dimension = Dimension.number

  init(_ text: String) {
    self.text = text
    rest = Substring(text).drop(while: \.isWhitespace)
  }

  /// - Throws: what is wrong with the text.
  mutating func scan() throws(QuantityError) {
    let sign = takeSign()
    let symbol = takeSymbol()
    let digits = try takeNumber()
    total *= sign
    if let symbol {
      dimension = Dimension(money: 1, currency: symbol.code)
      unit = QuantityUnit(prefix: String(symbol.symbol))
    } else {
      try takeUnit(digits)
    }
    try takeDenominator()
    guard rest.isEmpty else {
      throw QuantityError("“\(text)”: “\(rest)” is no unit; expected \(Self.expected)", help: "\(digits) h")
    }
  }

  private static let expected = "%, a unit of time or data, a currency, or a number per one of them"

  // MARK: Parts

  private mutating func takeSign() -> Double {
    guard let first = rest.first, first == "-" || first == "−" || first == "+" else { return 1 }
    rest = rest.dropFirst().drop(while: \.isWhitespace)
    return first == "+" ? 1 : -1
  }

  private mutating func takeSymbol() -> (symbol: Character, code: String)? {
    guard let found = Money.symbols.first(where: { $0.symbol == rest.first }) else { return nil }
    rest = rest.dropFirst()
    return found
  }

  private mutating func takeNumber() throws(QuantityError) -> String {
    guard let number = NumberText(prefixOf: rest), rest.first?.isNumber == true || rest.first == "." else {
      throw QuantityError("“\(text)” is no quantity; expected a number with its unit", help: "99.5 %")
    }
    rest = number.rest
    total = number.double
    step = number.lastDigit
    return number.digits
  }

  private mutating func takeUnit(_ digits: String) throws(QuantityError) {
    if rest.first == "%" {
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      unit = .percent
      return
    }
    let word = takeWord()
    guard !word.isEmpty else { return }
    if word == "per" {
      rest = "per " + rest
    } else if let time = TimeSpan.unit(named: word) {
      dimension = .duration
      unit = QuantityUnit(suffix: " \(time.name)", scale: time.hours)
      try takeSmallerUnits(than: time.hours)
    } else if let size = try? DataSize(parsing: "1 \(word)") {
      dimension = Dimension(data: 1)
      unit = QuantityUnit(suffix: " \(word)", scale: size.bytes)
    } else if word.count == 3, word.allSatisfy({ $0.isASCII && $0.isUppercase }) {
      dimension = Dimension(money: 1, currency: word)
      unit = QuantityUnit(suffix: " \(word)")
    } else {
      throw unknownUnit(word, digits)
    }
  }

  private func unknownUnit(_ word: String, _ digits: String) -> QuantityError {
    guard word != "m" else {
      return QuantityError("“\(text)”: m can mean minutes (min) or months (month)", help: "\(digits) min")
    }
    return QuantityError("“\(text)”: “\(word)” is no unit; expected \(Self.expected)", help: "\(digits) h")
  }

  /// `4 min 20 s`: parts of the same length of time, from long to short; shown in the shortest.
  private mutating func takeSmallerUnits(than hours: Double) throws(QuantityError) {
    var last = hours
    while rest.first?.isNumber == true, let number = NumberText(prefixOf: rest) {
      rest = number.rest
      let word = takeWord()
      guard let time = TimeSpan.unit(named: word), time.hours < last else {
        throw QuantityError("“\(text)” is no duration; units go from long to short", help: "1 h 30 min")
      }
      total = total * unit.scale / time.hours + number.double
      step = number.lastDigit
      unit = QuantityUnit(suffix: " \(time.name)", scale: time.hours)
      last = time.hours
    }
  }

  private mutating func takeWord() -> String {
    let word = rest.prefix(while: \.isLetter)
    rest = rest.dropFirst(word.count).drop(while: \.isWhitespace)
    return String(word)
  }

  /// `/month`, `per 30 d`, `/GB`.
  private mutating func takeDenominator() throws(QuantityError) {
    if rest.hasPrefix("/") {
      rest = rest.dropFirst()
    } else if rest.hasPrefix("per ") {
      rest = rest.dropFirst(4)
    } else {
      return
    }
    let written = String(rest.drop(while: \.isWhitespace))
    rest = ""
    let counted = Rate.withCount(Substring(written))
    let (below, scale): (Dimension, Double)
    if let size = try? DataSize(parsing: counted) {
      (below, scale) = (Dimension(data: 1), size.bytes)
    } else {
      (below, scale) = (.duration, try TimeSpan(parsing: counted).hours)
    }
    guard scale > 0 else { throw QuantityError("“\(text)” is for no time at all") }
    dimension = dimension.times(below.inverted) ?? dimension
    let joint = unit.prefix.isEmpty && unit.suffix.isEmpty ? " /" : "/"
    unit = QuantityUnit(
      prefix: unit.prefix, suffix: "\(unit.suffix)\(joint)\(written)", scale: unit.scale / scale)
  }
}

extension NumberText {
  /// What one more in the last written digit is: 0.1 for `99.5`, 1 for `14`, 100 for `3e2`.
  fileprivate var lastDigit: Double {
    let parts = digits.split(separator: "e", maxSplits: 1)
    let decimals = parts.first?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first
    let power = (parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) ?? 0 : 0) - (decimals?.count ?? 0)
    return Double("1e\(max(-300, min(power, 300)))") ?? 1
  }
}
