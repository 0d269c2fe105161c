#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// log(1 - u), which adds up over parts in series and keeps the digits of small unavailabilities.
func logAvailability(_ unavailability: Double) -> Double { log1p(-unavailability) }

/// 1 - exp(log availability).
func unavailabilityOfLog(_ logAvailability: Double) -> Double { -expm1(logAvailability) }
