public import Diagnostics
public import Quantities

/// A claim as written.
public struct ClaimDraft: Sendable {
  /// What it is about, as written.
  public indirect enum Term: Sendable {
    /// A quantity.
    case stated(Located<WrittenQuantity>)
    /// A number of the model, by its path.
    case number(WrittenQuantity, path: Located<String>)
    /// What is computed, by its path.
    case path(Located<String>)
    /// A path into the model at which no number stands, and what is wrong with that.
    case nowhere(path: Located<String>, Diagnostic)
    /// Several of them together.
    case operation(Located<ClaimOperation>, [Term])

    /// Whether something in it stands there.
    func holds(_ location: SourceLocation) -> Bool {
      switch self {
      case .stated(let quantity): quantity.location == location
      case .number(_, let path), .path(let path), .nowhere(let path, _): path.location == location
      case .operation(let operation, let terms):
        operation.location == location || terms.contains { $0.holds(location) }
      }
    }
  }

  /// A comparison as written.
  public struct Bound: Sendable {
    /// How it is compared.
    public var relation: Located<ClaimBound.Relation>
    /// What is stated.
    public var stated: [Located<WrittenQuantity>]

    /// A comparison.
    public init(relation: Located<ClaimBound.Relation>, stated: [Located<WrittenQuantity>]) {
      (self.relation, self.stated) = (relation, stated)
    }
  }

  /// The name.
  public var name: Located<String>
  /// What is stated, in words.
  public var says: String?
  /// Where it is stated.
  public var source: String?
  /// What is done against it.
  public var mitigation: String?
  /// How much it matters; `nil`: as most.
  public var weight: Claim.Weight?
  /// What it is about.
  public var term: Term?
  /// The domain that is lost.
  public var lost: Located<String>?
  /// What is stated of it.
  public var bound: Bound?
  /// How far it may be off.
  public var tolerance: Located<WrittenQuantity>?

  /// A claim that says nothing yet.
  public init(name: Located<String>) { self.name = name }
}
