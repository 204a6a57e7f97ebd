// Numbers for people to read: digits in groups of three. `toLocaleString` takes a millisecond to make up its mind.

export function formatNumber(number: number): string {
	return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
