/// Round numbers for an axis.
package enum RoundSteps {
  /// The smallest of 1, 2 and 5 times a power of ten of which at most `count` cover a length.
  package static func step(covering length: Double, atMost count: Int) -> Double {
    let least = length / Double(max(1, count))
    guard least > 0, least.isFinite else { return 1 }
    var power = 1.0
    while power < least { power *= 10 }
    while power / 10 >= least { power /= 10 }
    return [power / 5, power / 2].first { $0 >= least } ?? power
  }

  /// The same for hours: whole days, hours, minutes and seconds where there are such.
  package static func hourStep(covering hours: Double, atMost count: Int) -> Double {
    let steps: [Double] = [
      1 / 3600, 5 / 3600, 15 / 3600, 30 / 3600, 1 / 60, 2 / 60, 5 / 60, 10 / 60, 15 / 60, 30 / 60, 1, 2, 3, 6,
      12,
      24, 48, 120, 240, 480,
    ]
    return steps.first { $0 * Double(count) >= hours } ?? step(covering: hours, atMost: count)
  }
}
