/// Volumes of machines, in the words of `aws-ebs`.
enum VolumeDraft {
  /// What AWS takes for a volume whose type nobody states (AWS, CreateVolume: gp2).
  static let defaultType = "gp2"
  private static let types = ["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"]

  /// A volume from a block or a resource.
  ///
  /// - Parameter size: the name of the attribute that holds the size.
  static func draft(
    of block: PlanValue, part: String, size: String = "volume_size", type: String = "volume_type",
    at resource: PlannedResource
  ) -> CostDraft {
    var draft = CostDraft("aws-ebs", part: part, at: resource.location)
    draft.state("type", from: block[type], as: { types.contains($0) ? $0 : nil }, otherwise: defaultType)
    draft.state("size", gigabytes: block[size])
    let stated = block[type].text ?? defaultType
    if ["gp3", "io1", "io2"].contains(stated) { draft.state("iops", positive: block["iops"]) }
    if stated == "gp3" { draft.state("throughput", positive: block["throughput"]) }
    return draft
  }

  /// The volumes of an instance, template or configuration.
  ///
  /// Blocks that are computed and not stated are the image's volumes, which the plan does not know.
  static func drafts(of resource: PlannedResource) -> [CostDraft] {
    var drafts: [CostDraft] = []
    for (index, block) in resource["root_block_device"].blocks.enumerated() {
      drafts.append(
        draft(of: block, part: index == 0 ? "root-volume" : "root-volume-\(index + 1)", at: resource))
    }
    let more = resource["ebs_block_device"].blocks
    for (index, block) in more.enumerated() {
      drafts.append(draft(of: block, part: more.count == 1 ? "volume" : "volume-\(index + 1)", at: resource))
    }
    return drafts
  }

  /// The volumes that a launch template maps.
  static func drafts(ofTemplate resource: PlannedResource) -> [CostDraft] {
    let blocks = resource["block_device_mappings"].blocks.map { $0["ebs"] }.filter { $0 != .null }
    return blocks.enumerated().map { index, block in
      draft(of: block, part: blocks.count == 1 ? "volume" : "volume-\(index + 1)", at: resource)
    }
  }
}

extension PlanValue {
  /// The blocks of a list that are there: neither unknown nor empty.
  var blocks: [PlanValue] {
    guard case .list(let items) = self else { return [] }
    return items.filter { if case .map = $0 { true } else { false } }
  }
}

extension CostDraft {
  /// States a number above 0; of one that is known only when the plan is applied nothing is said, as it is what the
  /// type includes.
  mutating func state(_ key: String, positive value: PlanValue) {
    if let text = value.text, let number = Double(text), number > 0 { state(key, text) }
  }
}
