/// Numbers as these formats write them.
enum NumberForm {
  /// A finite decimal number such as `1.0e-4`; no hexadecimal, no `nan`, no `inf`.
  static func double(_ text: String) -> Double? {
    guard text.utf8.count <= 400, text.utf8.allSatisfy(isPart), let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
