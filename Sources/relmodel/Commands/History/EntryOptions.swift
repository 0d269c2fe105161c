import ArgumentParser
import IncidentHistory

/// The fields of an incident as somebody types them.
struct EntryOptions: ParsableArguments {
  @Option(help: "The component that failed.")
  var component: String?

  @Option(help: "How it failed.")
  var mode: String?

  @Option(help: "The service that was hit.")
  var service: String?

  @Option(help: "When it began, such as 2024-10-03T09:12Z.")
  var started: String?

  @Option(help: "How long it lasted, such as '8 min 20 s'.")
  var duration: String?

  @Option(help: "When it ended; `open` while it lasts. Times may be written +95 s: so long after it began.")
  var resolved: String?

  @Option(help: "When somebody or something noticed.")
  var detected: String?

  @Option(help: "When somebody took it on.")
  var acknowledged: String?

  @Option(help: "When users were served again, though the cause remained.")
  var mitigated: String?

  @Option(help: "When users began to feel it, if not when it began.")
  var impactStart: String?

  @Option(help: "When users ceased to feel it.")
  var impactEnd: String?

  @Option(help: "A line that describes it.")
  var title: String?

  @Option(help: "How bad it was.")
  var severity: String?

  @Option(help: "How quickly somebody had to act.")
  var urgency: String?

  @Option(help: "Whether it was planned: yes or no. Planned work is no failure.")
  var planned: String?

  @Option(help: "The share of users or capacity that was hit: 0.4 or 40 %.")
  var impactFraction: String?

  @Option(help: "How many users were hit.")
  var users: String?

  @Option(help: "What it cost, in the currency of the model.")
  var cost: String?

  @Option(help: "The id of the incident it is a part of.")
  var parent: String?

  @Option(help: "The id of the incident it repeats; it is not counted then.")
  var duplicateOf: String?

  @Option(help: "What else failed with it: names parted by ;")
  var otherComponents: String?

  @Option(help: "Anything else.")
  var note: String?

  /// What was typed.
  var entry: [(column: IncidentColumn, text: String)] {
    let texts: [(IncidentColumn, String?)] = [
      (.component, component), (.mode, mode), (.service, service), (.started, started), (.duration, duration),
      (.resolved, resolved), (.detected, detected), (.acknowledged, acknowledged), (.mitigated, mitigated),
      (.impactStart, impactStart), (.impactEnd, impactEnd), (.title, title), (.severity, severity),
      (.urgency, urgency), (.planned, planned), (.impactFraction, impactFraction), (.users, users),
      (.cost, cost),
      (.parent, parent), (.duplicateOf, duplicateOf), (.note, note), (.otherComponents, otherComponents),
    ]
    return texts.compactMap { column, text in text.map { (column, $0) } }
  }
}
