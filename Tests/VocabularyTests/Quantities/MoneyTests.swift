import Foundation
import Quantities
import Testing

/// Money, money per time, and amounts of data.
@Suite struct MoneyTests {
  @Test(arguments: [
    ("$18,000", "18000", "USD"), ("€2.50", "2.50", "EUR"), ("100 CHF", "100", "CHF"), ("USD 5", "5", "USD"),
    ("£7", "7", "GBP"), ("18,000 USD", "18000", "USD"), ("-$5", "-5", "USD"), ("$0.0042", "0.0042", "USD"),
    ("5€", "5", "EUR"), ("$0.1", "0.1", "USD"),
  ])
  func `money is read to the last digit`(text: String, amount: String, currency: String) throws {
    let money = try Money(parsing: text)
    #expect(money.amount == Decimal(string: amount))
    #expect(money.currency == currency)
  }

  @Test(arguments: [
    ("18,000", "names no currency", "$18000"), ("lots", "no amount of money", "$18,000"),
    ("$", "no amount of money", "$18,000"), ("$5 more", "“more” after", "$18,000"),
    ("5 usd", "names no currency", "$5"), ("$nan", "no amount of money", "$18,000"),
    ("--$5", "no amount of money", "$18,000"), ("-$-5", "no amount of money", "$18,000"),
  ])
  func `what is no money is refused with a remedy`(text: String, reason: String, help: String) {
    let error = refusal { () throws(QuantityError) in try Money(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
    #expect(error?.help == help)
  }

  @Test(
    arguments: [
      ("$18,000/h", 18_000.0, "$18,000/h"), ("$73 per month", 0.1, "$73/month"),
      ("€2.50/d", 2.5 / 24, "€2.50/d"),
      ("100 CHF/h", 100, "100 CHF/h"), ("$10/2 h", 5, "$10/2 h"), ("$0.0042/h", 0.0042, "$0.0042/h"),
      ("$1,234.56/h", 1234.56, "$1,234.56/h"),
    ] as [(String, Double, String)])
  func `money per time is printed as it is written`(text: String, perHour: Double, expected: String) throws {
    let rate = try MoneyRate(parsing: text)
    #expect(isClose(rate.perHour, perHour), "\(rate.perHour)")
    #expect(rate.description == expected)
  }

  @Test(
    arguments: [
      ("$18", "no time the money is for", "$18/h"), ("$18/0 h", "no time at all", nil),
      ("$18/m", "m can mean", "1 min"), ("18/h", "names no currency", "$18/h"),
    ] as [(String, String, String?)])
  func `what is no money per time is refused`(text: String, reason: String, help: String?) {
    let error = refusal { () throws(QuantityError) in try MoneyRate(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
    #expect(error?.help == help)
  }

  @Test(arguments: [
    ("$18,000", "$18,000"), ("€2.50", "€2.50"), ("100 CHF", "100 CHF"), ("-$5", "-$5"), ("$0", "$0"),
    ("$999.5", "$999.50"), ("$2,500,000", "$2,500,000"),
  ])
  func `money is printed with its sign`(text: String, expected: String) throws {
    #expect(try Money(parsing: text).description == expected)
  }

  @Test(
    arguments: [
      ("500 GB", 500e9), ("4 GiB", 4 * 1_073_741_824), ("16 MB", 16e6), ("1 kB", 1000), ("1 KiB", 1024),
      ("0 B", 0),
      ("1.5 TB", 1.5e12), ("2 TiB", 2 * 1_099_511_627_776), ("3 PB", 3e15),
    ] as [(String, Double)])
  func `decimal and binary sizes are never mixed up`(text: String, bytes: Double) throws {
    #expect(try DataSize(parsing: text).bytes == bytes)
  }

  @Test(
    arguments: [
      ("4Gi", "no unit of data", "4 GiB"), ("16 gb", "no unit of data", "16 GB"),
      ("500", "no unit of data", "500 B"),
      ("-1 GB", "negative", nil), ("big", "no amount of data", "500 GB"), ("1e400 GB", "more data than", nil),
      ("5 bits", "no unit of data", nil),
    ] as [(String, String, String?)])
  func `what is no amount of data is refused`(text: String, reason: String, help: String?) {
    let error = refusal { () throws(QuantityError) in try DataSize(parsing: text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "taken")")
    #expect(error?.help == help)
  }

  @Test(arguments: [
    ("500 GB", "500 GB"), ("4 GiB", "4.29 GB"), ("0 B", "0 B"), ("1500 MB", "1.5 GB"),
  ])
  func `a size is printed in decimal units`(text: String, expected: String) throws {
    #expect(try DataSize(parsing: text).description == expected)
  }
}
