/// Counts incidents that began while an earlier one of the same component and mode lasted, as they pass by.
///
/// Most files are in the order of time; then this spares sorting what was written. Where one is not, the count is
/// unknown and the database is asked.
struct OverlapTally {
  /// The most pairs of component and mode that are kept.
  private static let mostPlaces = 10_000

  private struct Place: Hashable {
    let component: String
    let mode: String
  }

  /// The last start and the latest end so far, in milliseconds.
  private var latest: [Place: (start: Int, end: Int)] = [:]
  /// How many there were; `nil` once an incident began before one that came earlier in the file.
  private(set) var count: Int? = 0

  /// Notes an incident that the import has written.
  mutating func note(_ incident: Incident) {
    guard let known = count, !incident.isPlanned, incident.duplicateOf == nil else { return }
    let place = Place(component: incident.component, mode: incident.mode ?? "")
    let start = incident.outageStart.milliseconds
    let before = latest[place] ?? (start: .min, end: .min)
    guard start >= before.start, latest.count < Self.mostPlaces else {
      (count, latest) = (nil, [:])
      return
    }
    if start < before.end { count = known + 1 }
    latest[place] = (start, max(before.end, incident.outageEnd?.milliseconds ?? .min))
  }
}
