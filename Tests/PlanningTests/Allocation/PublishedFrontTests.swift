import Planning
import Testing

/// Fronts of two objectives that others have published in full: 50 items, each taken or not, within one capacity.
@Suite("Published fronts")
struct PublishedFrontTests {
  struct Instance: Sendable, CustomStringConvertible {
    let name: String
    let capacity: Double
    /// Each point of the front, by the first objective.
    let first: [Int]
    let second: [Int]
    let source =
      "Gandibleux and Fréville, Journal of Heuristics 6 (2000); vOptLib, UKP/Y and UKP/analyze: size of Pareto front"

    var description: String { name }
  }

  static let weights = [
    25, 26, 28, 25, 20, 38, 38, 49, 28, 22, 34, 39, 26, 21, 36, 47, 38, 50, 39, 50, 45, 27, 49, 24, 48, 32,
    47,
    24, 43, 27, 32, 48, 35, 22, 34, 31, 31, 36, 50, 23, 33, 24, 28, 35, 22, 26, 32, 21, 20, 29,
  ]
  static let profits = [
    [
      80, 59, 52, 38, 86, 58, 94, 44, 66, 40, 81, 72, 40, 37, 72, 98, 34, 34, 32, 100, 83, 40, 43, 38, 56, 88,
      93, 92, 100, 98, 79, 96, 93, 62, 90, 76, 94, 53, 50, 49, 57, 56, 66, 91, 93, 78, 76, 31, 36, 82,
    ],
    [
      62, 80, 67, 92, 35, 41, 95, 89, 53, 52, 63, 54, 89, 42, 31, 54, 31, 31, 82, 87, 67, 58, 51, 65, 80, 36,
      67,
      47, 58, 49, 53, 57, 94, 51, 48, 90, 35, 43, 61, 57, 57, 76, 92, 45, 39, 33, 50, 56, 68, 47,
    ],
  ]

  static let instances = [
    Instance(
      name: "2KP50-11, 43 points", capacity: 187,
      first: [
        389, 398, 415, 419, 433, 442, 445, 457, 461, 465, 469, 484, 485, 496, 499, 507, 511, 517, 519, 521,
        529,
        532, 538, 540, 549, 553, 555, 565, 568, 574, 579, 581, 586, 589, 604, 606, 609, 619, 622, 623, 625,
        632,
        637,
      ],
      second: [
        592, 589, 581, 571, 568, 564, 562, 559, 555, 552, 548, 543, 535, 533, 529, 526, 522, 515, 512, 508,
        506,
        504, 503, 499, 496, 492, 483, 477, 475, 474, 468, 463, 459, 457, 446, 431, 419, 417, 391, 389, 384,
        374,
        362,
      ]),
    Instance(
      name: "2KP50-50, 51 points", capacity: 828,
      first: [
        1815, 1825, 1826, 1831, 1834, 1848, 1857, 1894, 1899, 1926, 1968, 1991, 2008, 2009, 2023, 2029, 2030,
        2036, 2037, 2062, 2065, 2074, 2077, 2078, 2079, 2085, 2087, 2095, 2104, 2106, 2110, 2113, 2126, 2132,
        2133, 2135, 2137, 2140, 2146, 2149, 2152, 2155, 2157, 2159, 2161, 2162, 2166, 2168, 2174, 2177, 2179,
      ],
      second: [
        1940, 1937, 1935, 1934, 1933, 1931, 1929, 1926, 1923, 1918, 1909, 1901, 1890, 1887, 1885, 1876, 1873,
        1872, 1869, 1867, 1854, 1853, 1840, 1837, 1833, 1831, 1830, 1820, 1819, 1812, 1805, 1802, 1789, 1775,
        1769, 1762, 1753, 1746, 1734, 1714, 1703, 1702, 1699, 1686, 1683, 1652, 1648, 1631, 1616, 1599, 1596,
      ]),
  ]

  @Test("every point of the published front, and no other", arguments: instances)
  func front(_ instance: Instance) {
    // What is left behind is to be small: an item that is not taken loses its profits, one that is taken weighs.
    let places = Self.weights.indices.map { item in
      [
        [Double(Self.profits[0][item]), Double(Self.profits[1][item]), 0],
        [0, 0, Double(Self.weights[item])],
      ]
    }
    let frontier = AdditiveFrontier(
      of: AdditiveProblem(places: places, limits: [.infinity, .infinity, instance.capacity]),
      objectives: [0, 1])
    let all = Self.profits.map { Double($0.reduce(0, +)) }
    let found = frontier.points.map { [Int(all[0] - $0.sums[0]), Int(all[1] - $0.sums[1])] }
    #expect(frontier.isComplete && instance.first.count == instance.second.count)
    #expect(
      found.sorted { $0[0] < $1[0] } == zip(instance.first, instance.second).map { [$0, $1] })
  }
}
