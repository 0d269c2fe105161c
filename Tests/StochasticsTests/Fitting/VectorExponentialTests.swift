import Stochastics
import Testing

@Suite("Exponentials of eight numbers")
struct VectorExponentialTests {
  @Test("They have the bits of single ones down to −708, and are 0 below")
  func bits() {
    var draws = stream("vector exponential")
    for _ in 0..<2000 {
      let size = draws.uniform() < 0.5 ? 1.0 : 700
      var numbers = SIMD8<Double>()
      for lane in 0..<8 { numbers[lane] = -size * draws.uniform() }
      let powers = exponentials(ofNonPositive: numbers)
      for lane in 0..<8 { #expect(powers[lane] == portableExp(numbers[lane]), "\(numbers[lane])") }
    }
    let edges = SIMD8<Double>(0, -0.0, -708, -708.5, -745, -1e10, -1e300, -.infinity)
    let powers = exponentials(ofNonPositive: edges)
    #expect(powers[0] == 1 && powers[1] == 1 && powers[2] == portableExp(-708))
    for lane in 3..<8 { #expect(powers[lane] == 0) }
  }
}
