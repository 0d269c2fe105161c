/// Products of the lists of the key management service and of Secrets Manager.
enum SecretProducts {
  static func key(_ product: ProductAttributes) -> ListedProduct {
    switch product.usage {
    case "KMS-Keys": .item("kms", "key", per: "key-month")
    case "KMS-Requests": .item("kms", "requests", per: "10k requests")
    default: .unknown
    }
  }

  static func secret(_ product: ProductAttributes) -> ListedProduct {
    switch product.usage {
    case "AWSSecretsManager-Secrets", "AWSSecretsManager-SecretHours":
      .item("secretsmanager", "secret", per: "secret-month")
    case "AWSSecretsManagerAPIRequest": .item("secretsmanager", "requests", per: "10k requests")
    default: .unknown
    }
  }
}
