/// The parameters of a model that some factors act on.
struct FactorPlaces: Sendable {
  private let places: [(multiplied: [Int], divided: [Int])]
  private let parameters: [ModelParameter]

  /// - Throws: the first factor's parameter that the model does not have.
  init(
    _ factors: [UncertainFactor], of parameters: [ModelParameter]
  ) throws(ServiceResponse.UnknownParameter) {
    var number: [String: Int] = [:]
    for (place, parameter) in parameters.enumerated() { number[parameter.name] = place }
    func place(_ name: String) throws(ServiceResponse.UnknownParameter) -> Int {
      guard let place = number[name] else { throw ServiceResponse.UnknownParameter(name: name) }
      return place
    }
    var places: [(multiplied: [Int], divided: [Int])] = []
    for factor in factors {
      var pair: (multiplied: [Int], divided: [Int]) = ([], [])
      for name in factor.multiplied { pair.multiplied.append(try place(name)) }
      for name in factor.divided { pair.divided.append(try place(name)) }
      places.append(pair)
    }
    (self.places, self.parameters) = (places, parameters)
  }

  /// The values of all parameters when the factors are so large; a probability stays at most 1.
  func values(_ factors: [Double]) -> [Double] {
    var values = parameters.map(\.value)
    for (pair, factor) in zip(places, factors) {
      for place in pair.multiplied { values[place] *= factor }
      for place in pair.divided { values[place] /= factor }
    }
    for (place, parameter) in parameters.enumerated() {
      values[place] = min(values[place], parameter.maximum)
    }
    return values
  }
}
