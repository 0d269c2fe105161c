public import Diagnostics
import Quantities

/// Values that a place of a model takes one after the other: `components/api/replicas/count=1..5`.
///
/// `a..b` goes from a to b in whole numbers when both are and nothing else is asked, else in nine values; `a..b,5` has
/// five, `a..b,5,log` five in equal ratios. `a,b,c` are these values, `a, b` too; commas inside of braces belong to a
/// value, and numbers have none.
public struct ValueSweep: Sendable, Equatable {
  /// The file name in findings.
  public static let file = "--sweep"
  /// The most values of one sweep.
  public static let limit = 100

  /// The path as it was written.
  public let path: String
  /// The values as they are set.
  public let values: [String]
  let line: Int

  /// The changes that set the values, in order.
  public var assignments: [String] { values.map { "\(path)=\($0)" } }

  /// The last keys of the path, enough to tell people what is swept.
  public var name: String {
    let keys = path.split(separator: "/")
    return keys.count > 3 ? keys.suffix(3).joined(separator: "/") : path
  }

  /// Reads sweeps; the n-th stands in line n of the file `--sweep`.
  ///
  /// - Throws: everything that is wrong with them, located.
  public static func sweeps(in texts: [String]) throws(Findings) -> [ValueSweep] {
    var sweeps: [ValueSweep] = []
    var findings: [Diagnostic] = []
    for (index, text) in texts.enumerated() {
      do throws(Findings) {
        sweeps.append(try ValueSweep(text, line: index + 1))
      } catch {
        findings += error.diagnostics
      }
    }
    guard findings.isEmpty else { throw Findings(findings, sources: [source(texts)]) }
    return sweeps
  }

  private init(_ text: String, line: Int) throws(Findings) {
    guard let mark = text.firstIndex(of: "="), !text.contains(where: \.isNewline) else {
      throw Self.finding("sweep-syntax", "expected `path=from..to`, found no `=`", line, 1)
    }
    let column = text.distance(from: text.startIndex, to: mark) + 2
    path = String(text[..<mark])
    self.line = line
    let parts = ValueList.parts(of: String(text[text.index(after: mark)...]))
    if let range = SweepRange.ends(of: parts[0]) {
      do throws(QuantityError) {
        values = try SweepRange(range.from, range.to, options: Array(parts.dropFirst())).values
      } catch {
        throw Self.finding("sweep-range", error.message, line, column, help: error.help)
      }
    } else {
      if let late = parts.first(where: { SweepRange.ends(of: $0) != nil }) {
        throw Self.finding(
          "sweep-range", "“\(late)” stands behind a comma, and commas set values apart here", line, column,
          help: "--sweep '\(path)=$1000..$3000', numbers without commas")
      }
      values = parts
    }
    guard values.allSatisfy({ !$0.isEmpty }) else {
      throw Self.finding("sweep-syntax", "a value is missing", line, column)
    }
    guard values.count <= Self.limit else {
      throw Self.finding(
        "sweep-too-long", "\(grouped(values.count)) values; at most \(Self.limit) are swept", line, column,
        help: "--sweep '\(path)=\(parts[0]),9'")
    }
  }

  /// The sweep of a model: where whole numbers stand, values between the ends are rounded to such.
  ///
  /// A sweep changes a value, and adds nothing.
  ///
  /// - Throws: the first name on the path that the model has not, located, with the nearest one.
  public func fitted(to reading: ModelReader.Reading) throws(Findings) -> ValueSweep {
    let assignment = try PathAssignment("\(path)=0", line: line)
    var shapes = [Grammar.model]
    var map: Declaration? = reading.declaration
    let keys = assignment.resolvedPath(on: reading.declaration)
    for (place, key) in keys.enumerated() {
      let isLast = place == keys.count - 1
      if !isLast, shapes.contains(where: \.isMapOfNames), map?[key.value] == nil {
        throw unknown(key, among: map?.entries?.map(\.key.value) ?? [])
      }
      shapes = shapes.flatMap { $0.children(under: key.value) }
      map = map?[key.value]
    }
    return shapes.contains(where: \.isWholeNumber) ? rounded : self
  }

  /// The same with every number whole, each once.
  private var rounded: ValueSweep {
    var seen: Set<String> = []
    let whole = values.map { text in
      Double(text).map { abs($0) < 1e9 ? "\(Int($0.rounded()))" : text } ?? text
    }
    return ValueSweep(path: path, values: whole.filter { seen.insert($0).inserted }, line: line)
  }

  private init(path: String, values: [String], line: Int) {
    (self.path, self.values, self.line) = (path, values, line)
  }

  private func unknown(_ key: Located<String>, among names: [String]) -> Findings {
    let near = nearestName(to: key.value, among: names)
    let help = near ?? (names.isEmpty ? nil : names.prefix(8).joined(separator: ", "))
    return Findings(
      [
        Diagnostic(
          slug: "unknown-name", "the model has no `\(key.value)` here",
          at: SourceLocation(file: Self.file, line: line, column: key.location.column), help: help)
      ], sources: [])
  }

  private static func finding(
    _ slug: String, _ message: String, _ line: Int, _ column: Int, help: String? = nil
  ) -> Findings {
    Findings([
      Diagnostic(
        slug: slug, message, at: SourceLocation(file: file, line: line, column: column),
        help: help ?? "--sweep components/api/replicas/count=1..5")
    ])
  }

  /// The texts of sweeps, for findings to quote.
  public static func source(_ texts: [String]) -> SourceText {
    SourceText(name: file, text: texts.joined(separator: "\n"))
  }
}

extension Shape {
  /// Whether the keys under it are names that the user chose.
  var isMapOfNames: Bool {
    switch self {
    case .names: true
    case .named(let name): Grammar.shape(named: name).isMapOfNames
    case .either(let shapes): shapes.contains(where: \.isMapOfNames)
    case .scalar, .choice, .list, .record, .change: false
    }
  }

  /// Whether a whole number is what stands here.
  fileprivate var isWholeNumber: Bool {
    switch self {
    case .scalar(.integer): true
    case .named(let name): Grammar.shape(named: name).isWholeNumber
    case .either(let shapes): shapes.contains(where: \.isWholeNumber)
    case .scalar, .choice, .list, .names, .record, .change: false
    }
  }
}
