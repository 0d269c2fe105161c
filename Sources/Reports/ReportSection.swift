public import Quantities

/// A part of a report that somebody asked for: one file each, the same for people and for programs.
public protocol ReportSection: Sendable {
  /// The key under which programs find it.
  var key: String { get }
  /// What people read.
  var blocks: [Document.Block] { get }
  /// What programs read.
  var json: JSONValue { get }
}
