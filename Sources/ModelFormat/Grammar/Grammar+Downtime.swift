/// What being without a capability costs.
extension Grammar {
  static let downtime = Shape.record(
    Record(
      "downtime cost",
      [
        Field(
          "costs", .scalar(.moneyRate), "Money per time down; degraded time costs nothing.",
          example: "\"$18,000/h\""),
        Field(
          "hours", .names(of: pricedHours, what: "hours"),
          "Hours with a price of their own; `costs` is that of all others.",
          example:
            "{business: {from: \"09:00\", to: \"17:00\", days: [mon, tue, wed, thu, fri], costs: \"$5,000/h\"}}"
        ),
        Field(
          "per-incident", .scalar(.money), "Money per outage, however long it is.", example: "\"$2,500\""),
        Field(
          "productivity", productivity, "People who can not work meanwhile.",
          example: "{people: 120, costs: \"$60/h\", share: 40 %, refocus: 23 min}"),
        Field(
          "monthly-fee", .scalar(.money),
          "What a customer pays a month, of which credits and penalties are shares.",
          example: "\"$40,000\""),
        Field(
          "credits", .list(of: creditStep, minimum: 1),
          "What is paid back for each calendar month below a promise; only the highest step of a month counts.",
          example: "[{below: 99.9 %, pays: 10 %}, {below: 99 %, pays: 25 %}]"),
        Field(
          "penalties", .list(of: penalty, minimum: 1),
          "What is due once for each period in which a promise is missed; each of them by itself.",
          example: "[{below: 99.5 %, per: year, pays: \"$10,000\"}]"),
        source,
      ],
      groups: [
        KeyGroup(
          [["costs", "per-incident", "productivity", "credits", "penalties"]], isRequired: true,
          isWhole: false),
        KeyGroup([["costs"], ["costs", "hours"]]),
      ]))

  private static let pricedHours = Shape.record(
    Record(
      "price of hours",
      calendarHours + [
        Field(
          "costs", .scalar(.moneyRate), required: true, "Money per time down in them.",
          example: "\"$5,000/h\""), source,
      ],
      groups: [wholeHours, KeyGroup([["from", "days", "months"]], isRequired: true, isWhole: false)]))

  private static let productivity = Shape.record(
    Record(
      "lost productivity",
      [
        Field("people", .scalar(.number(minimum: 0)), required: true, "How many.", example: "120"),
        Field(
          "costs", .scalar(.moneyRate), required: true,
          "What one of them costs, with all that comes on top of pay.",
          example: "\"$60/h\""),
        Field("share", .scalar(.probability), "The share of their work that is lost; all.", example: "40 %"),
        Field(
          "refocus", .scalar(.duration),
          "How long each outage keeps them from work after it, also where the next one begins; not at all.",
          example: "23 min"),
      ] + calendarHours + [source], groups: [wholeHours]))

  private static let pays = Field(
    "pays", .either([.scalar(.probability), .scalar(.money)]), required: true,
    "An amount, or a share of `monthly-fee`.", example: "\"$12,000\"")

  private static let creditStep = Shape.record(
    Record(
      "credit step",
      [
        Field(
          "below", .scalar(.availability), required: true, "A month with less availability pays.",
          example: "99.7 %"), pays, source,
      ]))

  private static let penalty = Shape.record(
    Record(
      "penalty",
      [
        Field("below", .scalar(.availability), "A period with less availability pays.", example: "99.5 %"),
        Field(
          "per", .either([.choice(["calendar month", "month", "year"]), .scalar(.positiveDuration)]),
          "The periods, one after the other.", example: "calendar month"),
        Field(
          "excludes", .choice(["planned"]), "Downtime that planned work alone brings does not count.",
          example: "planned"),
        Field(
          "objective", .scalar(.name), "Or an objective of this capability that is missed.",
          example: "promised"), pays,
        Field(
          "at-most", .scalar(.money), "The most that the periods that end in one calendar year pay.",
          example: "\"$50,000\""), source,
      ],
      groups: [
        KeyGroup([["below", "per"], ["below", "per", "excludes"], ["objective"]], isRequired: true)
      ]))
}
