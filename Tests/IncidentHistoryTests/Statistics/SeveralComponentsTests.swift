import Diagnostics
import Foundation
import Testing

import IncidentHistory
import Reports

/// Incidents that hit several components: once in all, and under each of them.
@Suite struct SeveralComponentsTests {
  private static func fixture() throws -> HistoryFixture {
    let fixture = try HistoryFixture()
    try fixture.addRows(
      "id,component,mode,started,duration,other_components",
      [
        "1,api,crash,2024-01-02T00:00Z,2 h,web; cache", "2,web,crash,2024-01-02T01:00Z,2 h,",
        "3,cache,crash,2024-01-03T00:00Z,1 h,cache",
      ])
    try fixture.watch(from: 0, to: 240)
    return fixture
  }

  @Test func `all are kept, filtered by, exported and read back`() throws {
    let fixture = try Self.fixture()
    let incidents = try fixture.database.incidents()
    #expect(incidents.map(\.otherComponents) == [["web", "cache"], [], []])
    #expect(try fixture.database.incidents(component: "web").map(\.externalID) == ["1", "2"])
    #expect(try fixture.database.incidents(component: "we").isEmpty)
    #expect(
      try fixture.database.knownModes().map { "\($0.name) \($0.count)" }
        == ["api/crash 1", "cache/crash 2", "web/crash 2"])
    var text = ""
    _ = try IncidentExport.csv.write(fixture.database, matching: IncidentFilter()) { text += $0 }
    let again = try HistoryFixture()
    try importText(text, into: again.database, in: again.folder)
    #expect(try again.database.incidents() == incidents)
  }

  @Test func `once in all, and under each component`() throws {
    let statistics = IncidentStatistics(try Self.fixture().selection())
    #expect(statistics.selection.events.count == 3)
    // 0 h to 3 h, and 1 h the day after.
    #expect(statistics.downtimeHours == 4)
    #expect(statistics.groups.map(\.name).sorted() == ["api/crash", "cache/crash", "web/crash"])
    func count(_ name: String) -> Int? { statistics.groups.first { $0.name == name }?.count }
    #expect([count("api/crash"), count("cache/crash"), count("web/crash")] == [1, 2, 2])
    let minutes = statistics.groups.first { $0.name == "web/crash" }?.minutes
    #expect(minutes == 180)
    let text = TextRenderer().text(IncidentStatisticsReport(statistics, scope: "all").document)
    #expect(text.contains("1 incident hit several components"))
  }

  @Test func `a model's mode sees what hit its component among others`() throws {
    let fixture = try Self.fixture()
    let seen = try fixture.database.observation(component: "cache", mode: "crash", window: .recorded)
    #expect(seen.count == 2 && seen.downtimeHours == 3)
    let selection = try fixture.selection { $0.filter.component = "cache" }
    #expect(selection.events.map(\.component) == ["cache", "cache"])
    #expect(selection.parts(by: .component).map(\.name) == ["cache"])
  }

  @Test func `an incident counts where any of its components was watched`() throws {
    let fixture = try HistoryFixture()
    try fixture.addRows(
      "id,component,started,duration,other_components", ["1,api,2024-01-02T00:00Z,2 h,web"])
    try fixture.watch(from: 0, to: 240, component: "web")
    #expect(try fixture.selection().events.map(\.component) == ["web"])
  }
}
