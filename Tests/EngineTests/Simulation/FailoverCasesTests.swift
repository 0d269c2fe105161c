import Simulation
import Stochastics
import Testing

/// Failovers in which nothing is random: lives, outages and moves are fixed, everything begins new, and a year's
/// downtime is counted by hand. Zones fail, since a mode of the component would take all its units at once.
@Suite("Failover by hand")
struct FailoverCasesTests {
  /// A writer in za and a standby; za fails at 1,000 h for 10 h, and so again at 2,010, 3,020 … 8,070: 8 times.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var standbyIn = "zb"
    var standbyFails = ""
    var failover = "takes: 3 min"
    /// Components declared before the ledger, and after it.
    var before = ""
    var after = ""
    var hours = 8760.0
    let writing: Double
    let writingOutages: Double
    let reading: Double
    let readingOutages: Double

    var text: String {
      """
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 1000 h}, lasts: 10 h}}}
        zb: {kind: zone\(standbyFails)}
        zc: {kind: zone}
      components:
      \(before)  ledger:
          roles: {writer: {count: 1, in: za}, reader: {count: 1, in: \(standbyIn)}}
          failover: {writer: {from: [reader], \(failover)}}
      \(after)
      capabilities:
        writing: {depends-on: {ledger/writer: hard}}
        reading: {depends-on: {ledger/reader: hard}}
      """
    }
  }

  static let cases = [
    // 3 min once; then the writer is in zb for good, and the reader in za is down whenever za is.
    Case(
      testDescription: "moves once and stays", writing: 0.05, writingOutages: 1, reading: 9.95 + 70,
      readingOutages: 8),
    Case(
      testDescription: "one zone takes the writer and its only candidate", standbyIn: "za", writing: 80,
      writingOutages: 8, reading: 80, readingOutages: 8),
    Case(
      testDescription: "detection comes before the move", failover: "detect: 6 min, takes: 3 min",
      writing: 0.15,
      writingOutages: 1, reading: 9.85 + 70, readingOutages: 8),
    Case(
      testDescription: "the holder returns first and keeps its role", failover: "takes: 11 h", writing: 80,
      writingOutages: 8, reading: 0, readingOutages: 0),
    Case(
      testDescription: "a move that never works, nobody to help", failover: "takes: 3 min, works: 0 %",
      writing: 80, writingOutages: 8, reading: 0, readingOutages: 0),
    Case(
      testDescription: "a move that never works, done by hand",
      failover: "detect: 6 min, takes: 3 min, works: 0 %, manual: 2 h", writing: 2.1, writingOutages: 1,
      reading: 7.9 + 70, readingOutages: 8),
    // zb is down 999–1,002 h: no candidate until then, and 3 min more. The reader is down with zb for 3 h, and
    // with za from 1,002.05 to 1,010 h.
    Case(
      testDescription: "no candidate at first: the move begins when one is up",
      standbyFails: ", fails: {outage: {lifetime: {deterministic: 999 h}, lasts: 3 h}}", hours: 1500,
      writing: 2.05, writingOutages: 1, reading: 3 + 7.95, readingOutages: 2),
    // zb is down 1,000.01–1,002.01 h: it fails while the move to it is under way.
    Case(
      testDescription: "the candidate fails during the move",
      standbyFails: ", fails: {outage: {lifetime: {deterministic: 1000.01 h}, lasts: 2 h}}", hours: 1500,
      writing: 2.06, writingOutages: 1, reading: 2 + 7.94, readingOutages: 2),
    // zb is down 1,000.01–1,000.03 h: back before the move ends.
    Case(
      testDescription: "the candidate is back in time",
      standbyFails: ", fails: {outage: {lifetime: {deterministic: 1000.01 h}, lasts: 0.02 h}}", hours: 1500,
      writing: 0.05, writingOutages: 1, reading: 0.02 + 9.95, readingOutages: 2),
    Case(
      testDescription: "what the move needs is down: no automatic move",
      failover: "takes: 3 min, needs: [sentinel]",
      before: "  sentinel: {fails: {crash: {lifetime: {deterministic: 999 h}, lasts: 8 h}}}\n",
      // The sentinel is down 999–1,007, 2,006–2,014, 3,013–3,021, 4,020–4,028 h: at the first three failures of
      // za, not at the fourth, 4,030 h. So 10 h three times, then 3 min, and in zb from there on.
      writing: 30.05, writingOutages: 4, reading: 9.95 + 40, readingOutages: 5),
    Case(
      testDescription: "one zone takes the writer and, declared before it, what the move needs",
      failover: "takes: 3 min, needs: [sentinel]", before: "  sentinel: {in: za}\n", writing: 80,
      writingOutages: 8, reading: 0, readingOutages: 0),
    Case(
      testDescription: "one zone takes the writer and, declared after it, what the move needs",
      failover: "takes: 3 min, needs: [sentinel]", after: "  sentinel: {in: za}", writing: 80,
      writingOutages: 8, reading: 0, readingOutages: 0),
  ]

  @Test("downtime and outages", arguments: cases)
  func counted(_ row: Case) throws {
    let years = row.hours / 8760
    let result = try Simulated.once(row.text, years: years)
    #expect(abs(result["writing"].downtimeHours(years: years) - row.writing) < 1e-4)
    #expect(abs(result["writing"].outagesPerYear.value * years - row.writingOutages) < 1e-9)
    #expect(abs(result["reading"].downtimeHours(years: years) - row.reading) < 1e-4)
    #expect(abs(result["reading"].outagesPerYear.value * years - row.readingOutages) < 1e-9)
  }

  /// za takes writer and reader at 1,000 h, so the role goes to the second choice, which then serves nobody's
  /// reports until za is back.
  @Test("candidates are taken in their order, those that are down left out")
  func secondChoice() throws {
    let result = try Simulated.once(
      """
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 1000 h}, lasts: 10 h}}}
        zb: {kind: zone}
      components:
        ledger:
          roles: {writer: {count: 1, in: za}, reader: {count: 1, in: za}, reports: {count: 1, in: zb}}
          failover: {writer: {from: [reader, reports], takes: 6 min}}
      capabilities:
        writing: {depends-on: {ledger/writer: hard}}
        reporting: {depends-on: {ledger/reports: hard}}
      """, years: 1500.0 / 8760)
    #expect(abs(result["writing"].downtimeHours(years: 1500.0 / 8760) - 0.1) < 1e-4)
    #expect(abs(result["reporting"].downtimeHours(years: 1500.0 / 8760) - 9.9) < 1e-4)
    #expect(result["writing"].contributions.map(\.cause) == ["za/outage"])
    #expect(result["reporting"].contributions.map(\.cause) == ["za/outage"])
  }

  /// Two writers, two spares, one zone with both writers: each finds a spare of its own.
  @Test("two holders go to two candidates")
  func twoHolders() throws {
    let result = try Simulated.once(
      """
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 1000 h}, lasts: 10 h}}}
        zb: {kind: zone}
      components:
        ledger:
          roles: {writer: {count: 2, in: za}, spare: {count: 2, required: 0, in: zb}}
          failover: {writer: {from: [spare], takes: 6 min}}
      capabilities: {writing: {depends-on: {ledger/writer: hard}}}
      """)
    #expect(abs(result["writing"].downtimeHours() - 0.1) < 1e-4)
    #expect(abs(try #require(result.failovers.first).perYear.value - 2) < 1e-12)
  }
}
