import Diagnostics
import Foundation
import ModelFormat
import Reliability
import ServiceGraph
import Testing

@Suite("Patterns of dependence")
struct PatternTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../models/patterns").standardizedFileURL

  static func unavailability(_ name: String) throws -> [String: Double] {
    let path = folder.appending(path: "\(name).relmodel.yaml").path(percentEncoded: false)
    let results = try SteadyState.results(of: CompiledGraph(ModelReader().reading(at: path).model))
    return Dictionary(uniqueKeysWithValues: results.map { ($0.capability, $0.unavailability) })
  }

  /// Birth and death with the rates into more and into fewer units down.
  static func allDown(_ up: [Double], _ down: [Double]) -> Double {
    var weights = [1.0]
    for (more, less) in zip(up, down) { weights.append((weights.last ?? 0) * more / less) }
    return (weights.last ?? 0) / weights.reduce(0, +)
  }

  @Test("spares by birth and death, as models/README.md says")
  func standby() throws {
    let found = try Self.unavailability("standby")
    let repairs = [0.1, 0.2]
    let expected = [
      "hot": Self.allDown([0.002, 0.001], repairs), "warm": Self.allDown([0.0012, 0.001], repairs),
      "cold": Self.allDown([0.001, 0.001], repairs), "sharing": Self.allDown([0.002, 0.003], repairs),
    ]
    for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(abs((found[name] ?? 0) / value - 1) < 1e-12, "\(name)")
    }
    #expect((found["switched"] ?? 0) > (found["warm"] ?? 1))
  }

  @Test("a crew of three is no crew for three, and one engineer for four is worse than four")
  func crews() throws {
    let found = try Self.unavailability("crews")
    let share = 6.0 / 1006
    let two = 3 * share * share * (1 - share) + share * share * share
    #expect(abs((found["network"] ?? 0) / two - 1) < 1e-12)
    #expect((found["shop"] ?? 0) > 2.0 / 2002)
  }

  @Test("a tenth in common is a thousand times as often down as none")
  func commonCause() throws {
    let found = try Self.unavailability("common-cause")
    #expect(abs((found["independent"] ?? 0) / 1e-6 - 1) < 1e-12)
    #expect((found["beta"] ?? 0) > 0.9e-3)
    for name in ["greek-letters", "alpha", "staggered", "phi"] {
      #expect((found[name] ?? 0) > 50e-6 && (found[name] ?? 1) < (found["beta"] ?? 0), "\(name)")
    }
  }
}
