/// What stands between a call and its failure: policies on a dependency, and the pools that calls take slots of.
extension Grammar {
  /// The keys of a dependency that are policies.
  static let policies: [Field] = [
    Field("timeout", .scalar(.positiveDuration), "When a call is given up.", example: "10 s"),
    Field(
      "retry", retry, "How often a call is tried, and after which waits.",
      example: "{attempts: 4, wait: 1 s, factor: 2, longest: 30 s}"),
    Field("breaker", breaker, "When calls are cut off.", example: "{consecutive: 5, open: 30 s}"),
    Field("bulkhead", .scalar(.name), "The pool of the caller that holds the calls.", example: "extraction"),
    Field("rate-limit", rateLimit, "How many calls a time.", example: "{calls: 100 /min}"),
    Field("fallback", fallback, "What is served instead.", example: "{serves: 80 %, for: 1 h}"),
    Field(
      "traffic", traffic,
      "The calls when all is well; without it so many that collecting them takes no time.",
      example: "{calls: 20 /s, latency: {mean: 0.45 s, p99: 2.5 s}, errors: 1 %}"),
  ]

  private static let retry = Shape.record(
    Record(
      "retry",
      [
        Field(
          "attempts", .scalar(.integer(minimum: 0)), required: true, "Tries in all, the first included.",
          example: "4"),
        Field("wait", .scalar(.duration), "The first wait; none.", example: "1 s"),
        Field("factor", .scalar(.number(minimum: 0)), "Each wait over the one before; 1.", example: "2"),
        Field("longest", .scalar(.positiveDuration), "No wait is longer.", example: "30 s"),
        Field(
          "jitter", .scalar(.probability), "How far a wait may lie from its middle; 0 %.", example: "50 %"),
        source,
      ]))

  private static let breaker = Shape.record(
    Record(
      "breaker",
      [
        Field(
          "consecutive", .scalar(.integer(minimum: 0)), "Opens after so many failures in a row.", example: "5"
        ),
        Field(
          "window", .either([.scalar(.integer(minimum: 0)), .scalar(.duration)]),
          "The last so many results, or those of the last so long, of which a share opens it.", example: "10"),
        Field(
          "minimum", .scalar(.integer(minimum: 0)),
          "Results before a share is believed; a full window, or 1.",
          example: "5"),
        Field("failures", .scalar(.probability), "The share of failures that opens it.", example: "50 %"),
        Field(
          "slow", slowCalls, "Slow calls that open it too.", example: "{longer-than: 10 s, share: 50 %}"),
        Field("open", .scalar(.duration), required: true, "How long it refuses calls.", example: "60 s"),
        Field(
          "half-open", halfOpen, "What it tries afterwards; one call.", example: "{calls: 5, closes: all}"),
        source,
      ],
      groups: [
        KeyGroup(
          [["consecutive"], ["window", "minimum", "failures", "slow"]], isRequired: true, isWhole: false)
      ]))

  private static let slowCalls = Shape.record(
    Record(
      "slow calls",
      [
        Field(
          "longer-than", .scalar(.duration), required: true, "A call that takes longer is slow.",
          example: "10 s"),
        Field("share", .scalar(.probability), required: true, "The share that opens it.", example: "50 %"),
        source,
      ]))

  private static let halfOpen = Shape.record(
    Record(
      "half-open",
      [
        Field("calls", .scalar(.integer(minimum: 0)), "Calls let through; 1.", example: "5"),
        Field(
          "closes", .choice(["all", "rate"]),
          "Whether all of them must succeed, or the share of failures must stay below the threshold; all."),
        source,
      ]))

  private static let rateLimit = Shape.record(
    Record(
      "rate limit",
      [
        Field(
          "calls", .scalar(.rate), required: true, "Calls in a period, counted from fixed instants.",
          example: "100 /min"),
        Field(
          "clients", .scalar(.integer(minimum: 1)),
          "Clients that have a limit of their own; 1, one limit for all.",
          example: "40"),
        source,
      ]))

  private static let fallback = Shape.record(
    Record(
      "fallback",
      [
        Field(
          "serves", .scalar(.probability), required: true, "The share of failed calls it serves.",
          example: "80 %"),
        Field(
          "for", .scalar(.duration), "How long once fewer than 1 % of calls are answered; without end.",
          example: "1 h"),
        source,
      ]))

  private static let bytes = Shape.record(
    Record(
      "bytes of a call",
      [
        Field("request", .scalar(.dataSize), required: true, "To the callee.", example: "4 kB"),
        Field("response", .scalar(.dataSize), required: true, "Back to the caller.", example: "40 kB"),
        source,
      ]))

  private static let traffic = Shape.record(
    Record(
      "traffic",
      [
        Field(
          "calls", .scalar(.rate), required: true, "Calls of all the caller's units together.",
          example: "20 /s"),
        Field(
          "latency", .either([latency, .named("distribution")]), "How long an answer takes; no time.",
          example: "{mean: 0.45 s, p99: 2.5 s}"),
        Field(
          "errors", .scalar(.probability), "The share of calls that fail when all is well; 0 %.",
          example: "1 %"),
        Field(
          "bytes", bytes, "What a call moves; transfer between zones, regions and to users is priced by it.",
          example: "{request: 4 kB, response: 40 kB}"),
        Field(
          "alert", errorAlert, "The detector that sees that too many of these calls fail.",
          example: "{by: high-error-rate, errors: 10 %, over: 5 min}"),
        source,
      ]))

  private static let errorAlert = Shape.record(
    Record(
      "alert",
      [
        Field(
          "by", .scalar(.name), required: true, "The detector; its own delay begins when the errors do.",
          example: "high-error-rate"),
        Field(
          "errors", .either([.scalar(.rate), .scalar(.probability)]), required: true,
          "More failed calls than this: a share of them, or so many a time.", example: "10 %"),
        Field(
          "over", .scalar(.positiveDuration), "The time over which errors are a moving mean; the moment.",
          example: "5 min"),
        source,
      ]))

  /// Told apart from other laws by its keys.
  static let latency = Shape.record(
    Record(
      "latency",
      [
        Field("mean", .scalar(.positiveDuration), required: true, "The mean.", example: "0.45 s"),
        Field("p95", .scalar(.positiveDuration), "95 in 100 are shorter; lognormal.", example: "1.4 s"),
        Field("p99", .scalar(.positiveDuration), "99 in 100 are shorter; lognormal.", example: "2.5 s"),
        source,
      ], groups: [KeyGroup([["p95"], ["p99"]], isRequired: true)]))

  static let failsBy = Shape.either([
    .choice(["refuses", "hangs"]),
    .record(
      Record(
        "way to fail",
        [
          Field("slow", .named("distribution"), "Calls are answered, after so long.", example: "8 s"),
          Field("errors", .scalar(.probability), "This share of calls gets an error.", example: "40 %"),
          Field("after", .scalar(.duration), "How long an error takes; no time.", example: "2 s"),
          source,
        ], groups: [KeyGroup([["slow"], ["errors", "after"]], isRequired: true, isWhole: false)])),
  ])
}
