import Reports
import ServiceGraph
import Testing

@Suite("What varying numbers does not show")
struct UnfeltTests {
  @Test(
    "starts are felt, so that only how long they take is named; the answer itself says what it takes of them")
  func starts() throws {
    let graph = try ModelText.graph(
      """
      components: {api: {start: {takes: 20 h}, fails: {crash: {mtbf: 300 h, recover: 1 h}}}}
      capabilities: {work: {depends-on: {api: hard}}}
      """)
    #expect(
      SensitivityReport.unfelt(by: graph) == [
        "Not felt here: how long units take to start, which is not varied."
      ])
    let notes = graph.simulatedOnly(ofCapability: 0, .longRun)
    #expect(notes.count == 1 && notes[0].hasPrefix("starts:"))
  }
}
