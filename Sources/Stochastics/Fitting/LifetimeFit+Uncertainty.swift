extension LifetimeFit {
  /// A law that the data leave possible: log scale and log shape drawn from the normal law that the curvature of the
  /// likelihood gives around the best.
  ///
  /// With a flat prior in both logarithms this is the posterior for many failures. A location stays where it is, so for a
  /// law with one the draws vary too little.
  ///
  /// - Parameter stream: two normal numbers are taken from it for every family, so that draws of different fits stay in
  ///   step.
  /// - Throws: where mean or variance of the drawn law are no finite numbers, which few failures and heavy censoring can
  ///   bring about.
  public func sampleLaw(using stream: inout RandomStream) throws(InvalidParameter) -> any Distribution {
    let (first, second) = (stream.standardNormal(), stream.standardNormal())
    let covariance = peak.covariance
    let scaleError = covariance.first.squareRoot()
    let slope = covariance.mixed / covariance.first
    let rest = max(0, covariance.second - slope * covariance.mixed).squareRoot()
    return try likelihood.law(
      logScale: peak.logScale + scaleError * first,
      logShape: peak.logShape + slope * scaleError * first + rest * second)
  }
}
