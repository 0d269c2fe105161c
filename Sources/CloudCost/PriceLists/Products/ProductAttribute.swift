/// What AWS says of a product in its price lists, as far as it decides what the product is to us.
///
/// In JSON an attribute is `preInstalledSw`, in CSV a column `Pre Installed S/W`: names are compared by their letters and digits.
enum ProductAttribute: Int, CaseIterable {
  case productFamily, serviceCode, location, locationType, regionCode
  case instanceType, vcpu, memory, tenancy, operatingSystem, licenseModel, preInstalledSw
  case capacityStatus, marketOption, operation, usageType, group, volumeType, volumeApiName
  case transferType, fromRegionCode, fromLocation, fromLocationType, toRegionCode, toLocation, toLocationType
  case databaseEngine, databaseEdition, deploymentOption, deploymentModel, storage, cacheEngine, brokerEngine

  /// The attribute that a key of JSON or a column of CSV names; `nil` for those nobody asks for.
  init?(named name: ByteText) {
    guard let attribute = Self.byFingerprint[Self.fingerprint(name)] else { return nil }
    self = attribute
  }

  private static let byFingerprint: [UInt64: ProductAttribute] = Dictionary(
    uniqueKeysWithValues: allCases.map { (fingerprint(String(describing: $0)), $0) })

  private static func fingerprint(_ name: String) -> UInt64 {
    var name = name
    return name.withUTF8 { bytes in
      bytes.baseAddress.map { fingerprint(ByteText(start: $0, count: bytes.count)) } ?? 0
    }
  }

  /// The letters and digits of a name in lower case as one number (FNV-1a, 64 bits); among the few thousand names of all lists
  /// two with the same number are not to be expected.
  private static func fingerprint(_ name: ByteText) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in 0..<name.count {
      var byte = name[index]
      if byte >= 65, byte <= 90 { byte += 32 }
      guard (97...122).contains(byte) || (48...57).contains(byte) else { continue }
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return hash
  }
}

/// The attributes of one product.
struct ProductAttributes {
  private var values = [String](repeating: "", count: ProductAttribute.allCases.count)

  /// An attribute; empty when the list does not state it.
  subscript(attribute: ProductAttribute) -> String {
    get { values[attribute.rawValue] }
    set { values[attribute.rawValue] = newValue }
  }

  /// Forgets everything.
  mutating func clear() {
    for index in values.indices { values[index] = "" }
  }

  /// The usage type without the region's letters in front: `EUW3-EBS:VolumeUsage.gp2` is `EBS:VolumeUsage.gp2`.
  var usage: String { UsageType.withoutRegion(self[.usageType]) }

  /// The region's code, from whatever names it; `nil` when it is none of AWS's regions.
  var region: String? {
    if !self[.regionCode].isEmpty { return self[.regionCode] }
    return ListedRegion.code(ofLocation: self[.location])
  }
}

/// The names of what is metered.
enum UsageType {
  /// The usage type without what names its region: `EUC1-`, `EU-`, `us-east-1-`.
  static func withoutRegion(_ usageType: String) -> String {
    guard let dash = usageType.firstIndex(of: "-") else { return usageType }
    if ListedRegion.isLetters(usageType[..<dash]) {
      return String(usageType[usageType.index(after: dash)...])
    }
    let parts = usageType.split(separator: "-", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, ListedRegion.isCode(parts[..<3].joined(separator: "-")) else { return usageType }
    return String(parts[3])
  }
}
