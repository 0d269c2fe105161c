import Diagnostics
import ModelFormat
import Quantities
import ServiceModel
import Testing

/// Levers of a plan: what they say, what is wrong with them, and the models they make.
@Suite("Choices")
struct ChoiceTests {
  private static func model(_ choices: String) -> String {
    """
    relmodel: 1
    name: n
    components: {a: {replicas: 2, fails: {x: {mtbf: 1 y, lasts: 1 h}}}, b: {replicas: {count: 1, required: 1}}}
    capabilities: {s: {depends-on: {a: hard}}}
    choices: {\(choices)}
    """
  }

  private static func variants(_ choices: String) throws -> ModelVariants {
    try ModelReader(files: .inMemory(["m.yaml": model(choices)])).variants(at: "m.yaml")
  }

  @Test("a path with values: the one that the model says is no change")
  func path() throws {
    let variants = try Self.variants(
      "r: {set: components/b/replicas/count, to: [1, 2, 3], once: {2: $5, 3: $9}, takes: 2 d}")
    let choice = try #require(variants.reading.model.choices.first)
    #expect(choice.present == "1" && choice.values.map(\.name) == ["2", "3"])
    #expect(choice.values.map { $0.once?.double } == [5, 9])
    #expect(choice.values.map { $0.takes?.hours } == [48, 48])
    for (value, count) in zip(choice.values, [2, 3]) {
      #expect(try variants.model(with: [value]).components[1].units.count == count)
    }
    #expect(variants.findings().diagnostics.isEmpty)
  }

  @Test("values that change several things, and remove some, applied together and in order")
  func changes() throws {
    let variants = try Self.variants(
      """
      p: {values: {now: {}, more: {change: {components: {b: {replicas: {count: 4}}, a: {fails: {x: null}}}}, once: $7}}},
      q: {set: components/b/replicas/required, to: [2]}
      """)
    let choices = variants.reading.model.choices
    #expect(choices[0].present == "now" && choices[0].values.map(\.name) == ["more"])
    let model = try variants.model(with: [choices[0].values[0], choices[1].values[0]])
    #expect(model.components[1].units.count == 4 && model.components[1].roles[0].required == 2)
    #expect(model.components[0].modes.isEmpty && model.choices.isEmpty)
  }

  @Test(arguments: [
    ("r: {set: components/bb/replicas/count, to: [2]}", "choice-nowhere"),
    ("r: {set: components/b/replicas/count, to: [1]}", "no-choice"),
    ("r: {set: components/b/replicas/count, to: [2, 2]}", "value-twice"),
    ("r: {set: components/b/replicas/count, to: []}", "too-few"),
    ("r: {set: components/b/replicas/count}", "missing-key"),
    ("r: {set: components/b/replicas/count, to: [2], values: {x: {}}}", "either-or"),
    ("r: {set: components/b/replicas/count, to: [2], once: {3: $1}}", "unknown-name"),
    ("r: {set: components/b/replicas/count, to: [2], once: -$1}", "negative-once"),
    ("r: {set: components/b/replicas/count, to: [2], once: much}", "bad-value"),
    ("r: {values: {x: {change: 3}}}", "wrong-shape"),
    ("r: {values: {x: {change: {component: {}}}}}", "unknown-key"),
    ("r: {values: {x: {change: {choices: {}}}}}", "not-changeable"),
    ("r: {values: {x: {}}}", "no-choice"), ("r: {}", "missing-key"), ("r: {sett: a}", "unknown-key"),
  ])
  func `what can not be is told in its line`(choices: String, slug: String) {
    let places = ModelText.places(["m.yaml": Self.model(choices)])
    #expect(places.contains { $0.hasPrefix("5:") && $0.hasSuffix(" \(slug)") }, "\(places)")
  }

  @Test("values that no model could have are told with their place, all at once")
  func impossibleValues() throws {
    let variants = try Self.variants(
      "r: {set: components/b/replicas/count, to: [2, 0, many]}, q: {values: {x: {change: {components: {c: null}}}}}"
    )
    let found = variants.findings().diagnostics.filter { $0.location?.line == 5 }.map(\.slug)
    #expect(found == ["required-above-count", "bad-value", "bad-value", "removes-nothing"])
  }

  @Test("choices decide nothing by themselves: the digest is that of the model without them")
  func digest() throws {
    let with = try ModelText.reading(["m.yaml": Self.model("r: {set: components/b/replicas/count, to: [2]}")])
    let without = try ModelText.reading([
      "m.yaml": Self.model("").replacing("choices: {}", with: "")
    ])
    #expect(with.model.digest(boundTo: []) == without.model.digest(boundTo: []))
  }
}
