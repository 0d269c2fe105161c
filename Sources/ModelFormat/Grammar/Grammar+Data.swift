/// What a component keeps, what protects it, and what a failure takes of it.
extension Grammar {
  static let data = Shape.record(
    Record(
      "data",
      [
        Field(
          "class", .choice(["critical", "important", "rebuildable"]),
          "How much it matters; without a backup only what is rebuildable is no gap.", example: "critical"),
        Field(
          "volumes", .names(of: volume, what: "volume"),
          "The volumes it is kept on; none: it is kept in memory.",
          example: "{ledger-data: {size: 500 GB}}"),
        Field(
          "flushed", .scalar(.duration), "Time between two writes to the volume; 0 s, each one at once.",
          example: "1 s"),
        Field("restart", .named("distribution"), "A start with what is on the volume.", example: "2 min"),
        Field(
          "rebuild", .named("distribution"), "A start without the data, when nothing can be restored.",
          example: "8 h"),
        source,
      ]))

  private static let volume = Shape.record(
    Record(
      "volume",
      [
        Field("size", .scalar(.dataSize), "How much it holds.", example: "500 GB"),
        Field(
          "reach", .choice(["anywhere", "zone"]),
          "From where it can be used; `zone` keeps each unit in the zone that it is in at first; anywhere."),
        source,
      ]))

  static let backups = Shape.record(
    Record(
      "backups",
      [
        Field(
          "full", schedule("full backup"), "Whole backups, with the logs between them.",
          example: "{every: 24 h, keep: 30 d, takes: 1 h, restore: 2 h}"),
        Field(
          "snapshot", schedule("snapshot"), "Snapshots, which logs do not reach.",
          example: "{every: 1 h, keep: 7 d, in: same-volume, restore: 30 min}"),
        Field(
          "log", log, "Logs shipped between full backups, up to which one is restored.",
          example: "{every: 5 min, keep: 7 d}"),
        Field("replication", replication, "A replica that takes over.", example: "{to: [reader], lag: 10 s}"),
        Field(
          "incremental", partial("incremental backup"),
          "What has changed since the backup before it; a restore needs all since the full one.",
          example: "{every: 1 h, keep: 14 d, works: 99 %, restore-each: 2 min}"),
        Field(
          "differential", partial("differential backup"),
          "What has changed since the full backup; a restore needs the last good one.",
          example: "{every: 6 h, keep: 14 d, works: 99 %, restore-each: 20 min}"),
        source,
      ], groups: [KeyGroup([["incremental"], ["differential"]])]))

  private static func partial(_ name: String) -> Shape {
    .record(
      Record(
        name,
        [
          Field(
            "every", .scalar(.positiveDuration), required: true,
            "From the beginning of one to that of the next, counted from each full one.", example: "1 h"),
          Field(
            "keep", .scalar(.positiveDuration), required: true,
            "How long each is kept; at least until the next full one is complete.", example: "14 d"),
          Field("takes", .scalar(.duration), "Until one is complete; 0 s.", example: "5 min"),
          Field("works", .scalar(.probability), "How likely one can be restored; always.", example: "99 %"),
          Field(
            "restore-each", .either([.named("distribution"), transfer]),
            "How long it takes to restore one after what it is based on; 0 s.", example: "2 min"),
        ] + place + [source]))
  }

  private static let place: [Field] = [
    Field(
      "in", .choice(["same-volume", "same-region", "other-region"]), "Where the copies are; same-region.",
      example: "other-region"),
    Field(
      "offline", .choice(["yes", "no"]), "Whether nobody who can write the original can change them; no.",
      example: "yes"),
  ]

  private static func schedule(_ name: String) -> Shape {
    .record(
      Record(
        name,
        [
          Field(
            "every", .scalar(.positiveDuration), required: true,
            "From the beginning of one to that of the next.",
            example: "24 h"),
          Field(
            "keep", .scalar(.positiveDuration), required: true, "How long each is kept.", example: "30 d"),
          Field("takes", .scalar(.duration), "Until one is complete; 0 s.", example: "1 h"),
          Field("works", .scalar(.probability), "How likely one can be restored; always.", example: "99 %"),
          Field("verified", verified, "Tests by restoring.", example: "{every: 24 h, finds: 90 %}"),
          Field(
            "restore", .either([.named("distribution"), transfer]), required: true,
            "How long it takes to restore one, besides its logs.", example: "2 h"),
        ] + place + [source]))
  }

  private static let verified = Shape.record(
    Record(
      "verification",
      [
        Field(
          "every", .scalar(.positiveDuration), required: true, "From one test to the next.", example: "24 h"),
        Field(
          "finds", .scalar(.probability), required: true,
          "How likely a test finds that a backup can not be restored; it is then made again.", example: "90 %"
        ),
        source,
      ]))

  private static let transfer = Shape.record(
    Record(
      "transfer",
      [
        Field("size", .scalar(.dataSize), required: true, "How much is moved.", example: "500 GB"),
        Field(
          "per-hour", .scalar(.dataSize), required: true, "How much is moved in an hour.", example: "200 GB"),
        Field("besides", .scalar(.duration), "What else has to be done; 0 s.", example: "15 min"),
        source,
      ]))

  private static let log = Shape.record(
    Record(
      "log",
      [
        Field("every", .scalar(.positiveDuration), required: true, "From one to the next.", example: "5 min"),
        Field("keep", .scalar(.positiveDuration), required: true, "How long each is kept.", example: "7 d"),
        Field("takes", .scalar(.duration), "Until one has arrived; 0 s.", example: "10 s"),
        Field("written-per-hour", .scalar(.dataSize), "How much is written in an hour.", example: "2 GB"),
        Field(
          "replayed-per-hour", .scalar(.dataSize), "How much is replayed in an hour; all at once.",
          example: "40 GB"),
      ] + place + [source], groups: [KeyGroup([["written-per-hour", "replayed-per-hour"]])]))

  private static let replication = Shape.record(
    Record(
      "replication",
      [
        Field(
          "to", .list(of: .scalar(.name), minimum: 1), "The roles whose units hold the copies.",
          example: "[reader]"),
        Field("lag", .named("distribution"), required: true, "How far they are behind.", example: "10 s"),
        Field("takes", .named("distribution"), "The move to one; that of the failover.", example: "30 s"),
      ] + place + [source]))

  /// The words of `loses:`.
  static let losses = Shape.choice([
    "memory", "transactions", "volume", "region", "content", "deletion", "ransomware",
  ])

  static let recoveryObjectives = Shape.names(
    of: .record(
      Record(
        "recovery objective", recoveryObjective + [source],
        groups: [KeyGroup([["rto", "rpo"]], isRequired: true, isWhole: false)])), what: "objective")
}
