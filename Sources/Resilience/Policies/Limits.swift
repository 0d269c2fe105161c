public import Quantities

/// At most so many attempts a time; the others are refused at once.
public struct RateLimit: Hashable, Sendable {
  /// Attempts in a period of one client.
  public let calls: Int
  /// The period, counted from fixed instants.
  public let period: TimeSpan
  /// Clients that have a limit of their own, and share the calls evenly.
  public let clients: Int

  /// A limit; throws everything that is wrong with it.
  public init(calls: Int, period: TimeSpan, clients: Int = 1) throws(InvalidPolicy) {
    var check = PolicyCheck()
    check.require(
      (1...1_000_000_000).contains(calls), "rate-limit-calls", "rate-limit/calls",
      "\(calls) calls; expected 1 or more", help: "calls: 100 /min")
    check.require(
      period > .zero, "rate-limit-period", "rate-limit/calls", "a limit per no time; expected a period",
      help: "calls: 100 /min")
    check.require(
      clients >= 1, "rate-limit-clients", "rate-limit/per", "\(clients) clients; expected 1 or more")
    try check.finish()
    (self.calls, self.period, self.clients) = (calls, period, clients)
  }

  /// Attempts per hour of all clients together that pass at most.
  public var perHour: Double { Double(calls) * Double(clients) / period.hours }
}

/// What is served instead of a call that failed: a share of the calls, for a time after the callee was lost.
///
/// The time is that of a cache whose entries live so long: while the callee still answers some calls they are refreshed, and
/// their time begins when it answers fewer than 1 %, retries included.
public struct Fallback: Hashable, Sendable {
  /// The share of failed calls that it serves.
  public let serves: Probability
  /// How long after the callee began to answer fewer than 1 % of the calls; without end when `nil`.
  public let lasts: TimeSpan?

  /// A fallback; throws when it serves nothing.
  public init(serves: Probability, lasts: TimeSpan? = nil) throws(InvalidPolicy) {
    var check = PolicyCheck()
    check.require(
      serves.value > 0, "fallback-serves", "fallback/serves", "a fallback that serves 0 %; expected more",
      help: "serves: 80 %")
    check.require(
      lasts.map { $0 > .zero } ?? true, "fallback-for", "fallback/for",
      "a fallback for no time; expected a duration", help: "for: 1 h")
    try check.finish()
    (self.serves, self.lasts) = (serves, lasts)
  }
}
