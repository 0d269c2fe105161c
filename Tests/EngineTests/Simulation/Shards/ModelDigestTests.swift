import ModelFormat
import Reports
import ServiceModel
import Testing

@Suite("The digest of a model")
struct ModelDigestTests {
  private static func digest(_ files: [String: String], main: String, _ assignments: [String] = []) throws
    -> String
  {
    let reading = try ModelReader(files: .inMemory(files)).reading(at: main, assignments: assignments)
    return try PartRun.header(reading.archive, [:]).modelDigest
  }

  private static let base = "relmodel: 1\nname: test\n" + DeterminismTests.model

  @Test("a model and its archive are one model, wherever its files lie")
  func archive() throws {
    let change =
      "relmodel: 1\nname: test\nextends: base.relmodel.yaml\nchange: {components: {cache: {in: zb}}}\n"
    var digests: Set<String> = []
    for folder in ["", "there/", "/a/b/"] {
      let files = [folder + "base.relmodel.yaml": Self.base, folder + "what-if.relmodel.yaml": change]
      let main = folder + "what-if.relmodel.yaml"
      let reading = try ModelReader(files: .inMemory(files)).reading(at: main, assignments: ["name=other"])
      #expect(reading.archive.files.map(\.name) == ["what-if.relmodel.yaml", "base.relmodel.yaml"])
      #expect(reading.archive.assignments == ["name=other"])
      #expect(try ModelReader.reading(reading.archive).archive == reading.archive)
      digests.insert(try Self.digest(files, main: main, ["name=other"]))
    }
    #expect(digests.count == 1)
    #expect(digests != [try Self.digest(["a": Self.base], main: "a", ["name=other"])])
  }

  @Test(
    "every number and name that can move a result moves the digest",
    arguments: [
      "components/api/replicas/required=3", "components/api/fails/crash/mtbf=91 h",
      "components/api/fails/crash/common-cause/beta=6 %", "components/api/fails/crash/recover=121 min",
      "components/api/fails/crash/detect={exponential: 11 min}", "components/api/depends-on/cache/soft=21 %",
      "components/ledger/failover/writer/works=91 %", "components/ledger/failover/writer/manual=61 min",
      "components/ledger/failover/writer/takes={exponential: 11 min}", "components/cache/in=zb",
      "components/cache/fails/slow/lasts={weibull: {shape: 2.1, mean: 3 h}}",
      "components/cache/fails/slow/effect={degraded-to: 50 %}", "components/cache/fails/slow/scope=component",
      "domains/za/fails/outage/lasts={lognormal: {median: 2 h, p90: 9.1 h}}",
      "conventions={hours-per-year: 8766}",
      "capabilities/service/demand={api: 3.1}", "capabilities/service/objectives/weekly/per=2 w",
      "capabilities/service/downtime={costs: $5/h}", "name=other",
    ])
  func changes(_ assignment: String) throws {
    let files = ["a.relmodel.yaml": Self.base]
    #expect(
      try Self.digest(files, main: "a.relmodel.yaml", [assignment])
        != Self.digest(files, main: "a.relmodel.yaml"))
  }

  @Test("the digest is the same in every process")
  func fixed() throws {
    let digest = try Self.digest(["a": Self.base], main: "a")
    #expect(digest == (try Self.digest(["a": Self.base], main: "a")))
    #expect(digest.count == 64)
  }
}
