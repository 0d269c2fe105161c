/// Messages that are kept until somebody has worked on them.
extension Grammar {
  static let queue = Shape.record(
    Record(
      "queue",
      [
        title,
        Field(
          "in", .scalar(.reference), required: true, "What stores and hands out the messages.",
          example: "pulsar"),
        Field(
          "topics",
          .either([
            .list(of: .scalar(.name), minimum: 1), .names(of: .scalar(.probability), what: "topic"),
          ]),
          "The kinds of messages, with their shares where they differ.",
          example: "{persons-events: 70 %, accounts-events: 30 %}"),
        Field("arrivals", .scalar(.rate), required: true, "Messages that come in.", example: "1 /s"),
        Field(
          "durable", .choice(["yes", "no"]), "Whether messages survive the loss of what stores them; yes.",
          example: "yes"),
        Field(
          "deduplicated", .choice(["yes", "no"]),
          "Whether a message that was worked on already is recognised; no.", example: "yes"),
        Field(
          "consumers", .names(of: consumer, what: "component"), required: true,
          "Who works on them; each of these has every message once.",
          example: "{graph-consumer: {drains: 5 /s}}"),
        Field(
          "redelivery", redelivery,
          "Handing out again what could not be worked on; without it consumers stop until they can.",
          example: "{after: 60 s, times: 3}"),
        Field(
          "dead-letters", deadLetters,
          "Where messages go that were redelivered as often as allowed; without it that never ends.",
          example: "{to: dlq-events, handler: dlq-handler, tries: 3, then: archive}"),
        Field(
          "keep", .scalar(.duration), "How long messages are kept after they were worked on; 0 s.",
          example: "7 d"),
        Field("replay", replay, "Handing out again what was kept.", example: "{from: earliest, at: 50 /s}"),
        Field(
          "buffer", .scalar(.integer(minimum: 0)),
          "Messages that producers hold back while what stores them is down; 0, those beyond are lost.",
          example: "1000"), source,
      ]))

  private static let consumer = Shape.record(
    Record(
      "consumer",
      [
        Field(
          "drains", .scalar(.rate), required: true,
          "Messages that all units together work on; of those that work one at a time, that one.",
          example: "5 /s"),
        Field(
          "order", .choice(["by-key", "any", "strict"]),
          "Whether all units share the messages, those about one thing in order, or one works at a time; by-key.",
          example: "strict"),
        Field(
          "from", .choice(["earliest", "latest"]),
          "Where they go on once one of them is up again: with what waits, or with what comes in then; earliest.",
          example: "latest"), source,
      ]))

  private static let redelivery = Shape.record(
    Record(
      "redelivery",
      [
        Field(
          "after", .scalar(.positiveDuration), required: true, "The time to the next delivery.",
          example: "60 s"),
        Field(
          "times", .scalar(.integer(minimum: 1)), required: true, "Deliveries after the first.", example: "3"),
        source,
      ]))

  private static let deadLetters = Shape.record(
    Record(
      "dead letters",
      [
        Field("to", .scalar(.name), required: true, "The topic they go to.", example: "dlq-events"),
        Field(
          "handler", .scalar(.reference), "The component that tries them again; without one they lie there.",
          example: "dlq-handler"),
        Field(
          "tries", .scalar(.integer(minimum: 1)), "How often it does, the first time included.", example: "3"),
        Field("wait", .scalar(.duration), "The first wait between two tries; 0 s.", example: "1 s"),
        Field("factor", .scalar(.number(minimum: 1)), "Each wait over the one before; 1.", example: "2"),
        Field("longest", .scalar(.positiveDuration), "No wait is longer.", example: "1 min"),
        Field(
          "then", .choice(["archive", "drop"]), "What becomes of those that it gives up; archive.",
          example: "archive"), source,
      ]))

  private static let replay = Shape.record(
    Record(
      "replay",
      [
        Field(
          "from", .choice(["earliest", "any"]),
          "Whether it begins with the earliest message that is kept, or at any point in time; earliest.",
          example: "any"),
        Field(
          "at", .scalar(.rate), required: true, "How fast messages are handed out again.", example: "50 /s"),
        source,
      ]))
}
