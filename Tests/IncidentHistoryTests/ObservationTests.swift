import Diagnostics
import Foundation
import Testing

import IncidentHistory

@Suite struct ObservationTests {
  private let folder: TemporaryFolder
  private let database: IncidentDatabase

  init() throws {
    folder = try TemporaryFolder()
    database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
  }

  private func fill(_ rows: [String], windows: [ObservationWindow] = []) throws {
    let text = "component,mode,started,duration,planned\n" + rows.joined(separator: "\n")
    try importText(text, into: database, in: folder, window: windows.first)
    for window in windows.dropFirst() { try importText(text, into: database, in: folder, window: window) }
  }

  private func window(_ text: String, component: String? = nil, units: Int? = nil) throws -> ObservationWindow
  {
    try ObservationWindow(parsing: text, component: component, units: units)
  }

  @Test func plannedWorkIsNotCounted() throws {
    try fill(
      ["api,crash,2024-10-03T09:00Z,1 h,no", "api,crash,2024-10-04T09:00Z,5 h,yes"],
      windows: [window("2024-10-01T00:00Z/30 d")])
    let observation = try database.observation(component: "api", mode: "crash", window: .recorded)
    #expect(observation.count == 1 && observation.downtimeHours == 1 && observation.windowHours == 720)
    #expect(try database.knownModes().map(\.name) == ["api/crash"])
  }

  @Test func overlappingWindowsCountOnce() throws {
    try fill(
      ["api,crash,2024-10-03T09:00Z,1 h,no"],
      windows: [
        window("2024-10-01T00:00Z/10 d"), window("2024-10-05T00:00Z/10 d", component: "api", units: 3),
        window("2024-11-01T00:00Z/1 d"), window("2024-10-01T00:00Z/300 d", component: "ledger"),
      ])
    let observation = try database.observation(component: "api", mode: "crash", window: .recorded)
    #expect(observation.windowHours == 15 * 24)
    #expect(observation.units == nil && observation.warnings.map(\.slug) == ["units-differ"])
    #expect(try database.windows(covering: "ledger").count == 3)
  }

  @Test func windowsDecideWhichIncidentsCount() throws {
    try fill(
      ["2024-09-30T23:59", "2024-10-01T00:00", "2024-10-10T23:59", "2024-10-11T00:00"].map {
        "api,crash,\($0)Z,30 s,no"
      },
      windows: [window("2024-10-01T00:00Z/10 d", units: 2)])
    let recorded = try database.observation(component: "api", mode: "crash", window: .recorded)
    #expect(recorded.count == 2 && recorded.units == 2 && recorded.warnings.map(\.slug) == ["outside-window"])
    let stated = try database.observation(component: "api", mode: "crash", window: .length(hours: 100))
    #expect(stated.count == 4 && stated.windowHours == 100 && stated.warnings.isEmpty)
    let interval = try window("2024-10-10T00:00Z/2 d")
    let reading = WindowReading.interval(start: interval.start, end: interval.end)
    #expect(try database.observation(component: "api", mode: "crash", window: reading).count == 2)
  }

  @Test func overlappingOutagesEachCountAndAreTold() throws {
    try fill(
      [
        "api,crash,2024-10-03T09:00Z,2 h,no", "api,crash,2024-10-03T10:00Z,2 h,no",
        "api,crash,2024-10-03T12:00Z,1 h,no",
      ],
      windows: [window("2024-10-01T00:00Z/30 d")])
    let observation = try database.observation(component: "api", mode: "crash", window: .recorded)
    #expect(observation.downtimeHours == 5 && observation.warnings.map(\.slug) == ["overlapping-incidents"])
    #expect(observation.warnings.first?.message.contains("1 began") == true)
  }

  @Test func withoutAWindowTheFindingShowsTheCommand() throws {
    try fill(["api,crash,2024-10-03T09:00Z,1 h,no"])
    do {
      _ = try database.observation(component: "api", mode: "crash", window: .recorded)
      Issue.record("observed without a window")
    } catch {
      #expect(error.diagnostics.map(\.slug) == ["no-window"])
      #expect(error.diagnostics.first?.help?.contains("--window START/END") == true)
    }
  }

  @Test(
    "Readings that are no window",
    arguments: [
      WindowReading.length(hours: 0), .length(hours: -1), .length(hours: .nan), .length(hours: .infinity),
      .interval(start: importTime, end: importTime),
    ])
  func badReadings(reading: WindowReading) throws {
    #expect(
      slugs { _ = try database.observation(component: "a", mode: "b", window: reading) } == ["bad-window"])
  }

  @Test func incidentsAreFilteredAndSorted() throws {
    try fill(
      ["b,x,2024-10-05T00:00Z,1 h,no", "a,x,2024-10-04T00:00Z,1 h,no", "a,y,2024-10-03T00:00Z,1 h,no"])
    let day = { (text: String) in try TimeText.date(text, zone: nil) }
    #expect(try database.incidents().map(\.component) == ["a", "a", "b"])
    #expect(try database.incidents(component: "a", mode: "x").count == 1)
    #expect(try database.incidents(from: day("2024-10-04T00:00Z"), to: day("2024-10-05T00:00Z")).count == 1)
    #expect(try database.incidents(limit: 2).count == 2)
    #expect(try database.incidents(limit: -1).isEmpty)
    #expect(try database.knownModes().map(\.name) == ["a/x", "a/y", "b/x"])
  }

  @Test func theTwelveIncidentsOfJiVS() throws {
    // JiVS infrastructure hardening plan, §1.3: 12 incidents, 113 min, five classes.
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = root.deletingLastPathComponent().appendingPathComponent(
      "datasets/jivs-incidents/data.csv")
    let halfYear = try window("2024-07-14T12:00Z/2025-01-13T00:00Z")
    let importer = IncidentImporter(window: halfYear, importedAt: importTime)
    let summary = try importer.importFile(at: file.path, into: database)
    #expect(summary.inserted == 12 && summary.warnings.isEmpty)
    let classes = [
      ("connection-pool", "exhaustion", 3, 25.0), ("redis", "out-of-memory", 2, 18),
      ("load-balancer", "crash", 1, 45),
      ("backend", "node-failure", 2, 10), ("postgresql", "query-lock", 4, 15),
    ]
    for readingText in ["2024-07-14T12:00Z/182.5d", "2024-10-01T00:00Z/123d", "2024-10-01T00:00Z/103d"] {
      let interval = try window(readingText)
      for (component, mode, count, minutes) in classes {
        let observation = try database.observation(
          component: component, mode: mode, window: .interval(start: interval.start, end: interval.end))
        #expect(observation.count == count && observation.warnings.isEmpty)
        #expect(abs(observation.downtimeHours * 60 - minutes) < 1e-9)
      }
    }
    let incidents = try database.incidents()
    let lengths = incidents.compactMap { $0.outageEnd?.timeIntervalSince($0.outageStart) }
    #expect(lengths.count == 12 && lengths.reduce(0, +) == 113 * 60)
    #expect(
      zip(incidents, incidents.dropFirst()).allSatisfy { $0.outageEnd ?? .distantFuture < $1.outageStart })
    #expect(incidents.compactMap(\.cost).reduce(0, +) == 30_000)
  }
}
