import Diagnostics
import ServiceModel
import Testing

import ModelFormat

/// Detectors and responses as they are written.
@Suite("Detectors and responses")
struct DetectionDecodingTests {
  static let kinds: [(String, Double)] = [
    ("{probe: {every: 10 s, timeout: 5 s, failures: 3}}", 27.5),
    ("{probe: {every: 10 s, timeout: 5 s, failures: 3, hangs: no}}", 25),
    ("{probe: {every: 10 s, timeout: 5 s, failures: 3, hangs: yes}}", 30),
    ("{health-check: {interval: 30 s, timeout: 10 s, retries: 5}}", 160),
    ("{health-check: {interval: 30 s, timeout: 10 s, retries: 5, hangs: no}}", 135),
    ("{health-check: {interval: 30 s, timeout: 10 s, retries: 5, hangs: yes}}", 185),
    ("{scrape: {every: 2 min, evaluate: 30 s, for: 30 s}}", 105),
    ("{heartbeat: {every: 1 s, down-after: 5 s}}", 4.5),
    ("{keep-alive: {idle: 60 s, every: 10 s, probes: 6}}", 90),
    ("{sampling: {share: 10 %, failing: 20 /min}}", 30), ("{after: 5 s, needs: [b]}", 5), ("5 s", 5),
  ]

  /// Mean seconds by the closed forms of each kind. An interval from the end of a check to the next makes a hanging
  /// check later by its timeout: 170 to 200 s (Dockerfile reference, HEALTHCHECK).
  @Test(arguments: kinds)
  func means(text: String, seconds: Double) throws {
    let model = try ModelText.reading([
      "m.yaml": "detectors: {d: \(text)}\n" + ModelText.mode("mtbf: 1 y, detect: d, recover: 1 h")
    ]).model
    #expect(abs(model.delays[0].meanHours * 3600 - seconds) < 1e-9)
    #expect(model.delays[0].users == ["a/x"])
  }

  static let hours: [(String, Double)] = [
    ("from: \"08:00\", to: \"20:00\", days: [mon, tue, wed, thu, fri]", 12.678_571_428_571_429),
    (
      "from: \"08:00\", to: \"20:00\", days: [mon, tue, wed, thu, fri], otherwise: 1 h",
      0.732_142_857_142_857_1
    ),
    ("from: \"22:00\", to: \"06:00\", otherwise: 1 h", 0.75),
    ("from: \"00:00\", to: \"24:00\"", 0.25),
  ]

  /// Twelve hours on five of seven days; without a word about the others nobody comes before they begin.
  @Test(arguments: hours)
  func hoursOnCall(text: String, hours: Double) throws {
    let model = try ModelText.reading([
      "m.yaml": "responses: {page: {after: 15 min, on-call: {\(text)}}}\n"
        + ModelText.mode("mtbf: 1 y, respond: page, recover: 1 h")
    ]).model
    #expect(abs(model.delays[0].meanHours - hours) < 1e-12)
  }

  static let wrong: [(String, [String])] = [
    ("detectors: {d: {heartbeat: {every: 5 s, down-after: 1 s}}}", ["1:13 heartbeat"]),
    ("detectors: {d: {after: 5 s, otherwise: 1 h}}", ["1:13 otherwise-without-needs"]),
    ("detectors: {d: {after: 5 s, needs: [nobody]}}", ["1:37 unknown-name"]),
    ("detectors: {d: {sampling: {share: 0 %, failing: 1 /s}}}", ["1:13 detector"]),
    ("responses: {r: {after: 5 s, on-call: {from: \"8\", to: \"20:00\"}}}", ["1:45 bad-value"]),
    ("responses: {r: {after: 5 s, on-call: {from: \"08:00\", to: \"24:01\"}}}", ["1:58 bad-value"]),
    ("responses: {r: {after: 5 s, on-call: {from: \"08:00\", to: \"08:00\"}}}", ["1:13 on-call-hours"]),
  ]

  @Test(arguments: wrong)
  func refused(text: String, places: [String]) {
    #expect(ModelText.places(["m.yaml": text + "\n" + ModelText.mode("mtbf: 1 y, lasts: 1 h")]) == places)
  }
}
