/// An amount of data in bytes. `GB` and its kin are decimal, `GiB` and its kin binary; they are never mixed up.
public struct DataSize: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The size in bytes, 0 or more.
  public let bytes: Double

  /// A size in bytes; `nil` when negative or not finite.
  public init?(bytes: Double) {
    guard bytes.isFinite, bytes >= 0 else { return nil }
    self.bytes = bytes
  }

  /// Orders by size.
  public static func < (left: DataSize, right: DataSize) -> Bool { left.bytes < right.bytes }

  /// The size in units of 10⁹ bytes.
  public var gigabytes: Double { bytes / 1e9 }
  /// The size in units of 2³⁰ bytes.
  public var gibibytes: Double { bytes / 1_073_741_824 }

  private static let units: [(name: String, bytes: Double)] = [
    ("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("PB", 1e15),
    ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776),
    ("PiB", 1_125_899_906_842_624),
  ]

  /// Reads `500 GB`, `4 GiB`, `16 MB`.
  public init(parsing text: String) throws(QuantityError) {
    guard let number = NumberText(prefixOf: Substring(text)) else {
      throw QuantityError("“\(text)” is no amount of data; expected a number and a unit", help: "500 GB")
    }
    guard !number.digits.hasPrefix("-") else {
      throw QuantityError("“\(text)” is negative; data is 0 or more")
    }
    let word = String(number.rest)
    guard let unit = DataSize.units.first(where: { $0.name == word }) else {
      throw QuantityError(
        "“\(text)”: “\(word)” is no unit of data; expected B, kB, MB, GB, TB, PB or KiB, MiB, GiB, TiB, PiB",
        help: DataSize.suggestion(digits: number.digits, word: word))
    }
    guard let size = DataSize(bytes: number.double * unit.bytes) else {
      throw QuantityError("“\(text)” is more data than can be computed with")
    }
    self = size
  }

  /// Kubernetes writes `4Gi`; others write `gb`.
  private static func suggestion(digits: String, word: String) -> String? {
    let near = units.first { $0.name.lowercased() == word.lowercased() || $0.name == word + "B" }
    return near.map { "\(digits) \($0.name)" }
  }

  /// The size in the largest decimal unit that leaves a number of at least 1.
  public var description: String {
    let unit = DataSize.units.prefix(6).last { bytes >= $0.bytes } ?? DataSize.units[0]
    return "\(significant(bytes / unit.bytes, digits: 3).trimmingZeros) \(unit.name)"
  }
}
