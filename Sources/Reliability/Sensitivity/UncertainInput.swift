public import Stochastics

/// A number that a result depends on and that nobody knows exactly.
public struct UncertainInput: Sendable {
  /// The name, which keys its draws: two analyses with the same seed see the same luck in it, whatever else is
  /// uncertain.
  public let name: String
  /// What is believed of it.
  public let law: any Distribution

  /// Names an uncertain number.
  public init(name: String, law: any Distribution) {
    self.name = name
    self.law = law
  }

  /// The draws of some samples: sample k is the first draw of the stream of this name in replication k.
  ///
  /// - Parameter set: draws with another number are independent of these.
  func draws(_ samples: Int, seed: UInt64, set: Int = 0) -> [Double] {
    let key = key(set: set)
    return (0..<samples).map { draw($0, seed: seed, key: key) }
  }

  /// The draw of one sample.
  func draw(_ sample: Int, seed: UInt64) -> Double { draw(sample, seed: seed, key: key(set: 0)) }

  private func key(set: Int) -> ProcessKey {
    ProcessKey(name: set == 0 ? "uncertainty/\(name)" : "uncertainty/\(name)#\(set)")
  }

  private func draw(_ sample: Int, seed: UInt64, key: ProcessKey) -> Double {
    var stream = RandomStream(seed: seed, process: key, replication: UInt32(truncatingIfNeeded: sample))
    return law.sample(using: &stream)
  }
}
