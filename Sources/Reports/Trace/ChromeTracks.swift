internal import Quantities

/// The tracks of Chrome's trace event format: groups of lines with slices and instants on them.
///
/// A group, or a line, appears when something stands on it.
struct ChromeTracks {
  /// A line, by its group and its name.
  struct Track: Hashable {
    let group: String
    let name: String
  }

  /// A slice whose end is still to come.
  private struct Open {
    let key: String
    let name: String
    let kind: String
    let track: Track
    let startHours: Double
  }

  private(set) var events: [JSONValue] = []
  private var groups: [String: Int] = [:]
  private var lines: [Track: Int] = [:]
  private var open: [Open] = []

  private static let microsecondsPerHour = 3.6e9

  /// Something that takes time.
  mutating func add(_ name: String, _ kind: String, on track: Track, from start: Double, to end: Double) {
    add(
      [
        "name": .string(name), "cat": .string(kind), "ph": "X",
        "ts": .number(start * ChromeTracks.microsecondsPerHour),
        "dur": .number((end - start) * ChromeTracks.microsecondsPerHour),
      ], on: track)
  }

  /// Something that happens at an instant.
  mutating func add(_ name: String, _ kind: String, on track: Track, at hours: Double) {
    add(
      [
        "name": .string(name), "cat": .string(kind), "ph": "i", "s": "t",
        "ts": .number(hours * ChromeTracks.microsecondsPerHour),
      ], on: track)
  }

  /// Something begins that ends later.
  mutating func begin(_ key: String, _ name: String, _ kind: String, on track: Track, at hours: Double) {
    open.append(Open(key: key, name: name, kind: kind, track: track, startHours: hours))
  }

  /// Everything with a key ends.
  mutating func end(_ key: String, at hours: Double) {
    for slice in open where slice.key == key { close(slice, at: hours) }
    open.removeAll { $0.key == key }
  }

  /// Everything ends.
  mutating func endAll(at hours: Double) {
    for slice in open { close(slice, at: hours) }
    open.removeAll()
  }

  private mutating func close(_ slice: Open, at hours: Double) {
    add(slice.name, slice.kind, on: slice.track, from: slice.startHours, to: hours)
  }

  private mutating func add(_ members: [String: JSONValue], on track: Track) {
    let (group, line) = place(track)
    events.append(.object(members.merging(["pid": .integer(group), "tid": .integer(line)]) { $1 }))
  }

  private mutating func place(_ track: Track) -> (group: Int, line: Int) {
    let group = groups[track.group] ?? nameGroup(track.group)
    if let line = lines[track] { return (group, line) }
    lines[track] = lines.count + 1
    events.append(name(of: "thread_name", track.name, group: group, line: lines.count))
    return (group, lines.count)
  }

  /// Names a group; the first has number 1.
  private mutating func nameGroup(_ name: String) -> Int {
    groups[name] = groups.count + 1
    events.append(self.name(of: "process_name", name, group: groups.count, line: 0))
    return groups.count
  }

  private func name(of kind: String, _ text: String, group: Int, line: Int) -> JSONValue {
    [
      "name": .string(kind), "ph": "M", "pid": .integer(group), "tid": .integer(line),
      "args": ["name": .string(text)],
    ]
  }
}
