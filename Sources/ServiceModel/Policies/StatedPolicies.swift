public import Diagnostics
public import Quantities
public import Resilience

/// The policies of one dependency as written: each is sound by itself, and the pool it names is not looked up yet.
public struct StatedPolicies: Sendable {
  /// When an attempt is given up.
  public var timeout: TimeSpan?
  /// How often a call is tried.
  public var retry: Retry?
  /// When attempts are cut off.
  public var breaker: CircuitBreaker?
  /// The pool that holds the attempts.
  public var bulkhead: Located<String>?
  /// Attempts a time.
  public var rateLimit: RateLimit?
  /// What is served instead.
  public var fallback: Fallback?
  /// The calls when all is well.
  public var traffic: Traffic?
  /// What a call moves.
  public var bytes: CallBytes?
  /// Who sees that calls fail.
  public var alert: ErrorAlertDraft?
  /// Where each was written, by its keys below the dependency: `breaker/open`.
  public var places: [String: SourceLocation]
  /// Where the dependency was written.
  public var location: SourceLocation
  /// What was taken where nothing was stated, by key.
  public var defaults: [(key: String, text: String)] = []

  /// No policy yet.
  public init(at location: SourceLocation) {
    self.location = location
    places = [:]
  }

  /// Where a key was written, or the nearest above it.
  func place(of key: String) -> SourceLocation {
    var keys = key.split(separator: "/")
    while !keys.isEmpty {
      if let place = places[keys.joined(separator: "/")] { return place }
      keys.removeLast()
    }
    return location
  }
}

/// What a call moves.
public struct CallBytes: Sendable, Hashable {
  /// From the caller to the callee.
  public let request: DataSize
  /// From the callee to the caller.
  public let response: DataSize

  /// What goes each way.
  public init(request: DataSize, response: DataSize) {
    self.request = request
    self.response = response
  }
}

/// A pool as written; its numbers are checked.
public struct PoolDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// The component whose units each have one.
  public var owner: Located<String>
  /// Where its slots lead to.
  public var destination: Located<String>?
  /// Its slots.
  public var pool: Pool
  /// Whether every request of the component holds a slot.
  public var servesRequests: Bool
  /// Memory that one slot takes; `nil`: nothing is stated.
  public var memory: DataSize?
  /// How what other work takes changes, and who is told.
  public var outlook = PoolOutlookDraft()

  /// A pool.
  public init(
    name: Located<String>, owner: Located<String>, destination: Located<String>? = nil, pool: Pool,
    servesRequests: Bool = false, memory: DataSize? = nil
  ) {
    (self.name, self.owner, self.destination) = (name, owner, destination)
    (self.pool, self.servesRequests, self.memory) = (pool, servesRequests, memory)
  }
}
