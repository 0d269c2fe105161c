public import Diagnostics
internal import Quantities

/// A condition that a result has to meet: `availability>=99.9 %`, `checkout/downtime<=8 h`, `P(npv>0)>=90 %`.
public struct GateCondition: Sendable, Hashable {
  /// The file name in findings.
  public static let file = "--gate"

  /// What the limit is in.
  public enum Limit: Sendable, Hashable {
    /// A share of one; of availability the share that is left.
    case share(Double)
    /// Hours; of downtime in a year.
    case hours(Double)
    /// A number.
    case count(Double)
    /// An amount; without a currency only 0.
    case money(Double, currency: String?)
  }

  /// How what was found is held against the limit.
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"

    func holds(_ found: Double, _ limit: Double) -> Bool {
      switch self {
      case .atLeast: found >= limit
      case .atMost: found <= limit
      case .above: found > limit
      case .below: found < limit
      }
    }

    /// The same for what is left of one.
    var mirrored: Relation {
      switch self {
      case .atLeast: .atMost
      case .atMost: .atLeast
      case .above: .below
      case .below: .above
      }
    }
  }

  /// As it was written.
  public let text: String
  /// The capability that it is about; `nil`: every one.
  public let capability: String?
  /// What is measured.
  public let metric: GateMetric
  /// How, and the limit; `nil` for what is met or not, such as objectives.
  public let bound: Bound?
  let location: SourceLocation

  /// A relation and its limit.
  public struct Bound: Sendable, Hashable {
    /// How what was found is held against the limit.
    public let relation: Relation
    /// The limit.
    public let limit: Limit
  }

  /// Reads conditions; the n-th stands in line n of the file `--gate`.
  ///
  /// - Throws: everything that is wrong with them, located.
  public static func conditions(in texts: [String]) throws(Findings) -> [GateCondition] {
    var conditions: [GateCondition] = []
    var findings: [Diagnostic] = []
    for (index, text) in texts.enumerated() {
      do throws(Findings) {
        conditions.append(try GateCondition(text, line: index + 1))
      } catch {
        findings += error.diagnostics
      }
    }
    guard findings.isEmpty else { throw Findings(findings, sources: [source(texts)]) }
    return conditions
  }

  /// The texts of conditions, for findings to quote.
  static func source(_ texts: [String]) -> SourceText {
    SourceText(name: file, text: texts.joined(separator: "\n"))
  }

  init(_ text: String, line: Int) throws(Findings) {
    self.text = text
    location = SourceLocation(file: Self.file, line: line, column: 1)
    let found = Self.relation(in: text)
    let name = Self.trimmed(found.map { text[..<$0.range.lowerBound] } ?? text[...])
    let slash = name.lastIndex(of: "/")
    capability = slash.map { String(name[..<$0]) }
    let word = slash.map { String(name[name.index(after: $0)...]) } ?? name
    guard let metric = GateMetric(text: word) else {
      throw Self.finding("gate-metric", "“\(word)” is nothing that a gate knows", at: location, metric: word)
    }
    self.metric = metric
    guard let found else {
      guard metric == .objectives else {
        throw Self.finding(
          "gate-syntax", "“\(text)” has no limit; expected \(metric.rawValue)>=… or <=…", at: location)
      }
      bound = nil
      return
    }
    let column = text.distance(from: text.startIndex, to: found.range.upperBound) + 1
    do throws(QuantityError) {
      let limit = try metric.limit(parsing: Self.trimmed(text[found.range.upperBound...]))
      bound = Bound(relation: found.relation, limit: limit)
    } catch {
      let place = SourceLocation(file: Self.file, line: line, column: column)
      throw Findings([
        Diagnostic(slug: "gate-limit", error.message, at: place, help: metric.example)
      ])
    }
  }

  private static func finding(
    _ slug: String, _ message: String, at location: SourceLocation, metric: String? = nil
  ) -> Findings {
    let near = metric.flatMap { nearestName(to: $0, among: GateMetric.allCases.map(\.rawValue)) }
    let help = near.flatMap { GateMetric(text: $0)?.example }
    let names = GateMetric.allCases.map(\.rawValue).joined(separator: ", ")
    return Findings([Diagnostic(slug: slug, message, at: location, help: help ?? "one of \(names)")])
  }

  /// The first relation outside of brackets.
  private static func relation(in text: String) -> (relation: Relation, range: Range<String.Index>)? {
    var depth = 0
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      guard depth == 0 else { continue }
      for (sign, relation) in signs where text[index...].hasPrefix(sign) {
        return (relation, index..<text.index(index, offsetBy: sign.count))
      }
    }
    return nil
  }

  private static let signs: [(String, Relation)] =
    [("≥", .atLeast), ("≤", .atMost)] + Relation.allCases.map { ($0.rawValue, $0) }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
