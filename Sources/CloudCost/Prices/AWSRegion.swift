/// A region of AWS.
public struct AWSRegion: Sendable, Hashable {
  /// Its code: `eu-west-1`.
  public let code: String

  /// The codes that are known, sorted (AWS, "Regions and Availability Zones", 2026).
  public static let codes = [
    "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
    "ap-south-1",
    "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
    "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1",
    "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2",
    "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1",
    "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
  ]

  /// The region that a name says: a region's code, or a zone's such as `eu-west-1a`.
  public init?(of name: String) {
    if Self.codes.contains(name) {
      code = name
    } else if let last = name.last, last.isLetter, Self.codes.contains(String(name.dropLast())) {
      code = String(name.dropLast())
    } else {
      return nil
    }
  }
}
