internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// CPU and memory.
  func resources(_ reading: Reading?) -> Located<ComputeResources>? {
    guard let reading, let cpu = reading["cpu"]?.number, let memory = reading["memory"]?.dataSize else {
      return nil
    }
    return Located(ComputeResources(cpu: cpu, memory: memory), at: reading.location)
  }

  /// How many nodes of a pool run.
  func nodeAutoscaling(_ reading: Reading?) -> Located<NodeAutoscalingDraft>? {
    guard let reading, let fewest = reading["min"]?.integer, let most = reading["max"]?.integer else {
      return nil
    }
    var draft = NodeAutoscalingDraft(fewest: fewest, most: most)
    draft.delay = reading["delay"]?.duration
    draft.downDelay = reading["down-delay"]?.duration
    return Located(draft, at: reading.location)
  }
}
