public import Diagnostics
public import Foundation
internal import StructuredText

/// What a mapping file says: which field is which column, and which service is which component.
///
/// A JSON object; every key may be left out:
///
/// ```json
/// {
///   "columns": {"started": "Prob Started", "resolved": "Prob Fixed", "component": "System", "title": ["A", "B"]},
///   "records": "data.items", "separator": ";", "times": "M/d/yyyy H:mm", "time-zone": "America/Denver",
///   "length-unit": "min", "nothing": ["?", "NULL"], "constants": {"mode": "outage"}, "source": "lanl", "repeated-rows": "count",
///   "components": {"checkout/outage": {"names": ["Checkout API"], "patterns": ["pay-*"], "titles": ["*5xx*"]}}
/// }
/// ```
public struct ImportMap: Sendable {
  /// The fields of a file of no known format, if it says so.
  package internal(set) var columns: [(column: IncidentColumn, fields: [String])] = []
  package internal(set) var constants: [(column: IncidentColumn, text: String)] = []
  package internal(set) var records = ""
  package internal(set) var separator = UInt8(ascii: ",")
  package internal(set) var patterns: [TimePattern] = []
  package internal(set) var lengthUnit: String?
  package internal(set) var nulls: [String] = []
  package internal(set) var countsRepeatedRows = false
  /// The zone of times without one, if it says so.
  public internal(set) var timeZone: TimeZone?
  /// What the incidents are filed under, if it says so.
  public internal(set) var source: String?
  /// Which service is which component.
  package var components = ComponentRules()

  /// A map that says nothing.
  public init() {}

  /// Reads a mapping file; throws everything that is wrong with it.
  public init(path: String) throws(Findings) {
    do throws(Findings) {
      var reader = JSONReader(try ByteCursor(path: path))
      let document = try reader.record()
      if try reader.peek() != nil { throw try reader.unexpected("the end of the file") }
      self = try ImportMapReader.map(document)
    } catch {
      throw error.adding(sources: SourceText.small(at: path).map { [$0] } ?? [])
    }
  }

  /// The same map, in which names of components also match themselves.
  public func matching(components names: [String]) -> ImportMap {
    var map = self
    map.components.components = names
    return map
  }

  /// The format that the columns make; `nil` when there are none.
  func format(isJSON: Bool) -> IncidentFormat? {
    guard !columns.isEmpty else { return nil }
    var format = IncidentFormat(
      name: "mapped", title: "a file with a mapping", source: source ?? "mapped",
      container: isJSON ? .json(paths: [records]) : .csv, signature: [], columns: columns)
    format.constants = constants
    format.patterns = patterns
    format.lengthUnit = lengthUnit
    format.nulls = nulls
    format.countsRepeatedRows = countsRepeatedRows
    return format
  }
}
