public import IncidentHistory

/// What a month is read with beside its numbers: what was rehearsed, and what somebody wrote down.
public struct MonthBackground: Sendable {
  let drills: [Drill]
  let incidents: [Incident]
  let notes: String

  /// What is known.
  ///
  /// - Parameters:
  ///   - drills: all of the history.
  ///   - incidents: those that began in the month.
  ///   - notes: what a person has to say about the month, as text: paragraphs, lines that begin with `-`, headings with `#`.
  public init(drills: [Drill] = [], incidents: [Incident] = [], notes: String = "") {
    (self.drills, self.incidents, self.notes) = (drills, incidents, notes)
  }
}
