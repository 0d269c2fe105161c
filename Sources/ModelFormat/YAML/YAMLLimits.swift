/// How much a file may ask of its reader.
///
/// Files come from strangers: every limit is reached long before memory or time becomes a matter.
package struct YAMLLimits: Sendable, Equatable {
  /// The largest file, in bytes.
  package var fileBytes: Int
  /// The most texts, lists and maps in one file; keys count too.
  package var nodes: Int
  /// The deepest nesting of lists and maps.
  package var depth: Int
  /// The longest key or value, in bytes of UTF-8.
  package var scalarBytes: Int
  /// The most findings told about one file; the rest waits until these are repaired.
  package var findings: Int

  /// Limits; the defaults suit a model file.
  package init(
    fileBytes: Int = 1 << 20, nodes: Int = 200_000, depth: Int = 64, scalarBytes: Int = 1 << 16,
    findings: Int = 200
  ) {
    self.fileBytes = fileBytes
    self.nodes = nodes
    self.depth = depth
    self.scalarBytes = scalarBytes
    self.findings = findings
  }

  /// The limits of a model file: 1 MiB, 200,000 nodes, 64 levels, 64 KiB a value.
  package static let model = YAMLLimits()
}
