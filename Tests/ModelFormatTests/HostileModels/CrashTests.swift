import Diagnostics
import Testing

import ModelFormat

/// Models whose numbers once ended the program. Each is read in a process of its own.
@Suite struct CrashTests {
  @Test(arguments: ["-1", "1e-320", "-1e-320", "1e308", "1e999", "0"])
  func `a rate factor never ends the program`(factor: String) async {
    await #expect(processExitsWith: .success) { [factor] in
      let mode = "lifetime: {weibull: {shape: 2, mean: 1 y}}, rate-factor: \(factor), lasts: 1 h"
      _ = ModelText.places(["m.yaml": ModelText.mode(mode)])
    }
  }

  @Test(arguments: ["1e-320 %", "1e-100 %", "0 %"])
  func `a probability never ends the program`(probability: String) async {
    await #expect(processExitsWith: .success) { [probability] in
      _ = ModelText.places(["m.yaml": ModelText.mode("mtbf: 1 y, probability: \(probability), lasts: 1 h")])
    }
  }

  @Test(
    arguments: ["-1", "-3 h", "NaN", "-9223372036854775808", "99999999999999999999"],
    ["", "autoscaling: {min: 1, max: 3, target: 70 %}, "])
  func `a number of replicas that is none never ends the program`(count: String, beside: String) async {
    await #expect(processExitsWith: .success) { [count, beside] in
      let component =
        "{replicas: {count: \(count), required: 1}, \(beside)fails: {f: {mtbf: 1 y, lasts: 1 h}}}"
      _ = ModelText.places([
        "m.yaml": """
        relmodel: 1
        name: m
        components: {a: \(component)}
        capabilities: {s: {depends-on: {a: hard}}}
        """
      ])
    }
  }
}
