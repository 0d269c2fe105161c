/// Where units are after a loss of their node, and which time a failure mode ages by.
extension Grammar {
  static let reschedule = Field(
    "reschedule", .scalar(.positiveDuration),
    "When a unit comes up on another node after its own is lost; it waits for its own.", example: "5 min")

  static let clock = Field(
    "clock", .choice(["calendar", "operating"]),
    "Whether it ages by the calendar, or only while something that it hits works; calendar.",
    example: "operating")
}
