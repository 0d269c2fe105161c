/// Keys and secrets; never what is in them.
extension ResourceMappings {
  static let secrets: [ResourceMapping] = [
    ResourceMapping(["aws_secretsmanager_secret"], attributes: ["recovery_window_in_days"]) { resource, _ in
      .cost(CostDraft("aws-secret", part: "secret", at: resource.location))
    },
    ResourceMapping(["aws_kms_key", "aws_kms_replica_key"], attributes: ["customer_master_key_spec"]) {
      resource, _ in
      .cost(CostDraft("aws-kms", part: "key", at: resource.location))
    },
  ]
}
