public import Quantities

/// Something that was asked for and has no answer, and why.
public struct UnknownSection: ReportSection {
  /// The key under which programs find it.
  public let key: String
  private let title: String
  private let reason: String

  /// A section without an answer.
  public init(key: String, title: String, reason: String) {
    self.key = key
    self.title = title
    self.reason = reason
  }

  /// What is not known, and why.
  public var blocks: [Document.Block] { [.note("\(title): unknown, since \(reason).")] }

  /// `{unknown: why}`.
  public var json: JSONValue { unknownJSON(reason) }
}
