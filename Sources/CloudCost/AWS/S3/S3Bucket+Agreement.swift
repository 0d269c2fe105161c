extension S3Bucket {
  /// That of its storage classes, where all that it states and moves to fall under one.
  package var agreement: String? {
    let classes = uses.map(\.storageClass) + (cohorts?.stages.map(\.storageClass) ?? [])
    let agreements = classes.map(\.agreement)
    return agreements.allSatisfy { $0 == agreements.first } ? agreements.first : nil
  }
}

extension S3StorageClass {
  /// Source: Amazon S3 Service Level Agreement of 28 November 2023.
  fileprivate var agreement: String {
    switch self {
    case .standard, .glacier, .deepArchive: "s3/standard"
    case .intelligentTiering, .standardIA, .oneZoneIA, .glacierInstant: "s3/infrequent"
    }
  }
}
