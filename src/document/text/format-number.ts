// Groups digits in threes. `toLocaleString` takes a millisecond at its first call.

export function formatNumber(number: number): string {
	return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
