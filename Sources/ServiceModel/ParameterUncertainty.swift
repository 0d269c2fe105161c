public import Diagnostics
public import Stochastics

/// What is believed of a number of the model, as a factor on what is stated.
///
/// No result that is one number knows of it; the propagation of uncertainty draws the factor.
public struct ParameterUncertainty: Sendable {
  /// Where the number stands: `components/api/fails/crash/mtbf`. An item of a list has its number from 1.
  public let path: String
  /// The law of the factor. It multiplies a duration, a rate or a share as they are written; of an availability, and of
  /// a probability that something works, it multiplies what is missing from 1.
  public let factor: any Distribution
  /// Where it was written.
  public let location: SourceLocation

  /// What is believed of the number at `path`.
  public init(path: String, factor: any Distribution, location: SourceLocation) {
    self.path = path
    self.factor = factor
    self.location = location
  }
}
