/// One finding about somebody's input: what was found, what was expected, and a remedy.
public struct Diagnostic: Sendable, Hashable, Error {
  /// How much a finding weighs.
  public enum Severity: String, Sendable, Hashable {
    /// The input can not be used.
    case error
    /// The input can be used, though it probably says something else than was meant.
    case warning
  }

  /// How much this finding weighs.
  public let severity: Severity
  /// A short stable name for the rule, such as `unknown-key`; scripts may rely on it.
  public let slug: String
  /// What was found and what was expected, in the user's words.
  public let message: String
  /// Where; `nil` when the finding is about the input as a whole.
  public let location: SourceLocation?
  /// A remedy that can be pasted.
  public let help: String?

  /// A finding.
  public init(
    _ severity: Severity = .error, slug: String, _ message: String, at location: SourceLocation?,
    help: String? = nil
  ) {
    self.severity = severity
    self.slug = slug
    self.message = message
    self.location = location
    self.help = help
  }
}

/// Findings thrown together, so that everything wrong with an input is said at once.
public struct Findings: Error, Sendable {
  /// The findings in the order in which a reader meets their places.
  public let diagnostics: [Diagnostic]
  /// The texts of the files they are about, for quoting lines.
  public let sources: [SourceText]

  /// Sorts findings by place and drops repetitions.
  public init(_ diagnostics: [Diagnostic], sources: [SourceText] = []) {
    var seen: Set<Diagnostic> = []
    self.diagnostics = diagnostics.filter { seen.insert($0).inserted }
      .enumerated()
      .sorted { Findings.precedes($0, $1) }
      .map(\.element)
    self.sources = sources
  }

  /// Whether any finding is an error.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The same findings with more texts to quote from.
  public func adding(sources more: [SourceText]) -> Findings {
    Findings(diagnostics, sources: sources + more)
  }

  private typealias Ranked = EnumeratedSequence<[Diagnostic]>.Element

  private static func precedes(_ left: Ranked, _ right: Ranked) -> Bool {
    switch (left.element.location, right.element.location) {
    case (let a?, let b?) where a != b: a < b
    case (nil, _?): false
    case (_?, nil): true
    default: left.offset < right.offset
    }
  }
}
