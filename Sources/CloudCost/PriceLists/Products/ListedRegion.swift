/// What AWS calls its regions: the code, the location in price lists, and the letters in front of usage types.
///
/// Source: AWS, “AWS Regions” and the region names of the price list; usage-type letters as the lists use them.
enum ListedRegion {
  private struct Names {
    let code: String
    let letters: String
    let locations: [String]
  }

  private static let all: [Names] = [
    Names(code: "us-east-1", letters: "USE1", locations: ["US East (N. Virginia)"]),
    Names(code: "us-east-2", letters: "USE2", locations: ["US East (Ohio)"]),
    Names(code: "us-west-1", letters: "USW1", locations: ["US West (N. California)"]),
    Names(code: "us-west-2", letters: "USW2", locations: ["US West (Oregon)"]),
    Names(code: "ca-central-1", letters: "CAN1", locations: ["Canada (Central)"]),
    Names(code: "ca-west-1", letters: "CAN2", locations: ["Canada West (Calgary)"]),
    Names(code: "mx-central-1", letters: "MXC1", locations: ["Mexico (Central)"]),
    Names(code: "sa-east-1", letters: "SAE1", locations: ["South America (Sao Paulo)"]),
    Names(code: "eu-west-1", letters: "EU", locations: ["EU (Ireland)", "Europe (Ireland)"]),
    Names(code: "eu-west-2", letters: "EUW2", locations: ["EU (London)", "Europe (London)"]),
    Names(code: "eu-west-3", letters: "EUW3", locations: ["EU (Paris)", "Europe (Paris)"]),
    Names(code: "eu-central-1", letters: "EUC1", locations: ["EU (Frankfurt)", "Europe (Frankfurt)"]),
    Names(code: "eu-central-2", letters: "EUC2", locations: ["EU (Zurich)", "Europe (Zurich)"]),
    Names(code: "eu-north-1", letters: "EUN1", locations: ["EU (Stockholm)", "Europe (Stockholm)"]),
    Names(code: "eu-south-1", letters: "EUS1", locations: ["EU (Milan)", "Europe (Milan)"]),
    Names(code: "eu-south-2", letters: "EUS2", locations: ["EU (Spain)", "Europe (Spain)"]),
    Names(code: "ap-northeast-1", letters: "APN1", locations: ["Asia Pacific (Tokyo)"]),
    Names(code: "ap-northeast-2", letters: "APN2", locations: ["Asia Pacific (Seoul)"]),
    Names(
      code: "ap-northeast-3", letters: "APN3",
      locations: ["Asia Pacific (Osaka)", "Asia Pacific (Osaka-Local)"]),
    Names(code: "ap-east-1", letters: "APE1", locations: ["Asia Pacific (Hong Kong)"]),
    Names(code: "ap-southeast-1", letters: "APS1", locations: ["Asia Pacific (Singapore)"]),
    Names(code: "ap-southeast-2", letters: "APS2", locations: ["Asia Pacific (Sydney)"]),
    Names(code: "ap-southeast-3", letters: "APS4", locations: ["Asia Pacific (Jakarta)"]),
    Names(code: "ap-southeast-4", letters: "APS6", locations: ["Asia Pacific (Melbourne)"]),
    Names(code: "ap-southeast-5", letters: "APS7", locations: ["Asia Pacific (Malaysia)"]),
    Names(code: "ap-southeast-7", letters: "APS9", locations: ["Asia Pacific (Thailand)"]),
    Names(code: "ap-south-1", letters: "APS3", locations: ["Asia Pacific (Mumbai)"]),
    Names(code: "ap-south-2", letters: "APS5", locations: ["Asia Pacific (Hyderabad)"]),
    Names(code: "me-south-1", letters: "MES1", locations: ["Middle East (Bahrain)"]),
    Names(code: "me-central-1", letters: "MEC1", locations: ["Middle East (UAE)"]),
    Names(code: "il-central-1", letters: "ILC1", locations: ["Israel (Tel Aviv)"]),
    Names(code: "af-south-1", letters: "AFS1", locations: ["Africa (Cape Town)"]),
    Names(
      code: "us-gov-west-1", letters: "UGW1", locations: ["AWS GovCloud (US-West)", "AWS GovCloud (US)"]),
    Names(code: "us-gov-east-1", letters: "UGE1", locations: ["AWS GovCloud (US-East)"]),
    Names(code: "cn-north-1", letters: "CNN1", locations: ["China (Beijing)"]),
    Names(code: "cn-northwest-1", letters: "CNW1", locations: ["China (Ningxia)"]),
  ]

  private static let byLocation = Dictionary(
    all.flatMap { names in names.locations.map { ($0, names.code) } }, uniquingKeysWith: { first, _ in first }
  )
  private static let letters = Set(all.map(\.letters))
  private static let codes = Set(all.map(\.code))

  /// The code of a location such as `EU (Ireland)`; `nil` for what is no region.
  static func code(ofLocation location: String) -> String? { byLocation[location] }

  /// Whether text in front of a usage type names a region, also one that is newer than the table: `EUC1`, `APS10`.
  static func isLetters(_ text: Substring) -> Bool {
    if letters.contains(String(text)) { return true }
    let capitals = text.utf8.prefix { (65...90).contains($0) }.count
    let digits = text.utf8.count - capitals
    return (3...4).contains(capitals) && (1...2).contains(digits)
      && text.utf8.dropFirst(capitals).allSatisfy { (48...57).contains($0) }
  }

  /// Whether a code is that of a region.
  static func isCode(_ code: String) -> Bool { codes.contains(code) }
}
