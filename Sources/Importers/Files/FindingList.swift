internal import Diagnostics

/// Findings about imported files, by place; lines and columns are worked out at the end.
struct FindingList {
  private struct Finding {
    let severity: Diagnostic.Severity
    let slug: String
    let message: String
    let place: Place?
    let help: String?
  }

  /// The most findings of a kind; the rest waits until these are repaired.
  private static let limit = 500

  private var errors: [Finding] = []
  private var warnings: [Finding] = []

  /// Whether any finding is an error.
  var hasErrors: Bool { !errors.isEmpty }
  /// Whether so many errors were found that looking for more is of no use.
  var isFull: Bool { errors.count >= FindingList.limit }
  /// Whether a finding is worth looking for what was meant; that takes time.
  var wantsSuggestions: Bool { errors.count < 20 }

  /// Adds an error.
  mutating func add(_ slug: String, _ message: String, at place: Place?, help: String? = nil) {
    guard errors.count < FindingList.limit else { return }
    errors.append(Finding(severity: .error, slug: slug, message: message, place: place, help: help))
  }

  /// Adds a warning.
  mutating func warn(_ slug: String, _ message: String, at place: Place?, help: String? = nil) {
    guard warnings.count < FindingList.limit else { return }
    warnings.append(Finding(severity: .warning, slug: slug, message: message, place: place, help: help))
  }

  /// All findings, located and sorted, with the lines they are about.
  func findings(in files: [ImportedFile]) -> Findings {
    var maps: [Int: PlaceMap] = [:]
    var diagnostics: [Diagnostic] = []
    for finding in errors + warnings {
      var location: SourceLocation?
      if let place = finding.place {
        let map = maps[place.file] ?? PlaceMap(files[place.file])
        maps[place.file] = map
        location = map.location(place.offset)
      }
      diagnostics.append(
        Diagnostic(
          finding.severity, slug: finding.slug, finding.message, at: location, help: finding.help))
    }
    let sources = diagnostics.isEmpty ? [] : files.compactMap(\.source)
    return Findings(diagnostics, sources: sources)
  }
}
