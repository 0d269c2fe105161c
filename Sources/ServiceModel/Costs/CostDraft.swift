public import Diagnostics

/// Something that is paid for, as written.
public struct CostDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// The key of the resource: `aws-rds`.
  public var kind: Located<String>
  /// What stands under that key.
  public var resource: Declaration
  /// Where that stands: `components/ledger/costs/servers/aws-rds`.
  public var path: String
  /// How many.
  public var count: Located<Int>?
  /// What the count is for.
  public var scope: Located<String>?
  /// The hours of a month that it runs, as written.
  public var hours: Located<String>?
  /// How it is bought: ways and the shares as written; one way without a share is all of it.
  public var bought: [(purchase: Located<String>, share: Located<String>?)] = []
  /// Where it says what happens when spot capacity is taken back.
  public var interrupted: SourceLocation?
  /// The region whose prices count.
  public var region: Located<String>?
  /// Where the numbers come from.
  public var source: String?

  /// Something that is paid for.
  public init(name: Located<String>, kind: Located<String>, resource: Declaration, path: String) {
    self.name = name
    self.kind = kind
    self.resource = resource
    self.path = path
  }
}

/// Which prices a model asks for, as written.
public struct PricesDraft: Sendable {
  /// The region of everything that states none.
  public var region: Located<String>?
  /// The price books.
  public var books: [Located<String>] = []

  /// Nothing is asked for.
  public init() {}
}
