public import Diagnostics
public import Quantities

/// A lever that a plan may pull: what may be set otherwise than it is.
public struct Choice: Sendable {
  /// Something else than what the model says.
  public struct Value: Sendable {
    /// The value in the words of the file: `3`, or the name of a change.
    public let name: String
    /// What changes, as a patch of the model's declaration (RFC 7396).
    public let change: Declaration
    /// What the change costs once; `nil`: nothing is stated.
    public let once: Money?
    /// How long the change takes; `nil`: nothing is stated.
    public let takes: TimeSpan?
    /// Where it stands.
    public let location: SourceLocation
  }

  /// The name.
  public let name: String
  /// A name for people.
  public let title: String?
  /// The path of the value that changes; `nil` where each value changes what it says itself.
  public let path: String?
  /// What the model says now, which a plan may leave as it is.
  public let present: String
  /// The other values, in the order written.
  public let values: [Value]
  /// Where it stands.
  public let location: SourceLocation
}

/// A lever as written.
public struct ChoiceDraft: Sendable {
  /// A value as written.
  public struct Value: Sendable {
    /// The name.
    public var name: Located<String>
    /// What changes; `nil`: this is what the model says already.
    public var change: Declaration?
    /// What the change costs once.
    public var once: Located<Money>?
    /// How long the change takes.
    public var takes: TimeSpan?

    /// A value.
    public init(name: Located<String>, change: Declaration?) {
      self.name = name
      self.change = change
    }
  }

  /// A key of a path that the model does not have, with those that it has there.
  public struct MissingKey: Sendable {
    /// The key.
    public let key: Located<String>
    /// The path above it.
    public let parent: String
    /// The keys that are there.
    public let known: [String]

    /// A key that is not there.
    public init(key: Located<String>, parent: String, known: [String]) {
      (self.key, self.parent, self.known) = (key, parent, known)
    }
  }

  /// The name.
  public var name: Located<String>
  /// A name for people.
  public var title: String?
  /// The path of the one value that changes.
  public var path: String?
  /// The text at that path; `nil`: the model does not state it.
  public var present: String?
  /// A key on the way to that path that is not there.
  public var missing: MissingKey?
  /// The values.
  public var values: [Value] = []
  /// What single values cost once, where that differs.
  public var onceOfValues: [(value: Located<String>, amount: Located<Money>)] = []

  /// A lever.
  public init(name: Located<String>) { self.name = name }
}
