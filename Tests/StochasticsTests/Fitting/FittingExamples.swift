import Stochastics

/// Samples that others have fitted, with what they found.
struct FittingExample: Sendable, CustomStringConvertible {
  let name: String
  let source: String
  let failures: [Double]
  var censored: [Double] = []
  var weibull: (shape: Double, scale: Double, logLikelihood: Double)?
  var lognormal: (mu: Double, sigma: Double, logLikelihood: Double)?
  var gamma: (shape: Double, scale: Double, logLikelihood: Double)?

  var description: String { name }

  func sample() throws -> CensoredSample { try CensoredSample(failures: failures, censored: censored) }
}

enum FittingExamples {
  static let nist = FittingExample(
    name: "ten of twenty units by 500 h",
    source:
      "NIST/SEMATECH e-Handbook 8.4.1.3 (β 1.7208, η 606.53, ℓ −75.135); further digits with scipy 1.17",
    failures: [54, 187, 216, 240, 244, 335, 361, 373, 375, 386], censored: Array(repeating: 500, count: 10),
    weibull: (1.7207972608013566, 606.5275580035722, -75.13461816447487),
    lognormal: (6.226015098389654, 0.9089140491444634, -75.19627077888438),
    gamma: (2.168397407401921, 266.3414289620796, -75.0690726461836))

  static let bearings = FittingExample(
    name: "23 ball bearings",
    source: "Lieblein and Zelen 1956 (β 2.102, η 81.875); further digits with scipy 1.17",
    failures: [
      17.88, 28.92, 33, 41.52, 42.12, 45.6, 48.4, 51.84, 51.96, 54.12, 55.56, 67.8, 68.64, 68.64, 68.88,
      84.12,
      93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.4,
    ],
    weibull: (2.1018468637648784, 81.87455872410813, -113.6919590876901),
    lognormal: (4.150382688435654, 0.5216865111007544, -113.12855433022015),
    gamma: (4.024706373762625, 17.944382387421797, -113.02981883970305))

  static let all = [
    nist, bearings,
    FittingExample(
      name: "six units", source: "ReliaSoft, Life data analysis reference: β 1.933, η 73.526, ℓ −29.585",
      failures: [16, 34, 53, 75, 93, 120],
      weibull: (1.9326779849844382, 73.52607418775806, -29.584921614901972)),
    FittingExample(
      name: "five of seven units", source: "Abernethy, New Weibull Handbook, C.5: β 2.257, η 4900.1",
      failures: [1500, 7000, 2250, 4000, 4300], censored: [1750, 5000],
      weibull: (2.257043252898279, 4900.1056868507, -45.85227557246379)),
    FittingExample(
      name: "ten of 31 cars", source: "Krivtsov and Case, SAE 1999-01-3220; computed with scipy 1.17",
      failures: [5248, 7454, 16890, 17200, 38700, 45000, 49390, 69040, 72280, 131900],
      censored: [
        3961, 4007, 4734, 6054, 7298, 10190, 23060, 27160, 28690, 37100, 40060, 45670, 53000, 67000, 69630,
        77350,
        78470, 91680, 105700, 106300, 150400,
      ],
      weibull: (1.1544266713428921, 134651.03743586614, -128.9738322587601),
      lognormal: (11.54771348274564, 1.3847512751865583, -129.02902433513276),
      gamma: (1.2077106693057549, 109497.97588329381, -128.9692189019227)),
  ]
}
