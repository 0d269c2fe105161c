/// One thing that is wrong with a policy, in the words of whoever wrote it.
///
/// A reader of model files knows where `key` was written and adds the place.
public struct PolicyFinding: Hashable, Sendable, CustomStringConvertible {
  /// A fixed word for the kind of mistake, for example `retry-attempts`.
  public let slug: String
  /// The key that is wrong, below the dependency or queue: `retry/attempts`.
  public let key: String
  /// What was found and what was expected.
  public let message: String
  /// A remedy that can be pasted; `nil` where none is obvious.
  public let help: String?

  /// A finding about `key`.
  public init(_ slug: String, key: String, _ message: String, help: String? = nil) {
    (self.slug, self.key, self.message, self.help) = (slug, key, message, help)
  }

  /// For example `retry/attempts: 0 attempts; …`.
  public var description: String { "\(key): \(message)" }
}

/// Everything that is wrong with a policy that can not exist, found in one pass.
public struct InvalidPolicy: Error, Hashable, Sendable, CustomStringConvertible {
  /// At least one finding, in the order of the keys.
  public let findings: [PolicyFinding]

  /// The findings, one a line.
  public var description: String { findings.map(\.description).joined(separator: "\n") }
}

/// Collects findings and throws them all at once.
struct PolicyCheck {
  private var findings: [PolicyFinding] = []

  /// Notes a finding unless the condition holds.
  mutating func require(
    _ holds: Bool, _ slug: String, _ key: String, _ message: @autoclosure () -> String, help: String? = nil
  ) {
    guard !holds else { return }
    findings.append(PolicyFinding(slug, key: key, message(), help: help))
  }

  /// Throws if anything was found.
  func finish() throws(InvalidPolicy) {
    guard findings.isEmpty else { throw InvalidPolicy(findings: findings) }
  }
}
