public import ServiceGraph
internal import ServiceModel

extension UncertainFactor {
  /// The factors that the model states itself, with `uncertain:` beside a value.
  ///
  /// The probability that an occasion is a failure multiplies the rate, or divides the mean time between failures.
  ///
  /// - Returns: the factors, and the paths of what no parameter of the response stands for, such as a detector used by
  ///   several modes; say so rather than leave it out in silence.
  public static func stated(in graph: CompiledGraph) -> (factors: [UncertainFactor], unmatched: [String]) {
    let names = Set(ParameterTable(graph).parameters.map(\.name))
    var factors: [UncertainFactor] = []
    var unmatched: [String] = []
    for stated in graph.model.uncertainties {
      let target = StatedTarget(stated.path, names)
      guard names.contains(target.parameter) else {
        unmatched.append(stated.path)
        continue
      }
      factors.append(
        UncertainFactor(
          name: stated.path, law: stated.factor, multiplied: target.isDivided ? [] : [target.parameter],
          divided: target.isDivided ? [target.parameter] : [], basis: "stated in the model"))
    }
    return (factors, unmatched)
  }
}

/// The parameter that a number of the model is part of.
private struct StatedTarget {
  let parameter: String
  let isDivided: Bool

  init(_ path: String, _ names: Set<String>) {
    var parts = path.split(separator: "/").map(String.init)
    let last = parts.popLast() ?? ""
    let parent = parts.joined(separator: "/")
    let hasRate = names.contains("\(parent)/rate")
    isDivided = (last == "rate" || last == "probability") && !hasRate
    switch last {
    case "rate", "probability": parameter = hasRate ? "\(parent)/rate" : "\(parent)/mtbf"
    case "deterministic", "exponential": parameter = parent
    case "availability" where parts.count == 2: parameter = "\(parent)/fails/unspecified/availability"
    default: parameter = path
    }
  }
}
