/// A key that may stand under a kind of resource: the one declaration that the language, its check and its reference read.
public struct ResourceField: Sendable {
  /// What may stand there.
  public indirect enum Kind: Sendable {
    /// Any text, such as an instance class or an engine's version.
    case text
    /// One of these words.
    case choice([String])
    /// A whole number.
    case count(minimum: Int)
    /// A number of 0 or more.
    case number
    /// A share: `60 %`.
    case share
    /// Money: `$25`.
    case money
    /// Money in a time: `$25/month`.
    case moneyRate
    /// An amount of data that is kept: `500 GB`.
    case size
    /// Events in a time: `1,000,000 /month`.
    case rate
    /// Data in a time: `5 TB/month`.
    case dataRate
    /// A length of time: `90 d`.
    case duration
    /// `yes` or `no`.
    case flag
    /// A map with fixed keys.
    case record([ResourceField])
    /// A list of maps with fixed keys.
    case list(of: [ResourceField])
  }

  /// The key.
  public let key: String
  /// What may stand there.
  public let kind: Kind
  /// Whether the resource says nothing without it.
  public let isRequired: Bool
  /// One sentence for the reference, with the default.
  public let summary: String
  /// An example value.
  public let example: String?

  /// A key of a resource.
  public init(
    _ key: String, _ kind: Kind, required: Bool = false, _ summary: String, example: String? = nil
  ) {
    self.key = key
    self.kind = kind
    self.isRequired = required
    self.summary = summary
    self.example = example
  }
}
