internal import Quantities

/// A part of a report that is made of what other reports found.
struct ReportPart: ReportSection {
  let key: String
  let blocks: [Document.Block]
  let json: JSONValue

  /// A part under its name.
  init(_ key: String, _ title: String, _ blocks: [Document.Block], json: JSONValue) {
    self.key = key
    self.blocks = [.part(title)] + blocks
    self.json = json
  }
}
