/// What there is only so much of: connections, threads, memory, storage.
extension Grammar {
  static let pool = Shape.record(
    Record(
      "pool",
      [
        Field(
          "of", .scalar(.name), required: true, "The component whose units each have one.", example: "backend"
        ),
        Field(
          "kind", .choice(["connections", "threads", "memory", "storage"]), required: true, "What is pooled."),
        Field(
          "size", .scalar(.countOrData), required: true,
          "What each unit has: slots at most, or memory and storage.", example: "50"),
        Field(
          "core", .scalar(.integer(minimum: 0)), "Threads that start before calls queue; size.", example: "20"
        ),
        Field("queue", .scalar(.integer(minimum: 0)), "Places in the queue; 0.", example: "100"),
        Field(
          "used", .scalar(.countOrData),
          "What is used in each unit: slots that other work takes, 0; of memory and storage unknown unless stated.",
          example: "180"),
        Field(
          "overflow", .choice(["reject", "wait", "caller-runs", "evict"]),
          "What becomes of what finds no place; reject, or wait where a wait is stated; evict is for memory and storage."
        ),
        Field("wait", .scalar(.duration), "How long it waits for a slot before it fails.", example: "30 s"),
        Field(
          "to", .scalar(.reference),
          "What its slots lead to; without it, connections that hold no calls are those the component accepts.",
          example: "pgbouncer"),
        Field("memory", .scalar(.dataSize), "Memory that one slot takes.", example: "10 MB"),
        Field(
          "serves", .choice(["requests"]),
          "Every request of the component holds a slot: while calls take them all, the component is down."),
        Field(
          "holds", .choice(["copies", "parts"]),
          "Of memory and storage: whether each unit has all that is kept, or a part that others take over when it is lost; copies."
        ),
        Field(
          "growth", .scalar(.percentage(minimum: -1)), "How much more is used after a year.", example: "20 %"),
        Field(
          "alert", alert, "The use at which somebody is told.",
          example: "{at: 90 %, by: pool-nearly-exhausted}"),
        source,
      ]))

  static let alert = Shape.record(
    Record(
      "pool alert",
      [
        Field(
          "at", .scalar(.percentage(minimum: 0)), required: true, "The share of it that is used.",
          example: "95 %"),
        Field("by", .scalar(.name), "The detector that sees it.", example: "disk-space-critical"), source,
      ]))
}
