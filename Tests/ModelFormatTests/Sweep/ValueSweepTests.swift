import Diagnostics
import Foundation
import ModelFormat
import Testing

@Suite("Sweeps")
struct ValueSweepTests {
  private static let path = "components/a/x"

  private func values(_ text: String) throws -> [String] {
    try ValueSweep.sweeps(in: ["\(Self.path)=\(text)"])[0].values
  }

  @Test(
    "go from one end to the other",
    arguments: [
      ("1..4", ["1", "2", "3", "4"]),
      ("4..1", ["4", "3", "2", "1"]),
      ("0..2,5", ["0", "0.5", "1", "1.5", "2"]),
      ("1 h..100 h,3,log", ["1 h", "10 h", "100 h"]),
      ("1 h..100 h,log,3", ["1 h", "10 h", "100 h"]),
      ("30 min..1 h,3", ["30 min", "0.75 h", "1 h"]),
      ("90..99 %,2", ["90 %", "99 %"]), ("90%..99 %,2", ["90%", "99 %"]), ("1h..3h,3", ["1h", "2h", "3h"]),
      ("99.5 %..99.9 %,3", ["99.5 %", "99.7 %", "99.9 %"]),
      ("$1000/h..$3000/h,3", ["$1000/h", "$2000/h", "$3000/h"]),
      ("100 /d..300 /d,3", ["100 /d", "200 /d", "300 /d"]),
      ("-1..1", ["-1", "0", "1"]),
      ("1 h..9 h", ["1 h", "2 h", "3 h", "4 h", "5 h", "6 h", "7 h", "8 h", "9 h"]),
      ("hard,soft 20 %, {soft: 5 %, timeout: 1 s}", ["hard", "soft 20 %", "{soft: 5 %, timeout: 1 s}"]),
      ("7", ["7"]),
    ])
  func values(_ text: String, _ expected: [String]) throws {
    #expect(try values(text) == expected)
    #expect(
      try ValueSweep.sweeps(in: ["\(Self.path)=\(text)"])[0].assignments
        == expected.map { "\(Self.path)=\($0)" })
  }

  @Test("have equal ratios when they are logarithmic", arguments: [2, 3, 7, 20])
  func ratios(_ count: Int) throws {
    let values = try values("0.3..70,\(count),log").compactMap(Double.init)
    #expect(values.count == count)
    let ratio = pow(70 / 0.3, 1 / Double(count - 1))
    for (one, next) in zip(values, values.dropFirst()) { #expect(abs(next / one / ratio - 1) < 1e-7) }
  }

  @Test(
    "are refused where they say nothing, at the place",
    arguments: [
      ("components/a/x", "1:1 sweep-syntax"), ("a=", "1:3 sweep-syntax"), ("a=1,,2", "1:3 sweep-syntax"),
      ("a=1..", "1:3 sweep-range"), ("a=1 h..2 USD", "1:3 sweep-range"), ("a=1..5,1", "1:3 sweep-range"),
      ("a=1..5,9,9", "1:3 sweep-range"), ("a=0..5,log", "1:3 sweep-range"),
      ("a=-1..5,log", "1:3 sweep-range"),
      ("a=1..5,even", "1:3 sweep-range"), ("a=x..5", "1:3 sweep-range"), ("a=5..5", "1:3 sweep-range"),
      ("a=1..5,101", "1:3 sweep-too-long"),
      ("a=nan..5", "1:3 sweep-range"), ("a=$1,000..$3,000", "1:3 sweep-range"),
      ("a=1e400..5", "1:3 sweep-range"),
    ])
  func refused(_ text: String, _ place: String) throws {
    let findings = try #require(throws: Findings.self) { try ValueSweep.sweeps(in: [text]) }
    #expect(findings.places == [place])
    #expect(findings.sources.map(\.name) == [ValueSweep.file])
  }

  @Test("tell everything that is wrong at once")
  func allAtOnce() throws {
    let findings = try #require(throws: Findings.self) {
      try ValueSweep.sweeps(in: ["a=1..", "a=1..2", "b"])
    }
    #expect(findings.places == ["1:3 sweep-range", "3:1 sweep-syntax"])
  }

  @Test(
    "are of what the model has",
    arguments: [
      ("components/a/replicas/count", nil), ("components/a/fails/crash/mtbf", nil),
      ("components/a/fails/crash/lasts/exponential", nil),
      ("components/b/replicas/count", "1:12 unknown-name"),
      ("components/a/fails/crsh/mtbf", "1:20 unknown-name"),
      ("capabilities/s/depends-on/a/soft", nil), ("capabilities/s/depends-on/z/soft", "1:27 unknown-name"),
    ])
  func known(_ path: String, _ place: String?) throws {
    let text = """
      relmodel: 1
      name: n
      components: {a: {fails: {crash: {mtbf: 1 d, lasts: 1 h}}}}
      capabilities: {s: {depends-on: {a: hard}}}
      """
    let reading = try ModelText.reading(["m.yaml": text])
    let sweep = try ValueSweep.sweeps(in: ["\(path)=1..2"])[0]
    guard let place else { return _ = try sweep.fitted(to: reading) }
    #expect(try #require(throws: Findings.self) { try sweep.fitted(to: reading) }.places == [place])
  }

  @Test(
    "are whole where whole numbers stand, each once",
    arguments: [
      ("components/a/replicas/count=1..64,4,log", ["1", "4", "16", "64"]),
      ("components/a/replicas/count=1..4,8", ["1", "2", "3", "4"]),
      ("components/a/fails/crash/rate-factor=0..1,3", ["0", "0.5", "1"]),
      ("components/a/replicas/count=1..101,3", ["1", "51", "101"]),
      ("components/a/replicas=1..2,3", ["1", "2"]),
    ])
  func whole(_ text: String, _ values: [String]) throws {
    let model = "relmodel: 1\nname: n\ncomponents: {a: {fails: {crash: {mtbf: 1 d, lasts: 1 h}}}}\n"
    let reading = try ModelText.reading(["m.yaml": model + "capabilities: {s: {depends-on: {a: hard}}}\n"])
    #expect(try ValueSweep.sweeps(in: [text])[0].fitted(to: reading).values == values)
  }

  @Test(
    "take commas for what they are",
    arguments: [
      ("a=1, b={x: 1, y: 2}, c=\"p, q\"", ["a=1", "b={x: 1, y: 2}", "c=\"p, q\""]),
      ("a=$1,000", ["a=$1,000"]),
      ("a=[1, 2], b=3", ["a=[1, 2]", "b=3"]), ("", [""]),
    ])
  func spacedCommas(_ text: String, _ parts: [String]) {
    #expect(ValueList.parts(of: text, isSpaced: true) == parts)
  }
}
