import Diagnostics
import Foundation
import Planning
import Testing

@Suite("Networks and measurements from files")
struct NetworkFileTests {
  private func file(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "planning-\(UUID().uuidString).csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func slugs<Value>(_ make: () throws -> Value) -> [String] {
    do {
      _ = try make()
      return []
    } catch let error as Findings {
      return error.diagnostics.map(\.slug)
    } catch {
      return ["\(error)"]
    }
  }

  @Test("PDQ demo allen.R from a file")
  func allen() throws {
    let named = try NamedNetwork(
      path: file(
        """
        station,production,query,batch
        customers,5,10,5
        think,20 s,30 s,0 s
        cpu,0.5 s,0.4 s,1.2 s
        disk 1,40 ms,200 ms,50 ms
        disk 2,60 ms,300 ms,60 ms

        """))
    #expect(named.stations == ["cpu", "disk 1", "disk 2"] && named.classes[2] == "batch")
    let answer = named.network.answer()
    #expect(isClose(answer.throughputPerHour[2] / 3600, 0.6465102987934682, relative: 1e-9))
    let busy = named.network.utilizations(answer)[0].reduce(0, +)
    #expect(
      isClose(
        busy,
        answer.throughputPerHour.enumerated().reduce(0) { sum, item in
          sum + item.element * named.network.classes[item.offset].demandHours[0]
        }))
  }

  @Test("Every wrong field of a network is told at once")
  func wrongNetwork() throws {
    let path = try file("station,a,b\ncustomers,5,x\ncpu,5,3 ms\ndisk,3 ms\n")
    #expect(
      slugs { try NamedNetwork(path: path) } == [
        "network-customers", "network-times", "network-short",
      ])
    #expect(slugs { try NamedNetwork(path: file("station,a\ncpu,5 ms\n")) } == ["network-customers"])
  }

  @Test(
    "Balanced and asymptotic bounds of PDQ's ebiz hold its exact answer, and a balanced network meets its upper one"
  )
  func bounds() throws {
    let network = try ClosedNetwork([
      .init(customers: 10, thinkHours: 0, demandHours: [0.0098, 0.0025, 0.00072, 0.0098])
    ])
    let bounds = try #require(network.bounds())
    #expect(isClose(bounds.balancedLeastPerHour, 10 / (0.02282 + 9 * 0.0098)))
    #expect(isClose(bounds.balancedMostPerHour, 1 / 0.0098) && isClose(bounds.leastPerHour, 1 / 0.02282))
    #expect(isClose(try #require(bounds.knee), 0.02282 / 0.0098))
    let exact = network.answer().throughputPerHour[0]
    #expect(bounds.balancedLeastPerHour < exact && exact < bounds.balancedMostPerHour)
    let alike = try ClosedNetwork([.init(customers: 7, thinkHours: 0, demandHours: [2, 2, 2])])
    #expect(
      isClose(try #require(alike.bounds()).balancedMostPerHour, alike.answer().throughputPerHour[0]))
  }

  @Test("Bounds hold with thinking customers", arguments: [1, 2, 5, 20, 200])
  func thinking(_ customers: Int) throws {
    let network = try ClosedNetwork([
      .init(customers: customers, thinkHours: 3, demandHours: [0.2, 0.5, 0.1, 0])
    ])
    let (bounds, answer) = (try #require(network.bounds()), network.answer().throughputPerHour[0])
    #expect(bounds.leastPerHour <= answer * (1 + 1e-12) && answer <= bounds.mostPerHour * (1 + 1e-12))
    #expect(bounds.balancedLeastPerHour <= answer * (1 + 1e-12))
    #expect(answer <= bounds.balancedMostPerHour * (1 + 1e-12))
    #expect(bounds.bottleneck == 1)
  }

  @Test("specsdm91 from a file, columns by name, and R² from its parts")
  func throughputs() throws {
    let path = try file(
      "run,X,N\na,64.9,1\nb,995.9,18\nc,1652.4,36\nd,1853.2,72\ne,1828.9,108\nf,1775,144\ng,1702.2,216\n")
    let read = try ThroughputFile(path: path, load: "N", throughput: "X")
    let fit = try ScalabilityFit(read.measurements)
    #expect(isClose(fit.law.contention, 0.027728451, relative: 1e-6))
    // Σ (x − mean)² of the seven is 2,611,573.37…
    let mean = read.measurements.reduce(0) { $0 + $1.throughput } / 7
    let spread = read.measurements.reduce(0) { $0 + ($1.throughput - mean) * ($1.throughput - mean) }
    #expect(isClose(try #require(fit.explainedShare), 1 - 27453.72 / spread, relative: 1e-6))
    #expect(slugs { try ThroughputFile(path: path, load: "M", throughput: "run") }.first == "unknown-column")
    #expect(slugs { try ThroughputFile(path: path) }.count == 7)
  }
}
