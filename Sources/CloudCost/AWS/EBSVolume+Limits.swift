internal import Diagnostics
internal import FoundationEssentials

extension EBSVolume {
  /// The most operations per second of one volume (AWS, EC2 API reference, EbsBlockDevice; gp3 since 2025-09).
  private static let mostIOPS: [String: Decimal] = ["gp3": 80_000, "io1": 64_000, "io2": 256_000]
  /// The most MB/s of a gp3 volume (AWS, since 2025-09).
  private static let mostThroughput: Decimal = 2000

  /// What no volume of the type can have.
  func beyondLimits(_ stated: StatedResource) -> [Diagnostic] {
    let limits: [(key: String, value: Decimal?, most: Decimal?)] = [
      ("iops", iops, Self.mostIOPS[type]),
      ("throughput", throughput, type == "gp3" ? Self.mostThroughput : nil),
    ]
    return limits.compactMap { limit in
      guard let value = limit.value, let most = limit.most, value > most, let text = stated.text(limit.key)
      else { return nil }
      return Diagnostic(
        slug: "more-than-possible", "\(limit.key): a volume of type \(type) has at most \(most)",
        at: text.location, help: "\(limit.key): \(most), or several volumes")
    }
  }
}
