/// Buckets with the lifecycle that belongs to them.
extension ResourceMappings {
  private static let lifecycle = PlanContext.Join(
    type: "aws_s3_bucket_lifecycle_configuration", attribute: "bucket", targets: ["aws_s3_bucket"])

  static let storage: [ResourceMapping] = [
    ResourceMapping(
      ["aws_s3_bucket_lifecycle_configuration"], attributes: ["bucket", "rule"], joins: [lifecycle]),
    ResourceMapping(["aws_s3_bucket"], attributes: ["lifecycle_rule"], part: bucket),
  ]

  @Sendable private static func bucket(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    var draft = CostDraft("aws-s3", part: "storage", at: resource.location)
    let rules =
      context.resources(lifecycle, to: resource).flatMap { $0["rule"].blocks }
      + resource["lifecycle_rule"].blocks
    let reading = LifecycleReading(rules)
    draft.note("unknown: size, ingest and requests, how much it holds, gets and is asked")
    if let steps = reading.text { draft.note("with ingest: belongs its lifecycle: \(steps)") }
    for note in reading.notes { draft.note(note) }
    return PlannedPart(units: .many(1), noun: "bucket", costs: [draft])
  }
}
