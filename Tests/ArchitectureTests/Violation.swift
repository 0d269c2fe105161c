import Testing

/// A rule of the house that a line does not keep.
struct Violation: CustomStringConvertible {
  let path: String
  let line: Int
  let found: String
  let fix: String

  init(_ path: String, line: Int = 1, _ found: String, fix: String) {
    self.path = path
    self.line = line
    self.found = found
    self.fix = fix
  }

  var description: String { "\(path):\(line): \(found). Fix: \(fix)." }
}

/// Fails the test once for each violation, at the line that has to change.
func report(_ violations: [Violation]) {
  for violation in violations {
    let place = SourceLocation(
      fileID: "ArchitectureTests/\(violation.path)", filePath: violation.path, line: violation.line, column: 1
    )
    Issue.record(Comment(rawValue: violation.description), sourceLocation: place)
  }
}
