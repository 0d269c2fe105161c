import Diagnostics
import Foundation
import Testing

/// What is wrong with a queue is told where it stands.
@Suite("Findings about queues")
struct QueueFindingsTests {
  private static let good = """
    in: b, arrivals: 1 /s, consumers: {c: {drains: 5 /s}}, redelivery: {after: 60 s, times: 3}, \
    dead-letters: {to: dead, handler: b, tries: 3}
    """

  private static func model(_ queue: String) -> String {
    """
    relmodel: 1
    name: n
    components: {a: {}, b: {}, c: {depends-on: {a: hard}}}
    capabilities: {s: {depends-on: {a: hard}}}
    queues: {q: {\(queue)}}
    """
  }

  @Test func `a queue that can be is accepted`() {
    #expect(ModelText.places(["m.yaml": Self.model(Self.good)]) == [])
  }

  @Test(arguments: [
    ("1 /s", "5 /s", "queue-overload"), ("1 /s", "0 /s", "queue-arrivals"),
    ("drains: 5 /s", "drains: 1 /s", "queue-overload"), ("in: b", "in: x", "unknown-name"),
    ("{c: {", "{x: {", "unknown-name"), ("{c: {", "{b: {", "queue-consumes-itself"),
    ("{c: {drains: 5 /s}}", "{}", "queue-without-consumers"),
    ("after: 60 s", "after: 0 s", "bad-value"), ("times: 3", "times: 200000", "redelivery-times"),
    ("redelivery: {after: 60 s, times: 3}, ", "", "queue-dead-letters"),
    ("tries: 3", "tries: 1", "retry-once"), ("handler: b, ", "", "dead-letters-handler"),
    (", tries: 3", "", "dead-letters-tries"), ("handler: b", "handler: x", "unknown-name"),
    ("in: b", "topics: [dead, x], in: b", "dead-letters-circle"),
    ("in: b", "topics: [x, x], in: b", "named-twice"),
    ("in: b", "topics: {x: 50 %, y: 40 %}, in: b", "topic-shares"),
    ("in: b", "replay: {at: 0 /s}, in: b", "queue-replay"),
  ])
  func `what can not be is told once, in its line`(old: String, new: String, slug: String) throws {
    let range = try #require(Self.good.range(of: old))
    let text = Self.model(Self.good.replacingCharacters(in: range, with: new))
    let places = ModelText.places(["m.yaml": text])
    #expect(places.count == 1)
    #expect(places.first?.hasPrefix("5:") == true && places.first?.hasSuffix(" \(slug)") == true, "\(places)")
  }

  @Test func `messages may flow in a circle`() {
    let text = Self.model(
      "in: b, arrivals: 1 /s, consumers: {c: {drains: 5 /s}}}, back: {in: b, arrivals: 1 /s, consumers: {a: {drains: 2 /s}}"
    )
    #expect(ModelText.places(["m.yaml": text]) == [])
  }
}
