import Quantities
import Testing

/// Numbers as text, and JSON.
@Suite struct NumberTests {
  @Test(
    arguments: [
      (0, 3, "0"), (17.34, 3, "17.3"), (506, 3, "506"), (0.0123, 3, "0.0123"), (9.996, 3, "10.0"),
      (99.96, 3, "100"), (1e-4, 3, "0.000100"), (1e-5, 3, "1.00e-5"), (9.996e-7, 3, "1.00e-6"),
      (Double.leastNonzeroMagnitude, 2, "4.9e-324"), (1234.5, 2, "1,235"), (1e15, 3, "1,000,000,000,000,000"),
      (1e17, 3, "1.00e17"),
      (-17.34, 3, "-17.3"), (.infinity, 3, "unbounded"), (.nan, 3, "unknown"),
    ] as [(Double, Int, String)])
  func `significant digits`(value: Double, digits: Int, expected: String) {
    #expect(significant(value, digits: digits) == expected)
  }

  @Test(
    arguments: [
      (0, 0, "0"), (1234.5, 1, "1,234.5"), (-0.001, 2, "0.00"), (-1234, 0, "-1,234"),
      (999.9996, 3, "1,000.000"),
      (1e16, 0, "10,000,000,000,000,000"), (0.005, 2, "0.01"), (.infinity, 0, "unbounded"),
      (.nan, 2, "unknown"),
    ] as [(Double, Int, String)])
  func `thousands and decimals`(value: Double, decimals: Int, expected: String) {
    #expect(grouped(value, decimals: decimals) == expected)
  }

  @Test(arguments: [(0, "0"), (10_000, "10,000"), (Int.max, "9,223,372,036,854,775,807")])
  func `whole numbers keep every digit`(value: Int, expected: String) {
    #expect(grouped(value) == expected)
  }

  @Test(arguments: [
    ("720", "720", ""), ("1,000,000.5x", "1000000.5", "x"), ("1e-3 h", "1e-3", "h"), ("5e", "5", "e"),
    ("-.5", "-0.5", ""), ("3.h", "3", ".h"), ("+7", "7", ""), ("1_000", "1", "_000"),
  ])
  func `a number ends where it ends`(text: String, digits: String, rest: String) {
    let number = NumberText(prefixOf: Substring(text))
    #expect(number?.digits == digits)
    #expect(number.map { String($0.rest) } == rest)
  }

  @Test(arguments: ["", "nan", "inf", "-", ".", "e5", "٣", "½", "∞", ","])
  func `what is no number is none`(text: String) {
    #expect(NumberText(prefixOf: Substring(text)) == nil)
  }

  @Test func `JSON has sorted keys and no NaN`() {
    let value: JSONValue = [
      "b": 1, "a": .number(.nan), "c": [.number(.infinity), .number(0.1), true, .null], "a/b": "x/\"y\"",
    ]
    #expect(
      value.text == """
        {
          "a" : null,
          "a/b" : "x/\\"y\\"",
          "b" : 1,
          "c" : [
            null,
            0.1,
            true,
            null
          ]
        }

        """)
  }

  @Test(arguments: [0.1, 1.0 / 3, Double.leastNonzeroMagnitude, 1.7976931348623157e308, 7.76e-4])
  func `JSON keeps every digit`(value: Double) {
    #expect(Double(JSONValue.number(value).text.dropLast()) == value)
  }
}
