public import Quantities

/// A report for somebody who decides with it.
///
/// There is none without what it rests on: nothing but this initialiser makes one, and it asks for the assumptions, for what is
/// not known and for the method, none of which can be made empty.
public struct ReaderReport: Sendable {
  /// Who reads it.
  public enum Reader: String, Sendable, Hashable, CaseIterable {
    /// Somebody who signs.
    case approver
    /// Somebody who reviews a design.
    case architecture
    /// Somebody who looks after the service, once a month.
    case monthly
  }

  private let reader: Reader
  private let title: String
  private let headline: String
  private let sections: [any ReportSection]
  private let unknowns: ReportUnknowns
  private let assumptions: ReportAssumptions
  private let method: ReportMethod

  /// A report.
  ///
  /// - Parameters:
  ///   - headline: what the reader came for in a sentence, with units and an interval where there is one.
  ///   - sections: what is found, in the order in which it is read; each begins with its part's name.
  public init(
    for reader: Reader, title: String, headline: String, sections: [any ReportSection],
    unknowns: ReportUnknowns, assumptions: ReportAssumptions, method: ReportMethod
  ) {
    self.reader = reader
    self.title = title
    self.headline = headline
    self.sections = sections
    self.unknowns = unknowns
    self.assumptions = assumptions
    self.method = method
  }

  private var foundations: [any ReportSection] { [unknowns, assumptions, method] }

  /// The report for people.
  public var document: Document {
    let blocks = [.lead(headline)] + (sections + foundations).flatMap { $0.blocks }
    return Document(title: title, blocks: blocks + ReportAbbreviations(in: blocks).blocks)
  }

  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    var results: [String: JSONValue] = ["reader": .string(reader.rawValue), "headline": .string(headline)]
    for section in sections + foundations { results[section.key] = section.json }
    var members: [String: JSONValue] = [
      "format": "relmodel/1", "command": .string("report \(reader.rawValue)"), "title": .string(title),
      "results": .object(results),
    ]
    if let run { members["run"] = run }
    return .object(members)
  }
}
