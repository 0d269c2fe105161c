extension Grammar {
  static let component = Shape.record(
    Record(
      "component",
      [
        title,
        Field("in", .scalar(.name), "The domain its units are in.", example: "host"),
        Field(
          "replicas", .either([.scalar(.integer(minimum: 1)), .record(replicas("replicas"))]),
          "How many units there are and how many are needed; 1.",
          example: "{count: 3, required: 2, spread: zones}"),
        Field(
          "roles", .names(of: .record(replicas("role")), what: "role"), "Units that do different work.",
          example: "{writer: {count: 1}, reader: {count: 2, required: 1}}"),
        Field("failover", .names(of: failover, what: "role"), "How roles move to other units."),
        Field("depends-on", dependencies, "What it needs.", example: "{database: hard, cache: {soft: 20 %}}"),
        Field(
          "work", .either([latency, .named("distribution")]),
          "How long a request takes in it beside its calls; no time.", example: "{mean: 20 ms, p95: 60 ms}"),
        Field(
          "fails", .names(of: .named("failure-mode"), what: "failure mode"), "The ways in which it fails."),
        Field(
          "availability", .scalar(.availability),
          "The availability of each unit, when nothing else is known; fails: {unspecified: {availability: …}}.",
          example: "99.99 %"),
        Field(
          "standby", standby, "Spares: only some of the replicas work at once.",
          example: "{running: 2, dormancy: 20 %, switch: {takes: 30 s, works: 99 %}}"),
        Field(
          "load-sharing", loadSharing, "How the failure rate of the others grows when a unit is missing.",
          example: "{exponent: 1.5}"),
        Field(
          "start", start, "How a unit starts after a repair; it counts as down until it has.",
          example: "{takes: 90 s, ready-when: [database]}"),
        reschedule,
        antiAffinity, topologySpread,
        Field("requests", resources, "What each unit asks of its node.", example: "{cpu: 1, memory: 2 GB}"),
        limits,
        Field(
          "disruption-budget", disruptionBudget, "How many units planned work leaves up.",
          example: "{keep: 60 %}"),
        Field(
          "autoscaling", autoscaling, "How many units run, by what is asked of them.",
          example: "{min: 1, max: 10, target: 70 %, delay: 60 s}"),
        Field("planned", planned, "Deploys and patches.", example: "{deploy: {every: 1 w, takes: 2 min}}"),
        Field("data", data, "What it keeps.", example: "{volumes: {ledger-data: {size: 500 GB}}}"),
        Field("backups", backups, "What protects its data."),
        costs,
        Field(
          "objectives", recoveryObjectives,
          "What its recovery has to meet; one that bears the name of a failure mode is for that mode alone.",
          example: "{tier-1: {rto: 4 h, rpo: 15 min}}"),
        source,
      ], groups: [KeyGroup([["replicas"], ["roles"]])]))

  private static func replicas(_ name: String) -> Record {
    Record(
      name,
      [
        Field("count", .scalar(.integer(minimum: 1)), required: true, "How many units.", example: "3"),
        Field("required", .scalar(.integer(minimum: 0)), "How many must be up; all of them.", example: "2"),
        Field("in", .scalar(.name), "The domain they are all in.", example: "us-east-1a"),
        Field(
          "spread", .scalar(.name), "Over `zones`, `nodes`, or the members of a domain, one after the other.",
          example: "zones"),
        Field(
          "members", .list(of: .scalar(.name), minimum: 1), "The domain of each unit.",
          example: "[us-east-1a, us-east-1b]"), source,
      ], groups: [KeyGroup([["in"], ["spread"], ["members"]])])
  }

  static let failover = Shape.record(
    Record(
      "failover",
      [
        Field(
          "from", .list(of: .scalar(.name), minimum: 1), required: true, "The roles whose units can take it.",
          example: "[reader]"),
        Field("detect", delay, "Until the loss of the holder is noticed.", example: "30 s"),
        Field(
          "takes", .named("distribution"), required: true, "The move, once noticed.",
          example: "{uniform: {min: 2 min, max: 5 min}}"),
        Field("works", .scalar(.probability), "How likely the move works; always.", example: "95 %"),
        Field("manual", .named("distribution"), "The move by hand, when it does not.", example: "20 min"),
        Field(
          "loses", .scalar(.duration), "Data lost by one failover: the replication lag.", example: "10 s"),
        Field(
          "needs", .list(of: .scalar(.reference), minimum: 1), "What must be up for the move to work.",
          example: "[sentinel]"), source,
      ]))

  /// A named detector or response tier, or a duration.
  static let delay = Shape.either([.scalar(.text), .named("distribution")])

  static let failureMode = Shape.record(
    Record(
      "failure mode",
      [
        title,
        Field(
          "scope", .choice(["unit", "component", "zone", "node"]),
          "What one failure hits; unit, of overload component."),
        Field(
          "mtbf", .either([.scalar(.positiveDuration), incidents]), "Mean operating time between failures.",
          example: "720 h"),
        Field("rate", .scalar(.rate), "Failures, or occasions, per up time.", example: "1 /d"),
        Field(
          "lifetime", .named("distribution"), "The law of up times.",
          example: "{weibull: {shape: 2, mean: 3 y}}"),
        Field(
          "availability", .scalar(.availability), "Only the share of up time is known.", example: "99.99 %"),
        Field(
          "incidents", .scalar(.reference), "Frequency and length from the incident history.",
          example: "api/crash"),
        Field(
          "when", overload, "Not by chance: whenever so much is asked for so long.",
          example: "{load: 130 %, for: 2 min}"),
        Field(
          "probability", .scalar(.probability), "How many of the occasions are failures.", example: "1.5 %"),
        Field(
          "rate-factor", .scalar(.number(minimum: 0)), "Multiplies the rate: a what-if.", example: "0.31"),
        Field("lasts", .either([.named("distribution"), incidents]), "The whole outage.", example: "2 h"),
        Field("detect", delay, "Until it is noticed: a detector's name or a duration.", example: "ready"),
        Field(
          "respond", delay, "Until somebody works on it: a response's name or a duration.", example: "page"),
        Field("recover", recovery, "Until it works again.", example: "40 s"),
        Field(
          "effect", .either([.choice(["down"]), degraded]), "What a failed unit still does; down.",
          example: "{degraded-to: 60 %}"),
        Field(
          "common-cause", commonCause, "The share of failures that hits several units at once.",
          example: "{beta: 10 %}"),
        Field("crew", .scalar(.name), "The crew that its repair needs and may wait for.", example: "dba"),
        Field(
          "priority", .scalar(.integer(minimum: 1)), "Which repair the crew does first: smaller first; 1.",
          example: "2"),
        Field(
          "fails-by", failsBy, "What calls meet meanwhile, for dependencies with policies; refuses.",
          example: "hangs"),
        Field(
          "restart", .choice(["yes", "no"]),
          "Whether units that state a start have to start after it; yes.", example: "no"),
        clock,
        Field(
          "season", season,
          "Hours of the week in which it happens more often; the rate stated is that outside.",
          example: "{from: \"09:00\", to: \"17:00\", days: [mon, tue, wed, thu, fri], factor: 3}"),
        Field("loses", losses, "What it takes of the data; nothing.", example: "volume"),
        Field(
          "fault-of", .choice(["provider", "us"]),
          "Who is to blame; what is ours does not count against the provider's service level agreement.",
          example: "provider"), source,
      ],
      groups: [
        KeyGroup(
          [["mtbf"], ["rate"], ["lifetime"], ["availability"], ["incidents"], ["when"]], isRequired: true),
        KeyGroup([["lasts"], ["detect", "respond", "recover"]], isWhole: false),
      ]))

  private static let incidents = Shape.record(
    Record(
      "binding",
      [
        Field(
          "incidents", .scalar(.reference), required: true, "A mode of the incident history.",
          example: "ledger/instance"), source,
      ]))

  private static let recovery = Shape.either([
    .named("distribution"),
    .record(
      Record(
        "recovery",
        [
          Field(
            "takes", .named("distribution"), required: true, "When the automatic step works.", example: "40 s"
          ),
          Field("works", .scalar(.probability), required: true, "How likely it works.", example: "95 %"),
          Field("otherwise", .named("distribution"), required: true, "When it does not.", example: "30 min"),
          source,
        ])),
  ])

  private static let degraded = Shape.record(
    Record(
      "effect",
      [
        Field(
          "degraded-to", .scalar(.probability), required: true, "The fraction of work that remains.",
          example: "60 %")
      ]))

  private static let commonCause = Shape.record(
    Record(
      "common cause",
      [
        Field("beta", .scalar(.probability), "The beta factor.", example: "10 %"),
        Field(
          "multiple-greek-letters", .list(of: .scalar(.probability), minimum: 1),
          "β, γ, δ …: of the failures that hit at least k units, the share that hits one more; one less than units.",
          example: "[10 %, 30 %]"),
        Field(
          "alpha", .list(of: .scalar(.probability), minimum: 1),
          "α₁, α₂, …: of the failure events among the units, the share that hits exactly k; one for each unit.",
          example: "[95 %, 4 %, 1 %]"),
        Field(
          "staggered", .choice(["yes", "no"]),
          "Whether the alpha factors come from staggered testing, one unit at a time; no.", example: "yes"),
        Field(
          "phi", .list(of: .scalar(.probability), minimum: 1),
          "φ₁, φ₂, …: of a unit's failures, the share that hits exactly k units; one for each unit.",
          example: "[90 %, 7 %, 3 %]"), source,
      ],
      groups: [
        KeyGroup(
          [["beta"], ["multiple-greek-letters"], ["alpha"], ["alpha", "staggered"], ["phi"]], isRequired: true
        )
      ]))
}
