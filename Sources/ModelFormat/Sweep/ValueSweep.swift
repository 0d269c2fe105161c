public import Diagnostics
import Quantities

/// Values that a place of a model takes one after the other: `components/api/replicas/count=1..5`.
///
/// `a..b` goes from a to b in whole numbers when both are and nothing else is asked, else in nine values; `a..b,5` has
/// five, `a..b,5,log` five in equal ratios. `a,b,c` are these values, `a, b` too; commas inside of braces belong to a value.
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

  /// Refuses a path to what the model has not: a sweep changes a value, and adds nothing.
  ///
  /// - Throws: the first name on the path that the model has not, located, with the nearest one.
  public func check(on reading: ModelReader.Reading) throws(Findings) {
    let assignment = try PathAssignment("\(path)=0", line: line)
    var shapes = [Grammar.model]
    var map: Declaration? = reading.declaration
    let keys = assignment.resolvedPath(on: reading.declaration)
    for key in keys.dropLast() {
      if shapes.contains(where: \.isMapOfNames), map?[key.value] == nil {
        throw unknown(key, among: map?.entries?.map(\.key.value) ?? [])
      }
      shapes = shapes.flatMap { $0.children(under: key.value) }
      map = map?[key.value]
    }
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
  fileprivate var isMapOfNames: Bool {
    switch self {
    case .names: true
    case .named(let name): Grammar.shape(named: name).isMapOfNames
    case .either(let shapes): shapes.contains(where: \.isMapOfNames)
    case .scalar, .choice, .list, .record, .change: false
    }
  }
}
